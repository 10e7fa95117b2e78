import Net
import System
import Transport
import Wire

/// What makes a network of network namespaces: cables between them, addresses and routes, told to the kernel over rtnetlink(7).
public struct NetworkBuilding: Sendable {
  private let context: NetworkContext

  public init(_ context: NetworkContext) { self.context = context }

  /// An end of a cable: an interface in a namespace, and its address.
  public struct End: Sendable {
    public let namespace: NetworkNamespace
    public let interface: String
    public let address: Network

    public init(_ namespace: NetworkNamespace, _ interface: String, _ address: Network) {
      self.namespace = namespace
      self.interface = interface
      self.address = address
    }
  }

  /// Switches the loopback interface on, which every new namespace has.
  public func switchLoopbackOn(in namespace: NetworkNamespace) throws {
    try change(namespace, .up(1), "switch lo on in \(namespace.name)")
  }

  /// Lays a cable (veth(4)) between two namespaces, gives both ends their addresses and switches them on.
  public func link(_ one: End, _ other: End) throws {
    try other.namespace.use { descriptor in
      let request = NetlinkRequest.cable(one.interface, other: other.interface, inNamespace: descriptor)
      let activity =
        "lay a cable from \(one.interface) in \(one.namespace.name) to \(other.interface) in \(other.namespace.name)"
      try change(one.namespace, request, activity)
    }
    for end in [one, other] {
      let number = try NetworkNamespace.with(end.namespace) {
        try RoutingQueries(context).links().first { $0.name == end.interface }?.index ?? 0
      }
      try change(end.namespace, .up(number), "switch \(end.interface) on in \(end.namespace.name)")
      try change(
        end.namespace, .address(end.address, to: number),
        "give \(end.interface) in \(end.namespace.name) \(end.address)")
    }
  }

  public func route(in namespace: NetworkNamespace, to network: Network, by gateway: Address) throws {
    let to = network.prefix == 0 ? "the default route" : "a route to \(network)"
    try change(namespace, .route(to: network, by: gateway), "add \(to) by \(gateway) in \(namespace.name)")
  }

  private func change(_ namespace: NetworkNamespace, _ request: NetlinkRequest, _ activity: String) throws {
    try NetworkNamespace.with(namespace) {
      _ = try NetlinkSocket.ask(.routing, request, activity, context)
    }
  }
}
