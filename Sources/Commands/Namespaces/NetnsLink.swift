import Clients
import Interpreter
import Net
import System

let netnsLink = Command(
  "netns link",
  "Lays a cable between two networks: an interface with its address at each end, switched on.",
  Parameter<String>.required("netns", "the network at one end"),
  Parameter<String>.required("interface-name", "what its interface is called there, such as eth0"),
  Parameter<Network>.required("address", "the address of that interface with its prefix"),
  Parameter<String>.required("other-netns", "the network at the other end"),
  Parameter<String>.required("other-interface", "what the interface is called there"),
  Parameter<Network>.required("other-address", "its address"), gives: .null,
  examples: [
    Example(
      "netns add a b; netns link a eth0 192.0.2.1/24 b eth0 192.0.2.2/24; netns run a { ip route get 192.0.2.2 | get interface }",
      "eth0"),
    Example(
      "netns add a b; netns link a eth0 2001:db8::1/64 b eth0 2001:db8::2/64; netns run b { ip addr eth0 -6 | first | get address }",
      "2001:db8::2/64"),
  ]
) { machine, one, interface, address, other, otherInterface, otherAddress in
  let networks = machine.ownNetworks
  for name in [interface, otherInterface] where !(1...15).contains(name.utf8.count) || name.contains("/") {
    throw ValueError(
      "bad-interface", "'\(name)' is no name of an interface", hint: "it has 1 to 15 characters", layer: .command)
  }
  try machine.networkBuilding.link(
    NetworkBuilding.End(try networks.named(one), interface, address),
    NetworkBuilding.End(try networks.named(other), otherInterface, otherAddress))
  return .null
}

let netnsRoute = Command(
  "netns route", "Adds a route inside a network: which neighbour passes packets on to which addresses.",
  Parameter<String>.required("netns", "which network"),
  Parameter<String>.required("to", "a network, or `default` for all addresses"),
  Parameter<Address>.required("via", "the neighbour"), gives: .null,
  examples: [
    Example(
      "netns add a b; netns link a eth0 192.0.2.1/24 b eth0 192.0.2.2/24; netns route a default 192.0.2.2; "
        + "netns run a { ip route get 203.0.113.9 | get gateway }", "192.0.2.2")
  ]
) { machine, name, to, via in
  let all = via.isIPv4 ? Address(v4: 0) : Address(v6High: 0, low: 0)
  guard
    let network = to == "default"
      ? Network(address: all, prefix: 0)
      : Network(to) ?? Address(to).flatMap({ Network(address: $0, prefix: $0.bitCount) })
  else {
    throw ValueError(
      "bad-network", "'\(to)' is neither a network nor `default`", hint: "`netns route \(name) 10.0.0.0/8 \(via)`",
      layer: .command)
  }
  try machine.networkBuilding.route(in: try machine.ownNetworks.named(name), to: network, by: via)
  return .null
}

let netnsForward = Command(
  "netns forward", "Makes a network a router: it passes packets on that are for others, IPv4 and IPv6.",
  Parameter<String>.required("netns", "which network"),
  Parameter<Bool>.flag("off", "makes it a host again"), gives: .null,
  examples: [
    Example("netns add router; netns forward router; netns run router { ^cat /proc/sys/net/ipv4/ip_forward }", "1"),
    Example("netns add router; netns forward router; netns forward router --off"),
  ]
) { machine, name, off in
  let namespace = try machine.ownNetworks.named(name)
  do throws(SystemCallError) {
    try namespace.set("ipv4/ip_forward", to: off ? 0 : 1)
    // Where the kernel has no IPv6 there is nothing to forward.
    try? namespace.set("ipv6/conf/all/forwarding", to: off ? 0 : 1)
  } catch {
    throw ValueError("netns-forward", "cannot make \(name) a router", layer: .command, cause: error)
  }
  return .null
}
