import Interpreter
import Net
import Transport

let wire = Command(
  "wire",
  "Shows what the last exchange did on the wire: its steps with times and sizes, with --hex the bytes, or with --ladder a drawing.",
  Parameter<Bool>.flag("hex", "show the bytes of each step as a hexdump"),
  Parameter<Bool>.flag("ladder", "draw it between both sides, with the states of TCP and the messages of TLS"),
  Parameter<Int?>.option("width", "the columns of the drawing, if not those of the window"),
  Parameter<Int?>.option("connection", "of the connection with this id, instead of the last"), gives: .table,
  examples: [
    Example(
      "http get http://www.rfc.test/rfc/rfc2324.txt | get status; wire | get step | first 3",
      "200\nmap\nsocket\nconnect\n", needsLab: true),
    Example("http head http://www.rfc.test/rfc/rfc2324.txt | get status; wire --hex | lines | first", needsLab: true),
    Example("http head http://www.rfc.test/rfc/rfc2324.txt | get status; wire --ladder", needsLab: true),
  ]
) { machine, hex, ladder, width, connection in
  let recorder = machine.network.recorder
  let steps = connection.map { recorder.steps(ofConnection: $0) } ?? recorder.lastSteps
  if ladder { return .string(ladders(of: steps, width: ladderWidth(width, machine))) }
  let view = WireView(steps)
  return hex ? .string(view.dump()) : .list(view.rows.map { .record($0) })
}

let wireKeep = Command(
  "wire keep",
  "Says how many bytes of each direction of a connection are kept: so many first and last ones, all, or none.",
  Parameter<Value>.required("amount", "a size, `all` or `off`"), gives: .null,
  examples: [Example("wire keep 1MiB"), Example("wire keep off")]
) { machine, amount in
  switch amount {
  case .string("all"): machine.network.recorder.keeping = .all
  case .string("off"): machine.network.recorder.keeping = .off
  case .size(let size) where size.bytes > 0: machine.network.recorder.keeping = .size(Int(size.bytes))
  default:
    throw ValueError("wrong-type", "a size, `all` or `off` is wanted, and this is \(amount.described)", layer: .command)
  }
  return .null
}
