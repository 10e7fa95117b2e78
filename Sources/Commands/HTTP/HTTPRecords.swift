import Interpreter
import Net
import Wire

/// The forms that HTTP messages have as values of the language.
enum HTTPRecords {
  /// Gives the fields in their order; one that comes more than once is a list.
  static func headers(_ headers: HTTPHeaders) -> Value {
    .record(Record(depth: 2, ignoresCase: true) { pairs(of: headers) })
  }

  private static func pairs(of headers: HTTPHeaders) -> [(String, Value)] {
    var fields: [(String, Value)] = []
    var places: [String: Int] = [:]
    for field in headers {
      let key = field.name.lowercased()
      guard let place = places[key] else {
        places[key] = fields.count
        fields.append((field.name, .string(field.value)))
        continue
      }
      if case .list(var values) = fields[place].1 {
        values.append(.string(field.value))
        fields[place].1 = .list(values)
      } else {
        fields[place].1 = .list([fields[place].1, .string(field.value)])
      }
    }
    return fields
  }

  /// Reads a record of fields: a list stands for a field that comes more than once.
  static func fields(_ record: Record) throws -> HTTPHeaders {
    var headers = HTTPHeaders()
    for (name, value) in record.pairs {
      let values = if case .list(let several) = value { several.items } else { [value] }
      for value in values {
        guard let text = value.scalarText else {
          throw ValueError("wrong-type", "the field `\(name)` is \(value.described), and text is wanted", layer: .http)
        }
        headers.append(name, text)
      }
    }
    return headers
  }

  /// Gives a response whose body may still be a stream.
  static func response(_ head: HTTPResponseHead, body: Value, _ more: [(String, Value)] = []) -> Value {
    .record(
      Record(
        pairs: [
          ("status", .int(head.status)), ("reason", .string(head.reason)), ("version", .string("\(head.version)")),
          ("headers", headers(head.headers)), ("body", body),
        ] + more))
  }
}
