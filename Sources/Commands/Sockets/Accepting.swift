import Interpreter
import Net
import TLS
import Transport

let listen = Command(
  "listen", "Lets a socket that is bound take connections, listen(2).",
  Parameter<OpenConnection?>.connection("the socket, if not the current one"),
  Parameter<Int>.option("backlog", "how many may wait to be accepted", default: 1_024, shown: "1024"), gives: .null,
  examples: [Example("let s = socket tcp; bind $s :0; listen $s; $s.state", "listening")]
) { machine, given, backlog in
  let connection = try machine.connection(given).connection
  try connection.listen(backlog: Int32(clamping: backlog), machine.network.context(machine))
  return .null
}

let accept = Command(
  "accept",
  "Accepts the connection that waits longest, accept4(2), or waits for one; it is the current one from then on.",
  Parameter<Value>.input(
    "what listens: of `tcp listen`, `tls listen`, `unix listen`, or a socket after `listen`", named: "listener"),
  Parameter<TimeSpan?>.option("timeout", "how long to wait"), gives: .connection,
  examples: [
    Example("let l = tcp listen :0; let c = tcp connect $l.local; (accept $l).remote == $c.local", "true"),
    Example("try { tcp listen :0 | accept --timeout 10ms } catch e { $e.code }", "timeout"),
  ]
) { machine, listener, timeout in
  let context = machine.network.context(machine, timeout: timeout)
  try machine.session.output.flush()
  let connection: Connection
  switch listener {
  case .resource(let open as OpenListener):
    connection = try open.listener.accept(context)
    if let tls = open.tls { try connection.acceptTLS(orClose: tls.context, context) }
  case .resource(let open as OpenConnection): connection = try open.connection.accept(context)
  default: throw ValueError.wrongType("a listener", found: listener)
  }
  return machine.opened(connection, machine.network.context(machine))
}
