import Net

/// The header of a UDP datagram (RFC 768).
public struct UDPHeader: Hashable, Sendable {
  public var sourcePort: UInt16
  public var destinationPort: UInt16
  /// Bytes of header and data together.
  public var datagramLength: UInt16 = 8
  /// 0 where the sender made none, which only IPv4 allows (RFC 8200 §8.1).
  public var checksum: UInt16 = 0

  public static let length = 8

  public init(sourcePort: UInt16, destinationPort: UInt16) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }

  /// Reads the header at the start of a datagram. Errors: `packet-truncated`; `packet-malformed` for a length below 8.
  public init(parsing datagram: ArraySlice<UInt8>) throws(PacketError) {
    var reader = PacketReader(datagram, header: "UDP")
    sourcePort = try reader.uint16()
    destinationPort = try reader.uint16()
    datagramLength = try reader.uint16()
    checksum = try reader.uint16()
    guard datagramLength >= 8 else { throw PacketError("UDP", .malformed("its length is \(datagramLength)")) }
  }

  /// Gives the whole datagram between two addresses; nil for more data than 65,527 bytes. Length and checksum are computed, unless kept.
  ///
  /// - Parameter surplus: bytes behind the datagram, which its length does not count (RFC 9868 §6).
  public func datagram(
    _ data: [UInt8], from source: Address, to destination: Address, keeping kept: KeptFields = [], surplus: [UInt8] = []
  ) -> [UInt8]? {
    guard kept.contains(.length) || data.count <= 65_527 else { return nil }
    var bytes: [UInt8] = []
    bytes.append(number: sourcePort)
    bytes.append(number: destinationPort)
    bytes.append(number: kept.contains(.length) ? datagramLength : UInt16(8 + data.count))
    bytes.append(number: kept.contains(.checksum) ? checksum : 0)
    bytes += data
    guard !kept.contains(.checksum) else { return bytes + surplus }
    let sum = UDPHeader.checksum(of: bytes, from: source, to: destination)
    // RFC 768: a checksum that comes out as zero is sent as all ones, since zero means none.
    bytes.set(sum == 0 ? 0xFFFF : sum, at: 6)
    return bytes + surplus
  }

  /// The fields in their order on the wire.
  public var fields: [HeaderField] {
    func field(_ name: String, _ bit: Int, _ content: UInt16, _ meaning: String = "") -> HeaderField {
      HeaderField("udp", name, bit: bit, width: 16, .number(UInt64(content)), meaning)
    }
    return [
      field("source-port", 0, sourcePort), field("destination-port", 16, destinationPort),
      field("length", 32, datagramLength, "bytes of this header and the data"),
      field("checksum", 48, checksum, checksum == 0 ? "the sender made none" : ""),
    ]
  }

  /// Gives the checksum over the pseudo-header and a datagram; 0 if the datagram contains the right one.
  public static func checksum(of datagram: [UInt8], from source: Address, to destination: Address) -> UInt16 {
    var checksum = InternetChecksum()
    checksum.addPseudoHeader(
      source: source, destination: destination, protocolNumber: IPProtocol.udp.rawValue, length: datagram.count)
    checksum.add(datagram)
    return checksum.value
  }
}
