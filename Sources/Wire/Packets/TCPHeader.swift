import Net

/// The header of a TCP segment (RFC 9293 §3.1).
public struct TCPHeader: Sendable, Hashable {
  public var sourcePort: UInt16
  public var destinationPort: UInt16
  public var sequence: UInt32 = 0
  public var acknowledgement: UInt32 = 0
  /// The three reserved bits and AE (RFC 9768), then CWR to FIN.
  public var bits: UInt16 = 0
  public var window: UInt16 = 65_535
  public var checksum: UInt16 = 0
  public var urgent: UInt16 = 0
  public var options: [TCPOption] = []
  /// The data offset that is written if it is kept, in words of 4 bytes; 4 bits.
  public var statedWords: UInt16 = 5

  public init(sourcePort: UInt16, destinationPort: UInt16) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }

  /// Bytes of the header with its options: 20 to 60.
  public var length: Int { 20 + (options.reduce(0) { $0 + $1.length } + 3) / 4 * 4 }

  /// The names of the control bits that are set, as RFC 9293 §3.1 has them, in their order.
  public var flags: [String] {
    Self.flagNames.enumerated().filter { bits >> UInt16(8 - $0.offset) & 1 == 1 }.map(\.element)
  }

  /// Gives the control bits of names in any order and case; nil if one is none of them.
  public static func bits(of names: [String]) -> UInt16? {
    var bits: UInt16 = 0
    for name in names {
      guard let index = flagNames.firstIndex(of: name.uppercased()) else { return nil }
      bits |= 1 << UInt16(8 - index)
    }
    return bits
  }

  static let flagNames = ["AE", "CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"]

  /// Reads the header at the start of a segment. Errors: `packet-truncated`; `packet-malformed` for a length below 20.
  public init(parsing segment: ArraySlice<UInt8>) throws(PacketError) {
    var reader = PacketReader(segment, header: "TCP")
    sourcePort = try reader.uint16()
    destinationPort = try reader.uint16()
    sequence = try reader.uint32()
    acknowledgement = try reader.uint32()
    let word = try reader.uint16()
    bits = word & 0x0fff
    let length = Int(word >> 12) * 4
    window = try reader.uint16()
    checksum = try reader.uint16()
    urgent = try reader.uint16()
    // RFC 9293 §3.1: the fixed part alone has five words of 32 bits.
    guard length >= 20 else { throw PacketError("TCP", .malformed("its length is \(length) bytes")) }
    options = TCPOption.parse(try reader.take(length - 20))
  }

  /// Gives the whole segment between two addresses; nil for options of more than 40 bytes. Its checksum is computed, unless kept.
  public func segment(
    _ data: [UInt8], from source: Address, to destination: Address, keeping kept: KeptFields = []
  ) -> [UInt8]? {
    guard length <= 60, bits < 0x1000 else { return nil }
    var bytes: [UInt8] = []
    bytes.append(number: sourcePort)
    bytes.append(number: destinationPort)
    bytes.append(number: sequence)
    bytes.append(number: acknowledgement)
    let words = kept.contains(.headerLength) ? statedWords & 0xF : UInt16(length / 4)
    bytes.append(number: words << 12 | bits)
    bytes.append(number: window)
    bytes.append(number: kept.contains(.checksum) ? checksum : 0)
    bytes.append(number: urgent)
    for option in options { bytes += option.bytes }
    // RFC 9293 §3.1: zeros fill the last word up.
    bytes += [UInt8](repeating: 0, count: max(0, length - bytes.count)) + data
    guard !kept.contains(.checksum) else { return bytes }
    bytes.set(TCPHeader.checksum(of: bytes, from: source, to: destination), at: 16)
    return bytes
  }

  /// Gives the checksum over the pseudo-header and a segment; 0 if the segment contains the right one.
  public static func checksum(of segment: [UInt8], from source: Address, to destination: Address) -> UInt16 {
    var checksum = InternetChecksum()
    checksum.addPseudoHeader(
      source: source, destination: destination, protocolNumber: IPProtocol.tcp.rawValue, length: segment.count)
    checksum.add(segment)
    return checksum.value
  }

  /// The fields in their order on the wire, then the options.
  public var fields: [HeaderField] {
    func field(_ name: String, _ bit: Int, _ width: Int, _ content: HeaderField.Content, _ meaning: String = "")
      -> HeaderField
    { HeaderField("tcp", name, bit: bit, width: width, content, meaning) }
    let first = [
      field("source-port", 0, 16, .number(UInt64(sourcePort))),
      field("destination-port", 16, 16, .number(UInt64(destinationPort))),
      field(
        "sequence", 32, 32, .number(UInt64(sequence)), flags.contains("SYN") ? "the initial one, chosen at random" : ""),
      field(
        "acknowledgement", 64, 32, .number(UInt64(acknowledgement)),
        flags.contains("ACK") ? "" : "not in use without ACK"),
      field("data-offset", 96, 4, .number(UInt64(length / 4)), "\(length) bytes of header, in words of 4"),
      field("reserved", 100, 3, .number(UInt64(bits >> 9))),
    ]
    let meanings = [
      "accurate ECN (RFC 9768)", "congestion window reduced", "ECN echo", "the urgent pointer counts",
      "the acknowledgement counts", "push", "reset", "synchronize sequence numbers", "no more data from the sender",
    ]
    let control = Self.flagNames.indices.map { index in
      field(
        Self.flagNames[index], 103 + index, 1, .flag(bits >> UInt16(8 - index) & 1 == 1), meanings[index])
    }
    let last = [
      field("window", 112, 16, .number(UInt64(window)), "bytes that the sender takes now, in a SYN without a scale"),
      field("checksum", 128, 16, .number(UInt64(checksum))),
      field("urgent-pointer", 144, 16, .number(UInt64(urgent))),
    ]
    return first + control + last
      + options.map { option in
        field("option", (20 + option.offset) * 8, option.length * 8, .text(option.name), option.meaning)
      }
  }
}
