import Interpreter
import Net
import Wire

/// The forms that the parts of HTTP messages have as values of the language.
enum HTTPPieceRecords {
  /// The start line and the fields of a request.
  static func start(_ head: HTTPRequestHead) -> [(String, Value)] {
    [
      ("method", .string(head.method)), ("target", .string(head.target)), ("version", .string("\(head.version)")),
      ("headers", HTTPRecords.headers(head.headers)),
    ]
  }

  /// The start line and the fields of a response.
  static func start(_ head: HTTPResponseHead) -> [(String, Value)] {
    [
      ("status", .int(head.status)), ("reason", .string(head.reason)), ("version", .string("\(head.version)")),
      ("headers", HTTPRecords.headers(head.headers)),
    ]
  }

  /// How the end of the body is found.
  static func framing(_ framing: HTTPFraming?) -> [(String, Value)] {
    switch framing {
    case .none?, nil: [("framing", .string("none")), ("length", .int(0))]
    case .length(let length)?: [("framing", .string("length")), ("length", .int(length))]
    case .chunked?: [("framing", .string("chunked")), ("length", .null)]
    case .untilClose?: [("framing", .string("until-close")), ("length", .null)]
    case .tunnel?: [("framing", .string("tunnel")), ("length", .null)]
    }
  }

  static func chunk(_ chunk: HTTPChunk, data: [UInt8]) -> Record {
    let extensions = chunk.extensions.map { ($0.name, $0.value.map { .string($0) } ?? Value.null) }
    return Record([
      "offset": .int(chunk.offset), "size": .int(chunk.size), "line": .string(chunk.line),
      "extensions": .record(Record(pairs: extensions)), "data": .bytes(data),
    ])
  }

  /// What was let pass though the grammar forbids it.
  static func notes(_ end: HTTPEnd?) -> Value { .list((end?.leniencies ?? []).map { .string($0.description) }) }

  static func end(_ end: HTTPEnd) -> [(String, Value)] {
    framing(end.framing).prefix(1) + [
      ("length", .int(end.bodyLength)), ("offset", .int(end.offset)), ("persists", .bool(end.keepsAlive)),
      ("notes", notes(end)),
    ]
  }
}
