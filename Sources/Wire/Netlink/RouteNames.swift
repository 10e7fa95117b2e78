extension RouteMessage {
  /// What becomes of packets, as ip(8) names it: `unicast`, `blackhole`…
  public var typeName: String {
    let names = [
      0: "none", 1: "unicast", 2: "local", 3: "broadcast", 4: "anycast", 5: "multicast", 6: "blackhole",
      7: "unreachable", 8: "prohibit", 9: "throw", 10: "nat", 11: "xresolve",
    ]
    return Wire.name(type, names)
  }

  public var scopeName: String { AddressMessage.scopeName(scope) }

  /// Who made the route, as /etc/iproute2/rt_protos has it.
  public var originName: String { RouteOrigin.name(origin) }

  /// The names of the flags of routes, RTM_F_…, and of their only hop, RTNH_F_…
  public var flagNames: [String] {
    let names: [String?] = [
      "dead", "pervasive", "onlink", "offload", "linkdown", "unresolved", "trap", nil, "notify", "cloned", "equalize",
      "prefix", "lookup-table", "fib-match", "rt_offload", "rt_trap",
    ]
    return Wire.flagNames(flags, names)
  }
}

/// Who makes routes and rules: RTPROT_… (linux/rtnetlink.h).
enum RouteOrigin {
  static func name(_ number: UInt8) -> String {
    let names = [
      0: "unspec", 1: "redirect", 2: "kernel", 3: "boot", 4: "static", 8: "gated", 9: "ra", 10: "mrt", 11: "zebra",
      12: "bird", 13: "dnrouted", 14: "xorp", 15: "ntk", 16: "dhcp", 18: "keepalived", 42: "babel", 84: "ovn",
      99: "openr", 186: "bgp", 187: "isis", 188: "ospf", 189: "rip", 192: "eigrp",
    ]
    return Wire.name(number, names)
  }
}
