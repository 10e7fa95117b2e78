import Interpreter
import Net
import Transport

let wire = Command(
  "wire",
  "Shows what the last exchange did on the wire, as it was, credentials included: its steps with times, endpoints and sizes, or one of them.",
  Parameter<Int?>.optional("number", "only this step, with all that is known of it"),
  Parameter<Bool>.flag("hex", "show the bytes of each step as a hexdump"),
  Parameter<Bool>.flag("text", "show the bytes of each step as text, with escapes for what is none"),
  Parameter<Bool>.flag("ladder", "draw it between both sides, with the states of TCP and the messages of TLS"),
  Parameter<Int?>.option("width", "the columns of the drawing, if not those of the window"),
  Parameter<Int?>.option("connection", "of the connection with this id, instead of the last"), gives: .any,
  examples: [
    Example(
      "http get http://www.rfc.test/rfc/rfc2324.txt | get status; wire | get step | last 6",
      "200\nresolve\nmap\nsocket\nconnect\nsend\nrecv", note: "before that the look-up asked a name server",
      needsLab: true),
    Example(
      "dns resolve www.rfc.test | get name; http head http://www.rfc.test/rfc/rfc2324.txt | get status; wire 5 | select step bytes",
      "www.rfc.test\n200\nstep\tsend\nbytes\t84", note: "a name that is remembered is not asked for", needsLab: true),
    Example("http head http://www.rfc.test/rfc/rfc2324.txt | get status; wire --hex | lines | first", needsLab: true),
    Example(
      "let c = tcp connect www.rfc.test:80; send line $c 'HEAD / HTTP/1.0'; wire --text --connection 1",
      "send 17 bytes → connection 1\nHEAD / HTTP/1.0", needsLab: true),
    Example("http head http://www.rfc.test/rfc/rfc2324.txt | get status; wire --ladder", needsLab: true),
  ]
) { machine, number, hex, text, ladder, width, connection in
  let recorder = machine.network.recorder
  let steps = connection.map { recorder.steps(ofConnection: $0) } ?? recorder.lastSteps
  guard [hex, text, ladder].filter({ $0 }).count < 2, number == nil || !ladder else {
    throw ValueError(
      "bad-argument", "one of --hex, --text and --ladder is shown at a time, and a ladder of all steps", layer: .command
    )
  }
  if ladder { return .string(ladders(of: steps, width: drawingWidth(width, machine))) }
  let view = WireView(steps)
  if let number, number < 1 || number > steps.count {
    throw ValueError(
      "no-step", steps.isEmpty ? "nothing is remembered, and so no step \(number)" : "there is no step \(number)",
      hint: steps.isEmpty ? nil : "`wire` lists them: 1 to \(steps.count)", layer: .command)
  }
  if hex || text { return .string(view.dump(only: number, as: text ? .text : .hex)) }
  return number.map { .record(view.step($0)) } ?? .list(view.rows.map { .record($0) })
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
