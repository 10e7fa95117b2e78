import Net

// What is asked of the kernel so that there is a network: interfaces, addresses, routes (RFC 3549 §3.1, linux/rtnetlink.h).

extension NetlinkRequest {
  /// Makes a cable with two ends, RTM_NEWLINK of the kind `veth` (linux/veth.h); the other end goes to the network namespace of a descriptor.
  public static func cable(_ name: String, other: String, inNamespace descriptor: Int32) -> NetlinkRequest {
    var request = NetlinkRequest(RoutingMessage.Kind.link.new, .creation, body: link())
    request.add(LinkAttribute.name, text(name))
    var peer = NetlinkRequest(0, .one, body: link())
    peer.add(LinkAttribute.name, text(other))
    peer.add(LinkAttribute.namespace, UInt32(bitPattern: descriptor))
    let data = attribute(LinkAttribute.peer, peer.content)
    request.add(
      LinkAttribute.information,
      attribute(LinkAttribute.kind, Array("veth".utf8)) + attribute(LinkAttribute.data, data))
    return request
  }

  /// Switches an interface on, IFF_UP.
  public static func up(_ interface: UInt32) -> NetlinkRequest {
    NetlinkRequest(RoutingMessage.Kind.link.new, .change, body: link(interface, flags: 1))
  }

  /// Gives an interface an address, RTM_NEWADDR; one of IPv6 may be used at once (IFA_F_NODAD, RFC 4862 §5.4).
  public static func address(_ address: Network, to interface: UInt32) -> NetlinkRequest {
    let isIPv4 = address.address.isIPv4
    var body: [UInt8] = [family(address.address), UInt8(address.prefix), isIPv4 ? 0 : 2, 0]
    body.append(native: interface)
    var request = NetlinkRequest(RoutingMessage.Kind.address.new, .creation, body: body)
    request.add(AddressAttribute.local, address.address)
    request.add(AddressAttribute.address, address.address)
    if isIPv4, address.prefix < 31 { request.add(AddressAttribute.broadcast, address.last) }
    return request
  }

  /// Adds a route to the main table by a gateway, RTM_NEWROUTE.
  public static func route(to network: Network, by gateway: Address) -> NetlinkRequest {
    // Family, two lengths, TOS; RT_TABLE_MAIN, RTPROT_STATIC, RT_SCOPE_UNIVERSE, RTN_UNICAST; no flags.
    let body = [family(network.address), UInt8(network.prefix), 0, 0, 254, 4, 0, 1, 0, 0, 0, 0]
    var request = NetlinkRequest(RoutingMessage.Kind.route.new, .creation, body: body)
    if network.prefix > 0 { request.add(RouteMessage.Attribute.destination, network.first) }
    request.add(RouteMessage.Attribute.gateway, gateway)
    return request
  }

  /// IFLA_… and VETH_INFO_PEER (linux/if_link.h, linux/veth.h).
  private enum LinkAttribute {
    static let (name, information, kind, data, peer, namespace) = (
      UInt16(3), UInt16(18), UInt16(1), UInt16(2), UInt16(1), UInt16(28)
    )
  }

  /// IFA_… (linux/if_addr.h).
  private enum AddressAttribute {
    static let (address, local, broadcast) = (UInt16(1), UInt16(2), UInt16(4))
  }

  /// Gives an ifinfomsg: family and type are of no account, the flags are what changes.
  private static func link(_ index: UInt32 = 0, flags: UInt32 = 0) -> [UInt8] {
    var body: [UInt8] = [0, 0, 0, 0]
    for number in [index, flags, flags] { body.append(native: number) }
    return body
  }

  private static func family(_ address: Address) -> UInt8 {
    (address.isIPv4 ? AddressFamily.inet : AddressFamily.inet6).rawValue
  }

  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

  private static func attribute(_ type: UInt16, _ value: [UInt8]) -> [UInt8] {
    var request = NetlinkRequest(0, .one, body: [])
    request.add(type, value)
    return request.content
  }
}
