import Interpreter
import Net
import Transport

let socket = Command(
  "socket",
  "Makes a socket, socket(2), that has neither name nor peer yet: `bind`, `listen`, `accept` and `connect` are yours.",
  Parameter<String>.required("transport", "which kind", choices: ["tcp", "udp", "unix"]),
  Parameter<Bool>.flag("4", "of IPv4 (the default)"),
  Parameter<Bool>.flag("6", "of IPv6"),
  Parameter<Bool>.flag("datagram", "of datagrams, for unix"), gives: .connection,
  examples: [
    Example("let s = socket tcp; $s.state", "new"),
    Example("let s = socket udp -6; bind $s [::1]:0; $s.local.host", "::1"),
  ]
) { machine, transport, v4, v6, isDatagram in
  guard !(v4 && v6) else { throw ValueError("bad-argument", "a socket is of one family", layer: .command) }
  guard transport != "unix" || !(v4 || v6) else {
    throw ValueError("bad-argument", "a Unix socket has no IP family", layer: .command)
  }
  guard transport == "unix" || !isDatagram else {
    throw ValueError("bad-argument", "`socket udp` is the socket of datagrams", layer: .command)
  }
  let context = machine.network.context(machine)
  let connection = try Connection.socket(Layer(rawValue: transport), isIPv6: v6, isDatagram: isDatagram, context)
  return machine.opened(connection, context)
}
