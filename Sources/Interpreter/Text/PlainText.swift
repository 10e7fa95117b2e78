import Net

/// Writes values as a program reads them from a pipe: strings and bytes raw, tables tab-separated, records a field a line.
public enum PlainText {
  /// Gives the bytes of a value; anything but bytes and null ends with one newline. A stream is not taken here but piece by piece.
  public static func bytes(of value: Value) throws -> [UInt8] {
    switch value {
    case .null: return []
    case .bytes(let bytes): return bytes
    case .string(let text): return line(text)
    case .list(let list): return try bytes(of: list)
    case .record(let record): return try bytes(of: record)
    case .resource(let resource): return try bytes(of: resource.fields)
    case .error(let error): return try bytes(of: error.content.fields)
    case .stream(let stream): return try bytes(of: stream.collect())
    case .function: return line("{|…|}")
    default: return line(value.scalarText ?? "")
    }
  }

  private static func line(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    return bytes
  }

  /// Gives a table with a header line, or one item a line.
  private static func bytes(of list: List) throws -> [UInt8] {
    guard let columns = Table.columns(of: list) else {
      var bytes: [UInt8] = []
      var turns = TurnCounter()
      for item in list {
        try turns.turn()
        bytes.append(contentsOf: line(try cell(item)))
      }
      return bytes
    }
    var bytes = header(columns)
    var turns = TurnCounter()
    for case .record(let row) in list {
      try turns.turn()
      bytes.append(contentsOf: try self.row(row, columns: columns))
    }
    return bytes
  }

  /// Gives the first line of a table.
  public static func header(_ columns: [String]) -> [UInt8] { line(columns.map(escaped).joined(separator: "\t")) }

  /// Gives the line of a record in a table of these columns.
  public static func row(_ record: Record, columns: [String]) throws -> [UInt8] {
    line(try columns.map { escaped(try cell(record[$0] ?? .null)) }.joined(separator: "\t"))
  }

  private static func bytes(of record: Record) throws -> [UInt8] {
    try record.pairs.reduce(into: []) { bytes, pair in
      bytes.append(contentsOf: Array((escaped(pair.name) + "\t").utf8))
      if case .bytes(let raw) = pair.value, String(validating: raw, as: UTF8.self) == nil {
        bytes.append(contentsOf: escaped(raw))
        bytes.append(UInt8(ascii: "\n"))
      } else {
        bytes.append(contentsOf: line(escaped(try cell(pair.value))))
      }
    }
  }

  /// Gives the text of a value inside a table or record: a scalar's own, a compound's as JSON, nothing for null.
  public static func cell(_ value: Value) throws -> String {
    switch value {
    case .null: return ""
    case .list, .record, .resource, .stream, .function, .bytes:
      if case .bytes = value, let text = value.scalarText { return text }
      return String(decoding: try JSONText.line(value), as: UTF8.self)
    default: return value.scalarText ?? ""
    }
  }

  /// Escapes tab, newline, carriage return and backslash, so that a cell stays in its place.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    return String(decoding: escaped(Array(text.utf8)), as: UTF8.self)
  }

  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    bytes.reduce(into: []) { result, byte in
      switch byte {
      case UInt8(ascii: "\t"): result.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "\n"): result.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): result.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\\"): result.append(contentsOf: "\\\\".utf8)
      default: result.append(byte)
      }
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool { byte == 9 || byte == 10 || byte == 13 || byte == 0x5C }
}

/// How a list is seen as a table.
public enum Table {
  /// Gives the names of the columns if the list is one of records with the same names, else nil.
  public static func columns(of list: List) -> [String]? {
    guard case .record(let first)? = list.first, !first.isEmpty else { return nil }
    for item in list {
      guard case .record(let row) = item, row.hasSameNames(as: first) else { return nil }
    }
    return first.names
  }
}
