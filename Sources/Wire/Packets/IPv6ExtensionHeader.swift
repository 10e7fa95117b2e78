import Net

/// An extension header of IPv6 (RFC 8200 §4) as it stands in the chain.
public struct IPv6ExtensionHeader: Hashable, Sendable {
  /// What kind it is: hop-by-hop options, routing, fragment, authentication, destination options.
  public let kind: IPProtocol
  /// All of its bytes, the next header's number first.
  public let bytes: [UInt8]

  public init(kind: IPProtocol, bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  /// Makes the header of a fragment (RFC 8200 §4.5); the offset is in units of 8 bytes.
  public static func fragment(_ next: IPProtocol, offset: UInt16, more: Bool, identification: UInt32) -> Self {
    var bytes: [UInt8] = [next.rawValue, 0]
    bytes.append(number: offset << 3 | (more ? 1 : 0))
    bytes.append(number: identification)
    return IPv6ExtensionHeader(kind: .fragment, bytes: bytes)
  }

  /// The number of the header behind it.
  public var next: IPProtocol { IPProtocol(rawValue: bytes.first ?? 59) }

  /// Of a fragment header: where the fragment begins in units of 8 bytes, whether more follow, and of which packet it is.
  public var fragment: (offset: UInt16, more: Bool, identification: UInt32)? {
    guard kind == .fragment, let word = bytes[...].bigEndian(UInt16.self, at: 2),
      let number = bytes[...].bigEndian(UInt32.self, at: 4)
    else { return nil }
    return (word >> 3, word & 1 == 1, number)
  }

  /// Of a routing header that still has a way to go: the last address of the way, which checksums count (RFC 8200 §8.1).
  ///
  /// Types 0 (RFC 2460 §4.4) and 2 (RFC 6275 §6.4) have it last in the list, segment routing first (RFC 8754 §2).
  public var finalDestination: Address? {
    guard kind == .routing, bytes.count >= 24, bytes[3] > 0 else { return nil }
    switch bytes[2] {
    case 0, 2: return Address(bytes: bytes.suffix(16))
    case 4: return Address(bytes: bytes[8..<24])
    default: return nil
    }
  }

  /// The fields in their order on the wire.
  public var fields: [HeaderField] {
    func field(_ name: String, _ bit: Int, _ width: Int, _ content: HeaderField.Content, _ meaning: String = "")
      -> HeaderField
    { HeaderField("\(kind)", name, bit: bit, width: width, content, meaning) }
    let first = field("next-header", 0, 8, .number(UInt64(next.rawValue)), "\(next)")
    if let (offset, more, identification) = fragment {
      return [
        first, field("reserved", 8, 8, .number(UInt64(bytes[1]))),
        field("fragment-offset", 16, 13, .number(UInt64(offset)), "in units of 8 bytes"),
        field("reserved-bits", 29, 2, .number(UInt64(bytes[3] >> 1 & 3))),
        field("more-fragments", 31, 1, .flag(more)),
        field("identification", 32, 32, .number(UInt64(identification)), "the same in all fragments of a packet"),
      ]
    }
    let rest = Array(bytes.dropFirst(2))
    return [
      first, field("length", 8, 8, .number(UInt64(bytes.count > 1 ? bytes[1] : 0)), "\(bytes.count) bytes in all"),
      field("data", 16, rest.count * 8, .bytes(rest)),
    ]
  }

  /// The numbers of the headers that this type is for.
  public static let kinds: Set<IPProtocol> = [.hopByHop, .routing, .fragment, .authentication, .destinationOptions]

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
    while kinds.contains(next) {
      guard headers.count < most else {
        throw PacketError("IPv6", .malformed("it has more than \(most) extension headers"))
      }
      var reader = PacketReader(rest, header: "IPv6 \(next)")
      let following = IPProtocol(rawValue: try reader.byte())
      let length = Int(try reader.byte())
      // In units of 8 bytes without the first (RFC 8200 §4.3); of AH in 4 bytes less 2 (RFC 4302 §2.2); a fragment header has 8.
      let size = next == .fragment ? 8 : next == .authentication ? (length + 2) * 4 : (length + 1) * 8
      let body = try reader.take(size - 2)
      headers.append(IPv6ExtensionHeader(kind: next, bytes: Array(rest.prefix(size))))
      rest = reader.rest
      let offset = body.prefix(2).reduce(0) { $0 << 8 | Int($1) } >> 3
      if next == .fragment, offset > 0 { return (headers, next, rest) }
      next = following
    }
    return (headers, next, rest)
  }
}
