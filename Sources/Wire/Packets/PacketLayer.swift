import Net

/// What is to be said of a checksum that came with a header.
public enum ChecksumVerdict: Hashable, Sendable, CustomStringConvertible {
  case right
  case wrong(shouldBe: UInt16)
  /// The sender made none, as UDP over IPv4 may (RFC 768).
  case absent
  /// It cannot be told, and why.
  case unknown(String)

  public var description: String {
    switch self {
    case .right: "right"
    case .wrong(let value): "wrong, should be 0x" + Self.hex(value)
    case .absent: "none was made"
    case .unknown(let why): "cannot be told: \(why)"
    }
  }

  private static func hex(_ value: UInt16) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }
}

/// One header of a packet, or its data: where it stands and what it holds.
public struct PacketLayer: Hashable, Sendable {
  /// `ethernet`, `arp`, `ip`, `tcp`, `udp`, `icmp`, `icmpv6`, the name of an extension header, `data`, `surplus` or `trailer`.
  public let name: String
  /// Its bytes' places in the packet.
  public let range: Range<Int>
  /// What is in the header; the bits are counted from the header's start.
  public let fields: [HeaderField]
  public let checksum: ChecksumVerdict?
}

extension Packet {
  /// The layers in their order on the wire.
  public var layers: [PacketLayer] {
    var layers: [PacketLayer] = []
    func add(_ name: String, _ length: Int, _ fields: [HeaderField] = [], _ checksum: ChecksumVerdict? = nil) {
      let start = layers.last?.range.upperBound ?? 0
      layers.append(PacketLayer(name: name, range: start..<start + length, fields: fields, checksum: checksum))
    }
    if let ethernet { add("ethernet", ethernet.length, ethernet.fields) }
    switch network {
    case nil: break
    case .arp(let message)?: add("arp", message.length, message.fields)
    case .ip(.v4(let header))?:
      let right = header.rightChecksum
      add("ip", header.length, header.fields, header.checksum == right ? .right : .wrong(shouldBe: right))
    case .ip(.v6(let header, let extensions))?:
      add("ip", IPv6Header.length, header.fields)
      for header in extensions { add("\(header.kind)", header.bytes.count, header.fields) }
    }
    switch transport {
    case nil: break
    case .tcp(let header)?: add("tcp", header.length, header.fields, transportVerdict)
    case .udp(let header)?: add("udp", UDPHeader.length, header.fields, transportVerdict)
    case .icmp(let message)?:
      add(message.kind.version == .v4 ? "icmp" : "icmpv6", 8, message.fields, transportVerdict)
    }
    if !data.isEmpty { add("data", data.count) }
    if !surplus.isEmpty { add("surplus", surplus.count) }
    if !trailer.isEmpty { add("trailer", trailer.count) }
    return layers
  }

  /// What is to be said of the checksum of TCP, UDP or ICMP.
  private var transportVerdict: ChecksumVerdict? {
    let given: UInt16
    let place: Int
    switch transport {
    case nil: return nil
    case .tcp(let header)?: (given, place) = (header.checksum, 16)
    case .icmp(let message)?: (given, place) = (message.checksum, 2)
    case .udp(let header)?:
      (given, place) = (header.checksum, 6)
      if given == 0, addresses?.source.isIPv4 ?? false { return .absent }
    }
    if isFragment { return .unknown("this is a part of a packet") }
    if missing > 0 { return .unknown("\(missing) bytes are missing") }
    var fresh = self
    fresh.keptInTransport.remove(.checksum)
    guard let bytes = try? fresh.transportBytes(), let right = bytes[...].bigEndian(UInt16.self, at: place) else {
      return nil
    }
    return given == right ? .right : .wrong(shouldBe: right)
  }
}
