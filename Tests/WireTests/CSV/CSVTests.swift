import TestSupport
import Testing

@testable import Wire

/// RFC 4180 by cases, and Python's `csv` as a second opinion both ways.
@Suite struct CSVTests {
  @Test(
    arguments: [
      ("", []), ("\n\r\n", []), ("a", [["a"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a\nb", [["a"], ["b"]]),
      ("\"a\"", [["a"]]), ("\"\"", [[""]]), ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]), (",", [["", ""]]),
      ("a,", [["a", ""]]), ("\"a,b\",c", [["a,b", "c"]]), ("\"a\r\nb\"\r\n", [["a\r\nb"]]), ("\"a\rb\"", [["a\rb"]]),
      (" a , b ", [[" a ", " b "]]), ("a\n\nb\n", [["a"], ["b"]]), ("\u{FEFF}a,b", [["a", "b"]]),
      ("\u{FEFF}\"a\"", [["a"]]), ("\"\u{FEFF}\"", [["\u{FEFF}"]]), ("a\n\"\"\n", [["a"], [""]]),
      ("'a,b'", [["'a", "b'"]]),
    ] as [(String, [[String]])]) func reads(text: String, rows: [[String]]) throws
  {
    for size in [1, 2, 3, 1000] { #expect(try read(text, pieces: size) == rows) }
  }

  @Test(arguments: [
    ("a\"b", CSVError.Reason.bareQuote, 1, 1), ("x\na,b\"", .bareQuote, 2, 2), ("\"a\"b", .afterQuote, 1, 1),
    ("\"a\" ,b", .afterQuote, 1, 1), ("a\rb", .loneCR, 1, 1), ("a\r", .loneCR, 1, 1), ("\"a", .cutOff, 1, 1),
    ("a,\"\n\n", .cutOff, 3, 2), ("\"a\"\r\"", .loneCR, 1, 1),
  ]) func refuses(text: String, reason: CSVError.Reason, line: Int, field: Int) {
    for size in [1, 1000] {
      #expect(throws: CSVError(reason: reason, line: line, field: field)) { try read(text, pieces: size) }
    }
  }

  @Test func saysOnWhichLineARowBegins() throws {
    var reader = CSVReader()
    reader.receive(Array("a\n\n\"b\nc\"\nd".utf8))
    reader.finish()
    #expect(
      try [reader.next()?.line, reader.next()?.line, reader.next()?.line, reader.next()?.line] == [1, 3, 5, nil])
  }

  @Test func limitsRows() {
    for text in [String(repeating: "a", count: 200), String(repeating: "\"", count: 500)] {
      var reader = CSVReader(rowLimit: 100)
      reader.receive(Array(text.utf8))
      reader.finish()
      #expect { try reader.next() } throws: { ($0 as? CSVError)?.reason == .tooLong(limit: 100) }
    }
  }

  /// Random tables: Python reads what we write, and we read what Python writes.
  @Test func agreesWithPython() throws {
    var random = SeededRandom(seed: 4180)
    var tables: [[[String]]] = []
    for _ in 0..<400 {
      let width = 1 + random.below(4)
      tables.append(
        (0..<(1 + random.below(4))).map { _ in
          (0..<width).map { _ in
            (0..<random.below(6)).map { _ in random.pick(["a", "é", ",", "\"", "\r\n", "\n", " ", ";", "'", "\t", "x"])
            }
            .joined()
          }
        })
    }
    let ours = tables.map { table in table.flatMap { CSVWriter.row($0) } }
    let answers = try Python.run(
      """
      import csv, io, sys
      for line in sys.stdin:
        text = bytes.fromhex(line).decode()
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        print(out.getvalue().encode().hex())
      """, lines: ours.map { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() })
    #expect(answers.count == tables.count)
    for (table, answer) in zip(tables, answers) {
      let digits = Array(answer.utf8)
      let bytes = stride(from: 0, to: digits.count, by: 2).map { index -> UInt8 in
        UInt8(String(decoding: digits[index..<(index + 2)], as: UTF8.self), radix: 16) ?? 0
      }
      #expect(try read(String(decoding: bytes, as: UTF8.self), pieces: 1 + random.below(20)) == table)
    }
  }

  private func read(_ text: String, pieces size: Int) throws -> [[String]] {
    var reader = CSVReader()
    var rows: [[String]] = []
    func drain() throws {
      while let row = try reader.next() { rows.append(row.fields.map { String(decoding: $0, as: UTF8.self) }) }
    }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      reader.receive(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
      try drain()
    }
    reader.finish()
    try drain()
    return rows
  }
}
