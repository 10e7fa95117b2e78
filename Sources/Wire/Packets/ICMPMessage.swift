import Net

/// A message of ICMP (RFC 792) or ICMPv6 (RFC 4443), which have the same frame and different numbers.
public struct ICMPMessage: Hashable, Sendable {
  public var kind: ICMPKind
  public var checksum: UInt16 = 0
  /// The four bytes after the checksum: identifier and sequence number, an MTU, a pointer, a gateway, or nothing.
  public var rest: UInt32
  /// Of an echo its data; of an error the packet that it is about, as much as was quoted.
  public var data: [UInt8]

  public init(_ kind: ICMPKind, rest: UInt32 = 0, data: [UInt8] = []) {
    self.kind = kind
    self.rest = rest
    self.data = data
  }

  /// Reads a message. Error: `packet-truncated` for less than 8 bytes.
  public init(parsing bytes: ArraySlice<UInt8>, version: ICMPKind.Version) throws(PacketError) {
    var reader = PacketReader(bytes, header: version == .v4 ? "ICMP" : "ICMPv6")
    kind = ICMPKind(version, type: try reader.byte(), code: try reader.byte())
    checksum = try reader.uint16()
    rest = try reader.uint32()
    data = Array(reader.rest)
  }

  /// Makes an echo request (RFC 792 page 14, RFC 4443 §4.1).
  public static func echoRequest(
    _ version: ICMPKind.Version, identifier: UInt16, sequence: UInt16, data: [UInt8]
  ) -> ICMPMessage {
    let type: UInt8 = version == .v4 ? 8 : 128
    return ICMPMessage(
      ICMPKind(version, type: type, code: 0), rest: UInt32(identifier) << 16 | UInt32(sequence), data: data)
  }

  /// Of an echo.
  public var identifier: UInt16 { UInt16(rest >> 16) }
  /// Of an echo.
  public var sequence: UInt16 { UInt16(rest & 0xFFFF) }

  /// The MTU of the next link that a router reports (RFC 1191 §4, RFC 4443 §3.2); nil if it says none.
  public var nextLinkMTU: Int? {
    guard kind.isTooBig else { return nil }
    let mtu = kind.version == .v4 ? Int(rest & 0xFFFF) : Int(rest)
    return mtu > 0 ? mtu : nil
  }

  /// The packet that an error quotes, cut off as it may be; nil where there is none that can be read.
  public var quoted: IPPacket? {
    guard kind.isError else { return nil }
    return try? IPPacket(parsing: data[...], isQuoted: true)
  }

  /// Gives the message's bytes; its checksum, which for ICMPv6 includes the addresses (RFC 4443 §2.3), is computed unless kept.
  public func bytes(
    from source: Address? = nil, to destination: Address? = nil, keeping kept: KeptFields = []
  ) -> [UInt8] {
    var bytes: [UInt8] = [kind.type, kind.code, 0, 0]
    bytes.append(number: rest)
    bytes += data
    bytes.set(kept.contains(.checksum) ? checksum : Self.checksum(of: bytes, kind.version, source, destination), at: 2)
    return bytes
  }

  /// Gives the checksum of a message's bytes; 0 if they contain the right one.
  static func checksum(
    of bytes: [UInt8], _ version: ICMPKind.Version, _ source: Address?, _ destination: Address?
  ) -> UInt16 {
    var checksum = InternetChecksum()
    if version == .v6, let source, let destination {
      checksum.addPseudoHeader(
        source: source, destination: destination, protocolNumber: IPProtocol.icmpv6.rawValue, length: bytes.count)
    }
    checksum.add(bytes)
    return checksum.value
  }

  /// Whether the four bytes after the checksum are an identifier and a sequence number (RFC 792, RFC 950, RFC 4443 §4).
  public var hasIdentifier: Bool {
    kind.version == .v4 ? [0, 8, 13, 14, 15, 16, 17, 18].contains(kind.type) : [128, 129].contains(kind.type)
  }

  /// The fields of the header in their order on the wire.
  public var fields: [HeaderField] {
    let header = kind.version == .v4 ? "icmp" : "icmpv6"
    func field(_ name: String, _ bit: Int, _ width: Int, _ number: some BinaryInteger, _ meaning: String = "")
      -> HeaderField
    { HeaderField(header, name, bit: bit, width: width, .number(UInt64(number)), meaning) }
    let first = [
      field("type", 0, 8, kind.type, ICMPKind(kind.version, type: kind.type, code: 0).name),
      field("code", 8, 8, kind.code, kind.title), field("checksum", 16, 16, checksum),
    ]
    if hasIdentifier {
      return first + [
        field("identifier", 32, 16, identifier, "whose question it is"), field("sequence", 48, 16, sequence),
      ]
    }
    if kind.isTooBig, kind.version == .v4 {
      return first + [
        field("rest", 32, 16, rest >> 16), field("mtu", 48, 16, rest & 0xFFFF, "what the next link takes"),
      ]
    }
    if kind.isTooBig { return first + [field("mtu", 32, 32, rest, "what the next link takes")] }
    return first + [field("rest", 32, 32, rest)]
  }
}
