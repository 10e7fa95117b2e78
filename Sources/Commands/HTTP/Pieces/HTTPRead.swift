import Interpreter
import Net
import Transport
import Wire

let httpRead = Command(
  "http read",
  "Reads the next part of a message of HTTP: its head, then its body piece by piece, each chunk with its size line, then its end.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<Bool>.flag("whole", "read all that is left of the message, as one record"),
  Parameter<String?>.option("method", "the method of the request it answers, if `http send` did not send it"),
  Parameter<Bool>.flag("new", "forget what is under way: a head comes next"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .record,
  examples: [
    Example(
      "let c = tcp connect www.rfc.test:80; http send $c GET /rfc/rfc9997.txt; http read $c | select event status framing",
      "event\thead\nstatus\t200\nframing\tlength", needsLab: true),
    Example(
      "let c = tcp connect www.rfc.test:80; http send $c GET /rfc/rfc9997.txt; (http read $c --whole).body | len",
      "1453",
      needsLab: true),
  ]
) { machine, given, isWhole, method, isNew, timeout in
  let open = try machine.connection(given)
  let context = machine.network.context(machine, timeout: timeout)
  guard isWhole else {
    let piece = try open.http.next(open.connection, method: method, isNew: isNew, context)
    return piece.map { .record(Record(pairs: $0.fields, ignoresCase: false)) } ?? .null
  }
  var fields: [(String, Value)] = []
  var body: [UInt8] = []
  var isFirst = isNew
  while let piece = try open.http.next(open.connection, method: method, isNew: isFirst, context) {
    isFirst = false
    try machine.checkpoint()
    switch piece {
    case .interim: continue
    case .response(let head, _): fields = HTTPPieceRecords.start(head)
    case .request(let head, _): fields = HTTPPieceRecords.start(head)
    case .chunk(_, let data), .data(let data, _):
      guard data.count <= context.limits.gather - body.count else {
        throw ValueError(
          "too-large", "the body is longer than \(context.limits.gather) bytes",
          hint: "without --whole it comes piece by piece", layer: .http)
      }
      body += data
    case .trailers(let trailers): fields.append(("trailers", HTTPRecords.headers(trailers)))
    case .end(let end):
      return .record(Record(pairs: fields + [("body", .bytes(body)), ("notes", HTTPPieceRecords.notes(end))]))
    }
  }
  return .null
}

extension HTTPPiece {
  /// The piece as a record, whose `event` says what it is.
  fileprivate var fields: [(String, Value)] {
    switch self {
    case .interim(let head): [("event", .string("interim"))] + HTTPPieceRecords.start(head)
    case .response(let head, let framing):
      [("event", .string("head"))] + HTTPPieceRecords.start(head) + HTTPPieceRecords.framing(framing)
    case .request(let head, let framing):
      [("event", .string("head"))] + HTTPPieceRecords.start(head) + HTTPPieceRecords.framing(framing)
    case .chunk(let chunk, let data):
      [("event", .string("chunk"))] + HTTPPieceRecords.chunk(chunk, data: data).pairs
    case .data(let data, let offset):
      [("event", .string("data")), ("offset", .int(offset)), ("data", .bytes(data))]
    case .trailers(let fields): [("event", .string("trailers")), ("trailers", HTTPRecords.headers(fields))]
    case .end(let end): [("event", .string("end"))] + HTTPPieceRecords.end(end)
    }
  }
}
