import Interpreter
import Net
import Wire

let toCSV = Command(
  "to csv", "Writes a table as CSV (RFC 4180): a header line, CRLF, quotation marks where they are needed.",
  Parameter<Value>.input("a table, or a list or stream of records or of lists"),
  Parameter<String>.option("delimiter", "the character between fields", default: ",", shown: ","),
  Parameter<Bool>.flag("no-header", "without the line of names"), gives: .string,
  examples: [
    Example("[{name: web, note: 'a, b'}] | to csv | from csv | get note", "a, b"),
    Example(#"[{a: 1, b: "x\"y"}] | to csv --no-header | to hex"#, "312c2278222279220d0a"),
    Example("[[1 2] [3 4]] | to csv --delimiter ';' | lines", "1;2\n3;4"),
  ]
) { machine, input, delimiter, noHeader in
  let delimiter = try CSV.delimiter(delimiter)
  let line = TableRows.lines(hasHeader: !noHeader) { CSVWriter.row($0, delimiter: delimiter) }
  return try TextPieces.map(CSV.table(input), machine, line)
}

let fromCSV = Command(
  "from csv", "Reads CSV (RFC 4180) as records of strings, named by the first line; a stream row by row.",
  Parameter<Value>.input("text, bytes, a file's stream or a response"),
  Parameter<String>.option("delimiter", "the character between fields", default: ",", shown: ","),
  Parameter<Bool>.flag("no-header", "the first line is a row too; rows are lists"), gives: .table,
  examples: [
    Example(#""name,port\r\nweb,80\r\n" | from csv"#, "name\tport\nweb\t80"),
    Example(#""a;\"x;\"\"y\"\n" | from csv --delimiter ';' --no-header | first | last"#, "x;\"y"),
    Example("try { \"a,b\\n1\\n\" | from csv } catch e { $e.message }", "line 2 has 1 field, and the header has 2"),
  ]
) { machine, input, delimiter, noHeader in
  let pieces = try Pieces.next(of: input)
  var reader = CSVReader(delimiter: try CSV.delimiter(delimiter))
  var isOver = false
  let next = TableRows.records(hasHeader: !noHeader) {
    while true {
      if let row = try reader.next() { return (row.line, row.fields.map(TableRows.value)) }
      if isOver { return nil }
      try machine.checkpoint()
      if let piece = try pieces() {
        reader.receive(piece)
      } else {
        isOver = true
        reader.finish()
      }
    }
  }
  return try TextPieces.items(of: input, machine, next)
}

private enum CSV {
  static func delimiter(_ text: String) throws -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, ![0, 0x0A, 0x0D, 0x22].contains(byte) else {
      throw ValueError(
        "bad-delimiter", "a delimiter is one ASCII character that is no quotation mark and does not end a line",
        hint: #""\t" is a tab"#, layer: .command)
    }
    return byte
  }

  /// Takes one record for a table of one row.
  static func table(_ input: Value) -> Value {
    if case .record(let record) = input, record["body"] == nil { return .list([input]) }
    return input
  }
}
