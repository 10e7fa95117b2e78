import Interpreter
import Net
import Wire

/// The table in which a message is explained byte by byte: offset, bytes, field, value, and where it is written.
enum AnnotationRows {
  /// Gives the rows, the last of them for what could not be read.
  /// - Parameter unreadable: what is wrong behind the annotations, and the rule broken.
  static func table(
    _ annotations: [Annotation], of message: [UInt8], unreadable: (message: String, source: String)?
  ) -> Value {
    var rows: [Value] = annotations.map { row($0, message) }
    if let unreadable {
      let start = min(annotations.last?.range.upperBound ?? 0, message.count)
      let rest = Annotation(
        range: start..<message.count, field: "unreadable", value: unreadable.message, source: unreadable.source)
      rows.append(row(rest, message))
    }
    return .list(rows)
  }

  private static func row(_ annotation: Annotation, _ message: [UInt8]) -> Value {
    let bytes = message[annotation.range.clamped(to: 0..<message.count)]
    // A long field shows how it begins; its bytes are in the message.
    let shown = bytes.prefix(16).map { BaseEncoding.hex.encode([$0]) }.joined(separator: " ")
    return .record(
      Record([
        "offset": .int(annotation.range.lowerBound), "length": .int(bytes.count),
        "bytes": .string(bytes.count > 16 ? shown + " …" : shown), "field": .string(annotation.field),
        "value": .string(annotation.value), "source": .string(annotation.source),
      ]))
  }
}
