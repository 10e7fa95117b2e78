import Interpreter
import Net
import Transport
import Wire

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
  if hex { return .string(steps.compactMap(dump).joined(separator: "\n")) }
  if ladder { return .string(ladders(of: steps, width: ladderWidth(width, machine))) }
  let start = steps.first?.start ?? 0
  return .list(steps.map { .record(row($0, since: start)) })
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

/// A step as a row: when it began, what it was, how long it took, how many bytes moved.
private func row(_ step: Step, since start: Int64) -> Record {
  Record([
    "at": .duration(TimeSpan(nanoseconds: step.start - start)), "connection": .int(step.connection),
    "step": .string(step.kind.rawValue), "took": .duration(TimeSpan(nanoseconds: step.end - step.start)),
    "bytes": step.byteCount > 0 ? .int(step.byteCount) : .null,
    "detail": .string(detail(of: step)),
  ])
}

private func detail(of step: Step) -> String {
  if let error = step.error { return error.layers.last.map(\.message) ?? "" }
  if !step.detail.isEmpty { return step.detail }
  switch step.kind {
  case .send: return step.remote.map { "to \($0)" } ?? ""
  case .recv: return step.byteCount == 0 ? "the end of the stream" : step.remote.map { "from \($0)" } ?? ""
  default: return step.remote.map { "\($0)" } ?? step.local.map { "\($0)" } ?? ""
  }
}

/// The kept bytes of a step under a heading; nil for a step that moved none.
private func dump(_ step: Step) -> String? {
  guard step.byteCount > 0 else { return nil }
  // A message of TLS says itself which way it went, and what it is.
  let message: Substring
  switch step.kind {
  case .handshake: message = step.detail.prefix { $0 != ":" }
  case .send, .seal: message = "→"
  default: message = "←"
  }
  var lines = ["\(step.kind.rawValue) \(step.byteCount) bytes \(message) connection \(step.connection)"]
  lines += Hexdump(step.bytes).lines
  let missing = step.byteCount - step.bytes.count - step.lastBytes.count
  if missing > 0 { lines.append("… \(missing) bytes are not kept (`wire keep all` keeps them) …") }
  if !step.lastBytes.isEmpty { lines += Hexdump(step.lastBytes, offset: step.byteCount - step.lastBytes.count).lines }
  return lines.joined(separator: "\n")
}
