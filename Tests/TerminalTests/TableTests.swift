import Interpreter
import Net
import Testing

@testable import Terminal

@Suite struct TableTests {
  private func row(_ pairs: KeyValuePairs<String, Value>) -> Value { .record(Record(pairs)) }

  @Test func columnsAlignAndNumbersStandRight() {
    let table = Value.list([
      row(["name": .string("web"), "port": .int(80), "up": .bool(true)]),
      row(["name": .string("日本語"), "port": .int(8080), "up": .null]),
    ])
    #expect(shown(table) == "name    port  up\nweb       80  true\n日本語  8080  \n")
  }

  @Test func recordsAlignTheirKeys() {
    let record = row([
      "id": .int(1), "peer": row(["host": .string("a"), "port": .int(2)]), "tags": .list([.int(1), .int(2)]),
    ])
    #expect(shown(record) == "id    1\npeer  host  a\n      port  2\ntags  [1,2]\n")
  }

  @Test func linesOfAFieldStandUnderEachOther() {
    #expect(shown(row(["a": .string("one\ntwo")])) == "a  one\n   two\n")
    let long = String(repeating: "line\r\n", count: 30)
    #expect(shown(row(["a": .string(long)])).hasSuffix("   line\n   … 10 more lines\n"))
  }

  @Test(arguments: 20...120) func everyLineFitsTheWindow(_ window: Int) {
    var random = SystemRandomNumberGenerator()
    for columns in 1...6 {
      let rows = (0..<5).map { _ in
        Value.record(
          Record(
            pairs: (0..<columns).map { column in
              (
                "c\(column)",
                .string(
                  String(
                    repeating: ["x", "漢", "é", "e\u{301}"].randomElement(using: &random) ?? "x",
                    count: Int.random(in: 0...60, using: &random)))
              )
            }))
      }
      for line in shown(.list(rows), window: window).split(separator: "\n") {
        #expect(DisplayWidth.of(String(line)) <= window)
      }
    }
  }

  @Test func cellsFoldAndNumbersStayWhole() {
    let table = Value.list([
      row(["n": .int(1), "name": .string("web"), "note": .string("a rather long sentence, to be folded over lines")]),
      row(["n": .int(2_000_000_000), "name": .string("2001:db8::1"), "note": .string("short")]),
    ])
    #expect(
      shown(table, window: 50) == """
                 n  name         note
                 1  web          a rather long sentence,
                                 to be folded over lines
        2000000000  2001:db8::1  short

        """)
    #expect(
      shown(table, window: 34) == """
                 n  name         note
                 1  web          a rather
                                 long
                                 sentence,
                                 to be
                                 folded
                                 over
                                 lines
        2000000000  2001:db8::1  short

        """)
  }

  @Test func fieldsOfRecordsFold() {
    let record = row(["a": .string("one two three four"), "b": .string("x\nlonger than the window is")])
    #expect(shown(record, window: 14) == "a  one two\n   three four\nb  x\n   longer than\n   the window\n   is\n")
  }

  /// Folding drops nothing but the spaces at the ends of lines, and never divides a character.
  @Test func nothingIsDropped() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let parts = ["a", "bc", " ", ",", "漢字", "e\u{301}", "\u{1F1E9}\u{1F1EA}", "/", "verylongword"]
      let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
      let columns = Int.random(in: 2...20, using: &random)
      let lines = Folding(text, columns: columns).lines
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= max(columns, 2) })
    }
  }

  @Test func aVeryLongCellSaysThatThereIsMore() {
    let text = shown(.list([row(["a": .string(String(repeating: "word ", count: 400)), "b": .int(7)])]), window: 30)
    #expect(text.split(separator: "\n").count == 21)
    #expect(text.hasSuffix("…\n"))
  }

  @Test func tooManyColumnsBecomeRecords() {
    let wide = Value.record(Record(pairs: (0..<30).map { ("column\($0)", .int($0)) }))
    let text = shown(.list([wide, wide]), window: 80)
    #expect(text.hasPrefix("column0   0\ncolumn1   1\n"))
    #expect(text.contains("column29  29\n\ncolumn0   0\n"))
  }

  @Test func bytesThatAreNoTextAreDumped() {
    #expect(shown(.bytes(Array("text\n".utf8))) == "text\n")
    #expect(shown(.bytes([0x16, 3, 1])).hasPrefix("00000000  16 03 01 "))
    #expect(shown(row(["data": .bytes([0x0e, 0xff])])) == "data  0x[0e ff]\n")
  }

  /// Rows of a hexdump hold as many bytes as fit, so that a terminal divides none; together they hold all.
  @Test(arguments: 20...120) func hexdumpsFitTheWindow(_ window: Int) {
    let bytes = (0..<50).map { UInt8($0 * 5) }
    for value in [Value.bytes(bytes), row(["data": .bytes(bytes)])] {
      let lines = shown(value, window: window).split(separator: "\n")
      for line in lines where window >= 24 { #expect(DisplayWidth.of(String(line)) <= window, "\(line)") }
      let dumped = lines.flatMap { line in
        line.split(separator: "|")[0].split(separator: " ").filter { $0.utf8.count == 2 }.compactMap {
          UInt8($0, radix: 16)
        }
      }
      #expect(dumped == bytes)
    }
  }

  @Test func emptyThingsCanBeSeen() {
    #expect(shown(.list([Value]())) == "[]\n")
    #expect(shown(.record(.empty)) == "{}\n")
    #expect(shown(.null) == "")
  }

  @Test func deepValuesAreShown() {
    var value = Value.int(1)
    for _ in 0..<900 { value = .record(Record(pairs: [("k", value)])) }
    #expect(shown(value, window: 60).split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 60 })
  }
}
