import Interpreter
import Stage
import TestSupport
import Testing

/// The asciicast and the rehearsal, as files.
struct RecordingTests {
  @Test func anAsciicastIsLinesOfJSON() throws {
    let header = Asciicast.header(columns: 80, rows: 24, time: 1_700_000_000, title: "é \"x\"", term: "xterm")
    let events =
      Asciicast.output(Array("\u{1b}[1mé\r\n".utf8), at: 1_234_567_890) + Asciicast.output([0xFF], at: -5)
      + Asciicast.resize(columns: 100, rows: 30, at: 3_000_000_001)
    let lines = try Python.run(
      "import json,sys\nfor line in sys.stdin: print(ascii(json.loads(line)))", input: header + events)
    #expect(
      String(decoding: lines, as: UTF8.self) == """
        {'version': 2, 'width': 80, 'height': 24, 'timestamp': 1700000000, 'title': '\\xe9 "x"', 'env': {'TERM': 'xterm'}}
        [1.234567, 'o', '\\x1b[1m\\xe9\\r\\n']
        [0.0, 'o', '\\ufffd']
        [3.0, 'r', '100x30']

        """)
  }

  @Test func aRehearsalFindsItsStatementsAgain() throws {
    var show = Performance(talk("print 1\nprint 2\nprint 1\nprint 3\nprint 4"))
    for (number, text) in ["a", "b", "c"].enumerated() {
      show.end(number, with: StatementResult(.done, [.value(.string(text))]))
    }
    show.end(3, with: StatementResult(.failed, [.note("no")]))
    let rehearsal = Rehearsal(show, date: "2026-11-20 10:00 UTC")
    #expect(rehearsal.entries.count == 4)
    // The script has changed since: something was put in front.
    let later = talk("print 0\nprint 1\nprint 1\nprint 3\nprint 4\nprint 1")
    #expect((0..<7).map { rehearsal.entry(for: $0, in: later)?.output } == [nil, "a\n", "c\n", nil, nil, "c\n", nil])
    let text = try rehearsal.json()
    let read = try Python.run("import json,sys\nprint(len(json.load(sys.stdin)['statements']))", input: text)
    #expect(read == Array("4\n".utf8))
  }

  @Test func aRehearsalComesBackFromItsValueAndNothingElseDoes() {
    let entry = Record(["statement": .string("x"), "output": .string("y"), "succeeded": .bool(true)])
    func value(_ number: Int, _ statements: Value) -> Value {
      .record(Record(["rehearsal": .int(number), "date": .string("d"), "statements": statements]))
    }
    #expect(Rehearsal(value(1, .list([.record(entry)])))?.entries.first?.output == "y")
    for wrong in [
      value(2, .list([])), value(1, .int(1)), value(1, .list([.record(Record(["statement": .int(1)]))])), .null,
      .record(Record([:])),
    ] { #expect(Rehearsal(wrong) == nil) }
  }
}
