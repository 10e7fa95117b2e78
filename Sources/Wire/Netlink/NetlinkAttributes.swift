import Net

/// The attributes of a message or of another attribute: a length, a type and a value each (RFC 3549 §2.3.2.2, linux/netlink.h).
public struct NetlinkAttributes: Sendable, Hashable {
  public struct Attribute: Sendable, Hashable {
    /// Without the bits NLA_F_NESTED and NLA_F_NET_BYTEORDER.
    public let type: UInt16
    public let value: ArraySlice<UInt8>
  }

  public let all: [Attribute]

  /// Parses attributes up to the end of the bytes; each begins at a multiple of four.
  public init(_ bytes: ArraySlice<UInt8>) throws(NetlinkError) {
    var all: [Attribute] = []
    var offset = 0
    // Fewer bytes than a header are padding, as RTA_OK in linux/rtnetlink.h has it.
    while bytes.count - offset >= 4 {
      guard let length = bytes.native(UInt16.self, at: offset), let type = bytes.native(UInt16.self, at: offset + 2)
      else { break }
      guard length >= 4, let whole = bytes.piece(at: offset, count: Int(length)) else {
        throw NetlinkError(.badLength(UInt32(length)), offset: offset)
      }
      all.append(Attribute(type: type & 0x3fff, value: whole.dropFirst(4)))
      offset += (Int(length) + 3) & ~3
    }
    self.all = all
  }

  /// Parses those behind a message's fixed part of so many bytes.
  init(_ payload: ArraySlice<UInt8>, after size: Int) throws(NetlinkError) {
    try self.init(payload.dropFirst((size + 3) & ~3))
  }

  /// The value of the last attribute of a type.
  public subscript(type: UInt16) -> ArraySlice<UInt8>? { all.last { $0.type == type }?.value }

  /// Gives an integer; nil for an attribute that is missing or shorter than it.
  public func number<Number: FixedWidthInteger & UnsignedInteger>(_ type: UInt16, _ kind: Number.Type) -> Number? {
    self[type]?.native(kind, at: 0)
  }

  public func u8(_ type: UInt16) -> UInt8? { number(type, UInt8.self) }
  public func u16(_ type: UInt16) -> UInt16? { number(type, UInt16.self) }
  public func u32(_ type: UInt16) -> UInt32? { number(type, UInt32.self) }
  public func u64(_ type: UInt16) -> UInt64? { number(type, UInt64.self) }

  /// Gives a text up to its first NUL; what is no UTF-8 is replaced.
  public func text(_ type: UInt16) -> String? {
    self[type].map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// Gives an address; nil unless it has 4 or 16 bytes.
  public func address(_ type: UInt16) -> Address? { self[type].flatMap { Address(bytes: $0) } }

  public func bytes(_ type: UInt16) -> [UInt8]? { self[type].map { Array($0) } }

  /// Gives the attributes inside an attribute, none where it is missing.
  public func nested(_ type: UInt16) throws(NetlinkError) -> NetlinkAttributes {
    try NetlinkAttributes(self[type] ?? [])
  }
}
