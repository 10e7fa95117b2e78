import Net

/// The fixed header of an IPv6 packet (RFC 8200 §3).
public struct IPv6Header: Hashable, Sendable {
  public var trafficClass: UInt8 = 0
  /// 20 bits (RFC 6437).
  public var flowLabel: UInt32 = 0
  /// Bytes after this header, extension headers included.
  public var payloadLength: UInt16 = 0
  public var nextHeader: IPProtocol
  public var hopLimit: UInt8 = 64
  public var source: Address
  public var destination: Address

  public static let length = 40

  public init(nextHeader: IPProtocol, source: Address, destination: Address) {
    self.nextHeader = nextHeader
    self.source = source
    self.destination = destination
  }

  /// Reads the header at the start of a packet. Errors: `packet-truncated`; `packet-malformed` for another version.
  public init(parsing packet: ArraySlice<UInt8>) throws(PacketError) {
    var reader = PacketReader(packet, header: "IPv6")
    let first = try reader.uint32()
    guard first >> 28 == 6 else { throw PacketError("IPv6", .malformed("its version is \(first >> 28)")) }
    trafficClass = UInt8(truncatingIfNeeded: first >> 20)
    flowLabel = first & 0xF_FFFF
    payloadLength = try reader.uint16()
    nextHeader = IPProtocol(rawValue: try reader.byte())
    hopLimit = try reader.byte()
    func address() throws(PacketError) -> Address {
      guard let address = Address(bytes: try reader.take(16)) else { throw PacketError("IPv6", .truncated) }
      return address
    }
    source = try address()
    destination = try address()
  }

  /// Gives the bytes of the header for so many bytes of payload; nil if they do not fit. Its length is computed, unless kept.
  public func bytes(payload count: Int, keeping kept: KeptFields = []) -> [UInt8]? {
    let length = kept.contains(.length) ? Int(payloadLength) : count
    guard (0...65_535).contains(length), !source.isIPv4, !destination.isIPv4, flowLabel < 1 << 20 else { return nil }
    var bytes: [UInt8] = []
    bytes.append(number: 6 << 28 | UInt32(trafficClass) << 20 | flowLabel)
    bytes.append(number: UInt16(length))
    bytes += [nextHeader.rawValue, hopLimit]
    return bytes + source.bytes + destination.bytes
  }
}
