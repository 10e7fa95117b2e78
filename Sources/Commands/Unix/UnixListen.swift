import Interpreter
import Net
import Transport

let unixListen = Command(
  "unix listen",
  "Listens on a Unix socket: a path, which closing removes, or `@` and a name in the abstract namespace.",
  Parameter<String>.required("path", "the socket's path, or @NAME"),
  Parameter<Int>.option("backlog", "how many may wait to be accepted", default: 1_024, shown: "1024"),
  gives: .listener,
  examples: [
    Example("let l = unix listen @nsh-example-listen; [$l.transport $l.local] | join ' '", "unix @nsh-example-listen")
  ]
) { machine, path, backlog in
  let context = machine.network.context(machine)
  return machine.opened(
    try Listener.listen(unix: machine.socketPath(path), backlog: Int32(clamping: backlog), context), context)
}
