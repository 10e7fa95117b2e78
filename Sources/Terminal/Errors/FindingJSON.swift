import Diagnostics
import Interpreter

extension Finding {
  /// The finding as editors read it: file, line and column where it begins and ends (from 1, in Unicode scalars), code, message,
  /// hint and labels.
  public var record: Record {
    func place(_ span: Span) -> [(String, Value)] {
      let (start, end) = (source.position(of: span.start), source.position(of: span.end))
      return [
        ("line", .int(start.line)), ("column", .int(start.column)), ("end_line", .int(end.line)),
        ("end_column", .int(end.column)),
      ]
    }
    let labels = labels.map { Value.record(Record(pairs: place($0.span) + [("text", .string($0.text))])) }
    return Record(
      pairs: [("file", .string(source.name))] + place(span) + [
        ("code", .string(code)), ("message", .string(message)), ("hint", hint.map { .string($0) } ?? .null),
        ("labels", .list(labels)),
      ])
  }
}
