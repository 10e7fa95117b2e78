import Net

/// A field of a header as it stands on the wire: where, how wide, what it holds and what that means.
public struct HeaderField: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case number(UInt64)
    case address(Address)
    case mac(MAC)
    case flag(Bool)
    case text(String)
    case bytes([UInt8])
  }

  /// The header it belongs to: `ethernet`, `arp`, `ip`, `tcp`, `udp`, `icmp`, or an extension header's name.
  public let header: String
  public let name: String
  /// The first bit, counted from the header's start, and how many there are.
  public let bit: Int
  public let width: Int
  public let content: Content
  /// A phrase for people; empty where the value says it all.
  public let meaning: String

  public init(_ header: String, _ name: String, bit: Int, width: Int, _ content: Content, _ meaning: String = "") {
    self.header = header
    self.name = name
    self.bit = bit
    self.width = width
    self.content = content
    self.meaning = meaning
  }
}
