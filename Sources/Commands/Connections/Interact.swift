import Interpreter
import Net
import Transport

let interact = Command(
  "interact",
  "Joins a connection with standard input and output, as nc and telnet do: sends what is typed, gives what comes, until the peer ends.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Bool>.flag("crlf", "make each line end in CRLF"),
  Parameter<Bool>.flag("stay", "do not end our direction at the end of standard input"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take; without it as long as it takes"), gives: .stream,
  examples: [
    Example(
      "tcp connect www.rfc.test:80 | interact --crlf", note: "type GET / HTTP/1.0 and an empty line; Ctrl-D, or Ctrl-C",
      needsLab: true)
  ]
) { machine, given, wantsCRLF, stays, timeout in
  let connection = try machine.connection(given).connection
  var context = machine.network.context(machine, timeout: timeout)
  // People think as long as they like.
  context.limits.silence = TimeSpan(nanoseconds: .max)
  // Where the script comes from there, standard input is at its end.
  let readsInput = !machine.session.scriptIsOnInput.load(ordering: .relaxed)
  let typing = try Typing(
    into: connection, kept: machine.standardInput.takeKept(), readsInput: readsInput, crlf: wantsCRLF,
    endsDirection: !stays, context)
  let shown = context
  return .stream(
    Stream(bytes: true, close: { typing.stop() }) {
      // What was typed and could not be sent says more than the end that follows.
      if let piece = try connection.recv(max: 1 << 16, shown) { return .bytes(piece) }
      try typing.stop()?.rethrow()
      return nil
    })
}
