import Glibc
import Interpreter
import Net
import Transport

let ladder = Command(
  "ladder", "Draws what passed between both ends of a connection, with the states of RFC 9293 at either side.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Int?>.option("last", "only the last so many steps"),
  Parameter<Int?>.option("width", "the columns to fit it into, if not those of the window"), gives: .string,
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; send \"GET / HTTP/1.0\\r\\n\\r\\n\"; recv all | len; close; ladder $c",
      needsLab: true),
    Example("tcp connect www.rfc.test:80; shutdown; ladder --last 1", needsLab: true),
  ]
) { machine, given, last, width in
  let connection = try machine.connection(given).connection
  var drawing = SequenceLadder(of: connection.transport)
  let steps = machine.network.recorder.steps(ofConnection: connection.id)
  let shown = last.map { max(0, $0) } ?? .max
  // Steps before the last ones are gone through all the same: the states follow from them.
  let relevant = steps.filter { SequenceLadder.isDrawn($0) }
  for (index, step) in relevant.enumerated() {
    if relevant.count - index == shown { drawing.forgetRows() }
    drawing.add(step)
  }
  let state = try SocketFacts(machine).record(connection)["state"]
  if case .string(let name)? = state { drawing.now = name }
  return .string(
    drawing.text(
      ours: "\(connection.local)", theirs: "\(connection.remote)",
      width: min(max(width ?? windowWidth(machine), 44), 200)))
}

/// The columns of the window that standard output is, else of COLUMNS, else 80.
private func windowWidth(_ machine: Machine) -> Int {
  var size = winsize()
  if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
  return machine.session.environment["COLUMNS"].flatMap { Int($0) } ?? 80
}
