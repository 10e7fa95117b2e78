import Interpreter
import Net
import Servers
import Wire

/// How the items of a stream are written as the body of an answer, as its media type has it.
struct ItemText {
  private enum Form {
    /// Bytes as they are.
    case bytes
    /// One array of JSON.
    case array
    /// A JSON text a line (application/x-ndjson, application/jsonl).
    case lines
    /// As `print` would write them: a text a line.
    case text
  }

  private let form: Form
  private var isFirst = true

  /// Chooses by the type that the answer has; one that has none gets that of bytes or of JSON.
  init(for response: inout ServedResponse, isBytes: Bool) {
    let given = response.head.headers["Content-Type"]
    if given == nil {
      response.head.headers.append("Content-Type", isBytes ? "application/octet-stream" : "application/json")
    }
    let type = (given ?? "application/json").prefix { $0 != ";" && $0 != " " }.lowercased()
    if isBytes {
      form = .bytes
    } else if type == "application/json" || type.hasSuffix("+json") {
      form = .array
    } else {
      form = ["application/x-ndjson", "application/ndjson", "application/jsonl"].contains(type) ? .lines : .text
    }
  }

  /// Gives what an item adds to the body.
  mutating func bytes(of item: Value) throws -> [UInt8] {
    defer { isFirst = false }
    switch form {
    case .bytes, .text: return try PlainText.bytes(of: item)
    case .lines: return try JSONText.line(item) + [ASCII.lf]
    case .array: return [UInt8(ascii: isFirst ? "[" : ",")] + (try JSONText.line(item))
    }
  }

  /// What stands behind the last item.
  var ending: [UInt8] { form == .array ? Array((isFirst ? "[]" : "]").utf8) : [] }
}
