import Interpreter
import Net
import Transport

let unixConnect = Command(
  "unix connect", "Connects to a Unix socket: a path, or `@` and a name in the abstract namespace.",
  Parameter<String>.required("path", "the socket's path, or @NAME"),
  Parameter<Bool>.flag("datagram", "a socket of datagrams, not a stream"),
  Parameter<String?>.option("bind", "a name of its own, for answers (datagrams get one anyway)"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .connection,
  examples: [
    Example(
      "let l = unix listen @nsh-example-connect; let c = unix connect @nsh-example-connect; send $c hello; accept $l | recv",
      "hello")
  ]
) { machine, path, isDatagram, source, timeout in
  let context = machine.network.context(machine, timeout: timeout)
  let connection = try Connection.connect(
    unix: machine.socketPath(path), isDatagram: isDatagram, from: source.map(machine.socketPath), context)
  return machine.opened(connection, machine.network.context(machine))
}

extension Machine {
  /// Gives the path of a socket with `~` resolved; an abstract name as it is.
  func socketPath(_ text: String) throws -> String { text.hasPrefix("@") ? text : try path(text) }
}
