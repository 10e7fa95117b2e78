import Glibc
import Interpreter
import Net
import Transport

let ladder = Command(
  "ladder", "Draws what passed between both ends of a connection, with the states of RFC 9293 at either side.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Int?>.option("connection", "the connection with this id, which may have failed or been closed"),
  Parameter<Int?>.option("last", "only the last so many steps"),
  Parameter<Int?>.option("width", "the columns to fit it into, if not those of the window"), gives: .string,
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; send \"GET / HTTP/1.0\\r\\n\\r\\n\"; recv all | len; close; ladder $c",
      needsLab: true),
    Example("let c = tcp connect www.rfc.test:80; shutdown; ladder --last 1", needsLab: true),
  ]
) { machine, given, id, last, width in
  let open = id == nil ? try machine.connection(given) : nil
  let recorder = machine.network.recorder
  let steps = (id ?? open?.connection.id).map { recorder.steps(ofConnection: $0) } ?? []
  guard let first = steps.first else {
    throw ValueError(
      "no-connection", "nothing is remembered of that connection", hint: "`conns` lists those that are open",
      layer: .command)
  }
  var drawing = SequenceLadder(of: first.transport)
  drawing.add(steps, last: last)
  if let open, case .string(let name)? = try SocketFacts(machine).record(open.connection)["state"] {
    drawing.now = name
  }
  return .string(
    drawing.text(
      ours: name(open?.connection.local, steps.lazy.compactMap(\.local).last),
      theirs: name(open?.connection.remote, steps.lazy.compactMap(\.remote).last),
      width: drawingWidth(width, machine)))
}

/// Draws the steps of several connections, one ladder after the other, each with the names that its steps had.
func ladders(of steps: [Step], width: Int) -> String {
  var order: [Int] = []
  var own: [Int: [Step]] = [:]
  for step in steps {
    if own[step.connection] == nil { order.append(step.connection) }
    own[step.connection, default: []].append(step)
  }
  return order.compactMap { id in
    guard let steps = own[id], let first = steps.first else { return nil }
    var drawing = SequenceLadder(of: first.transport)
    drawing.add(steps)
    let ours = name(nil, steps.lazy.compactMap(\.local).last)
    return drawing.text(ours: ours, theirs: name(nil, steps.lazy.compactMap(\.remote).last), width: width)
  }.joined(separator: "\n\n")
}

/// The columns asked for, else those of the window, within what is of use.
func drawingWidth(_ asked: Int?, _ machine: Machine) -> Int { min(max(asked ?? windowWidth(machine), 20), 200) }

/// The name of an end as the connection has it, else as its steps had it.
private func name(_ known: SocketName?, _ noted: SocketName?) -> String { (known ?? noted).map { "\($0)" } ?? "" }

/// The columns in which the output has results stand, else of the window that standard output is, else of COLUMNS, else 80.
private func windowWidth(_ machine: Machine) -> Int {
  if let columns = machine.session.output.columns { return columns }
  var size = winsize()
  if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
  return machine.session.environment["COLUMNS"].flatMap { Int($0) } ?? 80
}
