/// A message of rtnetlink(7): something there is, or is new, or is gone.
public enum RoutingMessage: Sendable, Hashable {
  case link(LinkMessage)
  case address(AddressMessage)
  case route(RouteMessage)
  case neighbor(NeighborMessage)
  case rule(RuleMessage)

  /// What a message is about, by the type of its news RTM_NEW… (linux/rtnetlink.h); RTM_DEL… is one more, RTM_GET… two.
  public enum Kind: UInt16, Sendable, CaseIterable {
    case link = 16
    case address = 20
    case route = 24
    case neighbor = 28
    case rule = 32

    public var new: UInt16 { rawValue }
    public var get: UInt16 { rawValue + 2 }

    /// The bytes of the fixed part: ifinfomsg, ifaddrmsg, rtmsg, ndmsg, fib_rule_hdr (RFC 3549 §3).
    var fixedSize: Int {
      switch self {
      case .link: 16
      case .address: 8
      case .route, .neighbor, .rule: 12
      }
    }
  }

  /// Parses the message; nil for a type that is none of these. `isGone` tells RTM_DEL… from RTM_NEW….
  public static func parse(
    _ message: NetlinkMessage
  ) throws(NetlinkError) -> (content: RoutingMessage, isGone: Bool)? {
    guard let kind = Kind(rawValue: message.type & ~3), message.type & 3 < 2 else { return nil }
    let isGone = message.type & 3 == 1
    let payload = message.payload
    switch kind {
    case .link: return (.link(try LinkMessage(payload)), isGone)
    case .address: return (.address(try AddressMessage(payload)), isGone)
    case .route: return (.route(try RouteMessage(payload)), isGone)
    case .neighbor: return (.neighbor(try NeighborMessage(payload)), isGone)
    case .rule: return (.rule(try RuleMessage(payload)), isGone)
    }
  }
}

/// Gives the names of the bits that are set, lowest first; a bit without a name is its number in hexadecimal.
func flagNames(_ flags: UInt32, _ names: [String?]) -> [String] {
  (0..<32).compactMap { bit in
    guard flags >> UInt32(bit) & 1 == 1 else { return nil }
    if names.indices.contains(bit), let name = names[bit] { return name }
    return "0x" + String(UInt32(1) << UInt32(bit), radix: 16)
  }
}

/// Gives the name of a number, or the number where it has none.
func name(_ number: some BinaryInteger, _ names: [Int: String]) -> String { names[Int(number)] ?? "\(number)" }
