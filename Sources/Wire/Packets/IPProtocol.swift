/// What an IP header says follows it (the IANA registry of protocol numbers).
public struct IPProtocol: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let icmp = IPProtocol(rawValue: 1)
  public static let tcp = IPProtocol(rawValue: 6)
  public static let udp = IPProtocol(rawValue: 17)
  public static let icmpv6 = IPProtocol(rawValue: 58)
  public static let hopByHop = IPProtocol(rawValue: 0)
  public static let routing = IPProtocol(rawValue: 43)
  public static let fragment = IPProtocol(rawValue: 44)
  public static let authentication = IPProtocol(rawValue: 51)
  /// No header follows (RFC 8200 §4.7).
  public static let none = IPProtocol(rawValue: 59)
  public static let destinationOptions = IPProtocol(rawValue: 60)

  private static let names: [UInt8: String] = [
    0: "hop-by-hop", 1: "icmp", 2: "igmp", 4: "ipip", 6: "tcp", 17: "udp", 41: "ipv6", 43: "routing", 44: "fragment",
    47: "gre", 50: "esp", 51: "ah", 58: "icmpv6", 59: "none", 60: "destination-options", 89: "ospf", 103: "pim",
    112: "vrrp", 132: "sctp", 136: "udplite",
  ]

  /// Finds a protocol by its name as it is shown here, or by its number; nil for anything else.
  public init?(_ text: String) {
    guard let number = UInt8(text) ?? Self.names.first(where: { $0.value == text })?.key else { return nil }
    self.init(rawValue: number)
  }

  /// `tcp`, or the number of one that has no name here.
  public var description: String { Self.names[rawValue] ?? String(rawValue) }
}
