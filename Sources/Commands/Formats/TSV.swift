import Interpreter

let toTSV = Command(
  "to tsv", "Writes a table as a program gets it from a pipe: fields between tabs; tab, newline, CR and `\\` escaped.",
  Parameter<Value>.input("a table, or a list or stream of records or of lists"),
  Parameter<Bool>.flag("no-header", "without the line of names"), gives: .string,
  examples: [
    Example("[{a: 1, b: 2}] | to tsv", "a\tb\n1\t2"),
    Example(#"[["x\ty" z]] | to tsv"#, #"x\ty"# + "\tz"),
  ]
) { machine, input, noHeader in
  let line = TableRows.lines(hasHeader: !noHeader) { PlainText.header($0) }
  if case .record(let record) = input, record["body"] == nil {
    return try TextPieces.map(.list([input]), machine, line)
  }
  return try TextPieces.map(input, machine, line)
}

let fromTSV = Command(
  "from tsv", "Reads what `to tsv` and a table in a pipe write, as records of strings; a stream line by line.",
  Parameter<Value>.input("text, bytes, a file's stream or a response"),
  Parameter<Bool>.flag("no-header", "the first line is a row too; rows are lists"), gives: .table,
  examples: [
    Example(#""name\tport\nweb\t80\n" | from tsv | get port"#, "80"),
    Example(#"[{a: "x\ty\\z"}] | to tsv | from tsv | get a | first | to hex"#, "7809795c7a"),
  ]
) { machine, input, noHeader in
  let lines = try Lines.next(of: input)
  var number = 0
  let next = TableRows.records(hasHeader: !noHeader) {
    guard let line = try lines() else { return nil }
    try machine.checkpoint()
    number += 1
    let bytes = try [UInt8].convert(line)
    let fields = try bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
      TableRows.value(try unescaped($0, line: number))
    }
    return (number, fields)
  }
  return try TextPieces.items(of: input, machine, next)
}

/// Undoes the escapes `\t`, `\n`, `\r` and `\\`.
private func unescaped(_ field: ArraySlice<UInt8>, line: Int) throws -> [UInt8] {
  guard field.contains(UInt8(ascii: "\\")) else { return Array(field) }
  var bytes: [UInt8] = []
  var isEscaped = false
  for byte in field {
    guard isEscaped else {
      isEscaped = byte == UInt8(ascii: "\\")
      if !isEscaped { bytes.append(byte) }
      continue
    }
    switch byte {
    case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "\\"): bytes.append(byte)
    default: throw badEscape(line)
    }
    isEscaped = false
  }
  guard !isEscaped else { throw badEscape(line) }
  return bytes
}

private func badEscape(_ line: Int) -> ValueError {
  ValueError(
    "bad-escape", "line \(line) has a `\\` without t, n, r or `\\` behind it", hint: "`\\\\` is one backslash",
    layer: .command)
}
