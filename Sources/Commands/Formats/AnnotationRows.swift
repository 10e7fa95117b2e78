import Interpreter
import Net
import Wire

/// The table in which a message is explained byte by byte: offset, bytes, field, value, and where it is written.
enum AnnotationRows {
  /// Gives the rows, the last of them for what could not be read.
  /// - Parameters:
  ///   - unreadable: what is wrong behind the annotations, and the rule broken.
  ///   - meaning: what an annotation means beside its value; nil for a table without that column.
  static func table(
    _ annotations: [Annotation], of message: [UInt8], unreadable: (message: String, source: String)?,
    meaning: ((Annotation) -> String)? = nil
  ) -> Value {
    var rows: [Value] = annotations.map { row($0, message, meaning?($0)) }
    if let unreadable {
      let start = min(annotations.last?.range.upperBound ?? 0, message.count)
      let rest = Annotation(
        range: start..<message.count, field: "unreadable", value: unreadable.message, source: unreadable.source)
      rows.append(row(rest, message, meaning == nil ? nil : ""))
    }
    return .list(rows)
  }

  private static func row(_ annotation: Annotation, _ message: [UInt8], _ meaning: String?) -> Value {
    let bytes = message[annotation.range.clamped(to: 0..<message.count)]
    // A long field shows how it begins; its bytes are in the message.
    let shown = bytes.prefix(16).map { BaseEncoding.hex.encode([$0]) }.joined(separator: " ")
    return .record(
      Record(
        pairs: [
          ("offset", .int(annotation.range.lowerBound)), ("length", .int(bytes.count)),
          ("bytes", .string(bytes.count > 16 ? shown + " …" : shown)), ("field", .string(annotation.field)),
          ("value", .string(meaning == nil ? annotation.sentence : annotation.value)),
        ] + (meaning.map { [("meaning", .string($0))] } ?? []) + [("source", .string(annotation.source))]))
  }
}
