/// Where a route leads: to a router, out of an interface, or both.
public struct RouteHop: Hashable, Sendable {
  /// The router; nil where the network is on the link itself.
  public let via: Address?
  /// The interface, such as `eth0`.
  public let interface: String?
  public let metric: UInt32?

  public init(via: Address?, interface: String?, metric: UInt32?) {
    self.via = via
    self.interface = interface
    self.metric = metric
  }

  /// Says whether a network can be reached by it: IPv4 by a router of either family (RFC 8950), IPv6 only by one of its own.
  func fits(_ network: Network) -> Bool { network.address.isIPv4 || via?.isIPv4 != true }
}
