import Interpreter
import Net
import Transport

let udpConnect = Command(
  "udp connect", "Makes a UDP socket that sends to one peer and hears only it: socket(2) and connect(2).",
  Parameter<Destination>.required("host", "where to: HOST:PORT, or HOST and then the port"),
  Parameter<Int?>.optional("port", "the port, if it is not in the first word"),
  Parameter<Bool>.flag("4", "only to an IPv4 address"),
  Parameter<Bool>.flag("6", "only to an IPv6 address"),
  Parameter<Destination?>.option("bind", "where to come from: ADDRESS, ADDRESS:PORT or :PORT"),
  Parameter<String?>.option("interface", "the interface to use"),
  Parameter<Bool>.flag("broadcast", "allow a broadcast address"),
  Parameter<Int?>.option("ttl", "how many routers a datagram may pass"),
  Parameter<TimeSpan?>.option("timeout", "how long the look-up may take"), gives: .connection,
  examples: [
    Example("let s = udp bind :0; let c = udp connect $s.local; send $c hello; recv $s", "hello"),
    Example(
      "let c = udp connect 127.0.0.1:9; send $c hello; try { recv $c } catch e { $e.code }", "ECONNREFUSED",
      note: "the host answered by ICMP that nobody listens there"),
  ]
) { machine, host, port, four, six, source, interface, isBroadcast, ttl, timeout in
  var options = ConnectOptions()
  options.family = try version(four, six).map { $0 == 4 ? .v4 : .v6 }
  options.source = source?.source
  options.interface = interface
  let connection = try Connection.connect(
    udp: try host.endpoint(port: port), machine.network.context(machine, timeout: timeout), options: options,
    datagrams: try datagramOptions(isBroadcast, ttl, interface))
  return machine.opened(connection, machine.network.context(machine))
}

let udpOpen = Command(
  "udp open", "Makes a UDP socket without a peer: `send --to` sends anywhere, `recv --from` says who answered.",
  Parameter<Bool>.flag("4", "of IPv4 only"),
  Parameter<Bool>.flag("6", "of IPv6 only"),
  Parameter<String?>.option("interface", "the interface to use"),
  Parameter<Bool>.flag("broadcast", "allow broadcast addresses"),
  Parameter<Int?>.option("ttl", "how many routers a datagram may pass"), gives: .connection,
  examples: [
    Example(
      "let s = udp bind :0; let c = udp open; send $c hello --to $s.local; (recv $s --from).data", "hello")
  ]
) { machine, four, six, interface, isBroadcast, ttl in
  let context = machine.network.context(machine)
  let isIPv6 = try version(four, six).map { $0 == 6 }
  return machine.opened(
    try Connection.open(udp: nil, isIPv6: isIPv6, try datagramOptions(isBroadcast, ttl, interface), context), context)
}

let udpBind = Command(
  "udp bind", "Makes a UDP socket with a name that others send to: socket(2) and bind(2).",
  Parameter<Endpoint>.required(
    "endpoint", "where: :PORT is this machine alone, in both families, 0.0.0.0:PORT or [::]:PORT hear the whole network"
  ),
  Parameter<String?>.option("interface", "the interface to use"),
  Parameter<Bool>.flag("broadcast", "allow broadcast addresses"),
  Parameter<Int?>.option("ttl", "how many routers a datagram may pass"),
  Parameter<Bool>.flag("share", "let others have the same port, as those who hear a group do (SO_REUSEADDR)"),
  gives: .connection,
  examples: [
    Example("let s = udp bind 127.0.0.1:0; $s.state", "bound"),
    Example(
      "let s = udp bind 0.0.0.0:0 --share; udp join $s 224.0.0.251 --interface lo; udp leave $s 224.0.0.251 --interface lo",
      ""),
  ]
) { machine, endpoint, interface, isBroadcast, ttl, shares in
  let context = machine.network.context(machine)
  guard endpoint.name == nil else {
    throw ValueError("bad-argument", "`udp bind` wants an address of this machine", layer: .command)
  }
  var options = try datagramOptions(isBroadcast, ttl, interface)
  options.shares = shares
  return machine.opened(try Connection.open(udp: endpoint, options, context), context)
}

private func datagramOptions(_ isBroadcast: Bool, _ ttl: Int?, _ interface: String?) throws -> DatagramOptions {
  var options = DatagramOptions()
  options.broadcast = isBroadcast
  options.ttl = try ttl.map { try within(1...255, $0, "--ttl") }
  options.interface = interface
  return options
}
