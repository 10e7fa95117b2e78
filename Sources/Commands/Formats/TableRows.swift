import Interpreter
import Net
import OrderedCollections

/// The names of a table's columns, and the records made of its rows.
struct Columns {
  let names: [String]
  /// The names with nulls, shared by all rows.
  private let model: OrderedDictionary<Record.Key, Value>

  init(_ names: [String]) throws {
    self.names = names
    model = OrderedDictionary(names.map { (Record.Key($0), Value.null) }, uniquingKeysWith: { first, _ in first })
    guard model.count == names.count else {
      let twice = names.first { name in names.count { bytesEqual($0, name) } > 1 } ?? ""
      throw ValueError(
        "bad-header", "the header names `\(twice)` twice", hint: "--no-header gives rows as lists", layer: .command)
    }
  }

  /// Gives the record of a row that stands on this line of the text.
  func record(_ values: [Value], line: Int) throws -> Value {
    guard values.count == names.count else {
      throw ValueError(
        "bad-row",
        "line \(line) has \(counted(values.count, "field")), and the header has \(names.count)",
        layer: .command)
    }
    var fields = model
    for (index, value) in values.enumerated() { fields.values[index] = value }
    return .record(Record(fields))
  }
}

/// Rows of a table on their way between text and values.
enum TableRows {
  /// Gives text where the bytes are UTF-8, else bytes.
  static func value(_ bytes: [UInt8]) -> Value {
    String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes)
  }

  /// Makes records of rows, the first of which names the columns; or lists.
  static func records(
    hasHeader: Bool, _ next: @escaping () throws -> (line: Int, values: [Value])?
  ) -> () throws -> Value? {
    var columns: Columns?
    return {
      guard let row = try next() else { return nil }
      guard hasHeader else { return .list(row.values) }
      if let columns { return try columns.record(row.values, line: row.line) }
      let header = try Columns(row.values.map { try String.convert($0) })
      columns = header
      return try next().map { try header.record($0.values, line: $0.line) }
    }
  }

  /// Makes lines of the items of a table: of records with a header before the first, of lists as they are.
  static func lines(
    hasHeader: Bool, _ line: @escaping ([String]) -> [UInt8]
  ) -> (Value) throws -> [UInt8] {
    var names: [String]?
    return { item in
      switch item {
      case .record(let record):
        let isFirst = names == nil
        let columns = names ?? record.names
        names = columns
        let cells = try columns.map { try PlainText.cell(record[$0] ?? .null) }
        if let other = record.names.first(where: { name in !columns.contains { bytesEqual($0, name) } }) {
          throw ValueError(
            "bad-row", "a row has the field `\(other)`, and the first row has not", hint: "`select` makes rows alike",
            layer: .command)
        }
        return (isFirst && hasHeader ? line(columns) : []) + line(cells)
      case .list(let list): return line(try list.map { try PlainText.cell($0) })
      default:
        throw ValueError(
          "wrong-type", "a row is a record or a list, and this is \(item.described)", layer: .command)
      }
    }
  }
}
