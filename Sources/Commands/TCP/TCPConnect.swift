import Interpreter
import Net
import Transport

let tcpConnect = Command(
  "tcp connect", "Opens a TCP connection: socket(2) and connect(2), to the addresses of the name until one answers.",
  Parameter<Destination>.required("host", "where to: HOST:PORT, or HOST and then the port"),
  Parameter<Int?>.optional("port", "the port, if it is not in the first word"),
  Parameter<Bool>.flag("4", "only to an IPv4 address"),
  Parameter<Bool>.flag("6", "only to an IPv6 address"),
  Parameter<Destination?>.option("bind", "where to come from: ADDRESS, ADDRESS:PORT or :PORT"),
  Parameter<String?>.option("interface", "the interface to leave by"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take (default 30s)"), gives: .connection,
  examples: [
    Example("let c = tcp connect www.rfc.test:80; $c.state", "connected", needsLab: true),
    Example("tcp connect www.rfc.test 80 --timeout 2s | get transport", "tcp", needsLab: true),
    Example("let c = tcp connect www.rfc.test:80; $c.attempts | get outcome", "connected", needsLab: true),
    Example("tcp connect www.rfc.test:80 -4 --bind 127.0.0.9 | get local.host", "127.0.0.9", needsLab: true),
  ]
) { machine, host, port, v4, v6, source, interface, timeout in
  let network = machine.network
  guard !(v4 && v6) else { throw ValueError("bad-argument", "-4 and -6 leave no address", layer: .command) }
  var options = ConnectOptions()
  options.family = v4 ? .v4 : v6 ? .v6 : nil
  options.source = source?.source
  options.interface = interface
  let connection = try Connection.connect(
    tcp: try host.endpoint(port: port), network.context(machine, timeout: timeout), options: options)
  return machine.opened(connection, network.context(machine))
}
