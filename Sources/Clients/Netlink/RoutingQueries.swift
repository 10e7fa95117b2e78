import Net
import Transport
import Wire

/// What the kernel knows of this machine's network, asked over rtnetlink(7).
public struct RoutingQueries: Sendable {
  private let context: NetworkContext

  public init(_ context: NetworkContext) { self.context = context }

  public func links() throws(NetlinkFailure) -> [LinkMessage] {
    try list(.link, [0], "list the interfaces").compactMap { if case .link(let link) = $0 { link } else { nil } }
  }

  public func addresses() throws(NetlinkFailure) -> [AddressMessage] {
    try list(.address, [0], "list the addresses").compactMap {
      if case .address(let address) = $0 { address } else { nil }
    }
  }

  /// Gives the routes of all tables, IPv4 before IPv6.
  public func routes() throws(NetlinkFailure) -> [RouteMessage] {
    try list(.route, Self.internet, "list the routes").compactMap {
      if case .route(let route) = $0 { route } else { nil }
    }
  }

  public func neighbors() throws(NetlinkFailure) -> [NeighborMessage] {
    try list(.neighbor, Self.internet, "list the neighbors").compactMap {
      if case .neighbor(let neighbor) = $0 { neighbor } else { nil }
    }
  }

  public func rules() throws(NetlinkFailure) -> [RuleMessage] {
    try list(.rule, Self.internet, "list the rules").compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
  }

  /// Asks which way a packet would go, RTM_GETROUTE. Errors: `ENETUNREACH`, `EHOSTUNREACH`, `EACCES`, `EINVAL` as a route says.
  public func route(
    to address: Address, from source: Address?, out interface: UInt32?, mark: UInt32?
  ) throws(NetlinkFailure) -> RouteMessage {
    let activity = "find the way to \(address)"
    let request = NetlinkRequest.route(to: address, from: source, out: interface, mark: mark)
    let message = try NetlinkSocket.ask(.routing, request, activity, context)
    guard case .route(let route)? = try Self.parse(message, activity)?.content else {
      throw NetlinkFailure(activity, .malformed(NetlinkError(.cutOff("rtmsg"), offset: 0)))
    }
    return route
  }

  /// Gives all that there is of some kinds.
  func all(_ kinds: Set<RoutingMessage.Kind>) throws(NetlinkFailure) -> [RoutingMessage] {
    var found: [RoutingMessage] = []
    for kind in kinds {
      let families = kind == .link || kind == .address ? [0] : Self.internet
      found += try list(kind, families, "watch this machine's network")
    }
    return found
  }

  private static let internet = [AddressFamily.inet.rawValue, AddressFamily.inet6.rawValue]

  private func list(
    _ kind: RoutingMessage.Kind, _ families: [UInt8], _ activity: String
  ) throws(NetlinkFailure) -> [RoutingMessage] {
    var found: [RoutingMessage] = []
    for family in families {
      let messages = try NetlinkSocket.list(.routing, .list(kind, family: family), activity, context)
      for message in messages {
        guard let (content, isGone) = try Self.parse(message, activity), !isGone else { continue }
        found.append(content)
      }
    }
    return found
  }

  static func parse(
    _ message: NetlinkMessage, _ activity: String
  ) throws(NetlinkFailure) -> (content: RoutingMessage, isGone: Bool)? {
    do throws(NetlinkError) {
      return try RoutingMessage.parse(message)
    } catch {
      throw NetlinkFailure(activity, .malformed(error))
    }
  }
}
