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

  /// The bytes of the header for so many bytes of payload; nil if they do not fit.
  public func bytes(payload count: Int) -> [UInt8]? {
    guard (0...65_535).contains(count), !source.isIPv4, !destination.isIPv4, flowLabel < 1 << 20 else { return nil }
    var bytes: [UInt8] = []
    bytes.append(number: 6 << 28 | UInt32(trafficClass) << 20 | flowLabel)
    bytes.append(number: UInt16(count))
    bytes += [nextHeader.rawValue, hopLimit]
    return bytes + source.bytes + destination.bytes
  }
}

/// An extension header of IPv6 (RFC 8200 §4) as it stands in the chain.
public struct IPv6ExtensionHeader: Hashable, Sendable {
  /// What kind it is: hop-by-hop options, routing, fragment, authentication, destination options.
  public let kind: IPProtocol
  /// All of its bytes, the next header's number first.
  public let bytes: [UInt8]

  /// How many a packet may have; more are an attack, not traffic.
  private static let most = 16

  /// Reads the chain that begins with a header of this number; gives the headers, what follows them, and its bytes.
  ///
  /// Behind a later fragment (RFC 8200 §4.5) follows no header but data: `fragment` is then the number that is given.
  public static func chain(
    from first: IPProtocol, _ payload: ArraySlice<UInt8>
  ) throws(PacketError) -> (headers: [IPv6ExtensionHeader], protocolNumber: IPProtocol, payload: ArraySlice<UInt8>) {
    var headers: [IPv6ExtensionHeader] = []
    var next = first
    var rest = payload
    while [0, 43, 44, 51, 60].contains(next.rawValue) {
      guard headers.count < most else {
        throw PacketError("IPv6", .malformed("it has more than \(most) extension headers"))
      }
      var reader = PacketReader(rest, header: "IPv6 \(next)")
      let following = IPProtocol(rawValue: try reader.byte())
      let length = Int(try reader.byte())
      // In units of 8 bytes without the first (RFC 8200 §4.3); of AH in 4 bytes less 2 (RFC 4302 §2.2); a fragment header has 8.
      let size = next.rawValue == 44 ? 8 : next.rawValue == 51 ? (length + 2) * 4 : (length + 1) * 8
      let body = try reader.take(size - 2)
      headers.append(IPv6ExtensionHeader(kind: next, bytes: Array(rest.prefix(size))))
      rest = reader.rest
      let offset = body.prefix(2).reduce(0) { $0 << 8 | Int($1) } >> 3
      if next.rawValue == 44, offset > 0 { return (headers, next, rest) }
      next = following
    }
    return (headers, next, rest)
  }
}
