import Net

/// What two messages have in common that speak of the same thing: the kernel's own keys of interfaces, addresses, routes,
/// neighbors and rules.
public enum RoutingIdentity: Hashable, Sendable {
  case link(UInt32)
  case address(interface: UInt32, AddressFamily, Address?, prefix: UInt8, peer: Address?)
  case route(RouteKey)
  case neighbor(interface: UInt32, Address?)
  /// A rule is never changed, only made and deleted.
  case rule(RuleMessage)

  /// The key of a route: of several with the same destination and priority the next hop tells which.
  public struct RouteKey: Hashable, Sendable {
    public let family: AddressFamily
    public let table: UInt32
    public let destination: Network?
    public let source: Network?
    public let typeOfService: UInt8
    public let priority: UInt32
    public let type: UInt8
    public let gateway: Address?
    public let outgoing: UInt32?
    public let hops: [NextHop]

    init(_ route: RouteMessage) {
      family = route.family
      table = route.table
      destination = route.destination
      source = route.source
      typeOfService = route.typeOfService
      priority = route.priority ?? 0
      type = route.type
      gateway = route.gateway
      outgoing = route.outgoing
      // Their flags say whether their link is up, not which they are.
      hops = route.hops.map { NextHop(gateway: $0.gateway, interface: $0.interface, weight: $0.weight, flags: 0) }
    }

    /// Tells whether a route with this key takes the place of one with the other: only what lies behind it differs.
    func replaces(_ other: RouteKey) -> Bool {
      (family, table, destination, source, typeOfService) == (
        other.family, other.table, other.destination, other.source, other.typeOfService
      ) && priority == other.priority
    }
  }
}

extension RoutingMessage {
  public var identity: RoutingIdentity {
    switch self {
    case .link(let link): .link(link.index)
    case .address(let address):
      .address(
        interface: address.interface, address.family, address.local, prefix: address.prefix, peer: address.peer)
    case .route(let route): .route(RoutingIdentity.RouteKey(route))
    case .neighbor(let neighbor): .neighbor(interface: neighbor.interface, neighbor.address)
    case .rule(let rule): .rule(rule)
    }
  }
}

/// What is known to be there, by which news are told apart: new, changed or gone.
public struct RoutingKnowledge: Sendable {
  public enum Event: String, Sendable {
    case new
    case changed
    case gone
  }

  private var known: Set<RoutingIdentity>

  /// Begins with what the kernel listed.
  public init(_ all: [RoutingMessage]) { known = Set(all.map(\.identity)) }

  /// Takes news and tells what they are; `replaces` says that the message bore NLM_F_REPLACE (RFC 3549 §2.3.2).
  public mutating func take(_ content: RoutingMessage, isGone: Bool, replaces: Bool) -> Event {
    let identity = content.identity
    if case .link(let link) = content, isGone || !link.isUp { forgetRoutes(by: link.index) }
    guard !isGone else {
      known.remove(identity)
      return .gone
    }
    if replaces, case .route(let key) = identity, let old = known.first(where: { Self.replaced($0, by: key) }) {
      known.remove(old)
      known.insert(identity)
      return .changed
    }
    return known.insert(identity).inserted ? .new : .changed
  }

  private static func replaced(_ old: RoutingIdentity, by key: RoutingIdentity.RouteKey) -> Bool {
    if case .route(let old) = old { key.replaces(old) } else { false }
  }

  /// IPv4 routes go with their interface, and the kernel sends no news of each.
  private mutating func forgetRoutes(by interface: UInt32) {
    known = known.filter { identity in
      guard case .route(let key) = identity, key.family == .inet else { return true }
      return key.outgoing != interface && !key.hops.contains { $0.interface == interface }
    }
  }
}
