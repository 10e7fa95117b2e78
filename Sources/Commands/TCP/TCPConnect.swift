import Interpreter
import Net
import Transport

let tcpConnect = Command(
  "tcp connect", "Opens a TCP connection: socket(2) and connect(2), to each address of the name in turn.",
  Parameter<Endpoint>.required("endpoint", "where to: HOST:PORT"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take (default 30s)"), gives: .connection,
  examples: [
    Example("let c = tcp connect www.rfc.test:80; $c.state", "connected", needsLab: true),
    Example("tcp connect www.rfc.test:80 --timeout 2s | get transport", "tcp", needsLab: true),
  ]
) { machine, endpoint, timeout in
  let network = machine.network
  let connection = try Connection.connect(tcp: endpoint, network.context(machine, timeout: timeout))
  return machine.opened(connection, network.context(machine))
}
