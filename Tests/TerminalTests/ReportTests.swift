import Diagnostics
import Interpreter
import Net
import Testing

@testable import Terminal

@Suite struct ReportTests {
  private func text(_ report: Report) -> String {
    let capture = Capture()
    capture.console.report(report)
    return capture.errorText()
  }

  @Test func aFindingShowsItsPlaceItsLabelsAndItsHint() {
    let source = Source(name: "a.nsh", text: "let x = [1 2\n\tprnt $x\n")
    let finding = Finding(
      "syntax", "expected `]`", in: source, at: Span(14, 18), labels: [Finding.Label(Span(8, 9), "opened here")],
      hint: "close it")
    #expect(
      text(Report(finding)) == """
        error: expected `]`
          --> a.nsh:2:2
           |
         1 | let x = [1 2
           |         - opened here
         2 |  prnt $x
           |  ^^^^
          hint       close it

        """)
  }

  @Test func wideCharactersMoveTheUnderline() {
    let source = Source(name: "a", text: "'日本' x")
    #expect(text(Report("wrong", in: source, at: Span(9, 10))).hasSuffix(" 1 | '日本' x\n   |        ^\n"))
  }

  @Test func aLongLineIsCutAroundItsMark() {
    let source = Source(
      name: "a", text: String(repeating: "x", count: 1_000_000) + "!" + String(repeating: "y", count: 1_000_000))
    let lines = text(Report("wrong", in: source, at: Span(1_000_000, 1_000_001))).split(separator: "\n")
    #expect(lines.allSatisfy { $0.utf8.count < 250 })
    #expect(lines.contains { $0.contains("x!y") })
    let mark = lines.last?.prefix { $0 != "^" }.count
    #expect(mark == lines.first { $0.contains("x!y") }?.prefix { $0 != "!" }.count)
    #expect(lines.contains { $0.contains("| …x") && $0.hasSuffix("y…") })
  }

  @Test(arguments: [Span(0, 0), Span(3, 3), Span(-5, 900), Span(2, 1), Span(900, 901)])
  func anySpanCanBeShown(_ span: Span) {
    for content in ["", "abc", "a\nb", "\u{e9}\r\n"] {
      #expect(text(Report("wrong", in: Source(name: "a", text: content), at: span)).hasPrefix("error: wrong\n  --> a:"))
    }
  }

  @Test func layersOfAnErrorAreRows() {
    let root = ValueError("ECONNREFUSED", "connect(2) = ECONNREFUSED (111), connection refused", layer: .system)
    let tcp = ValueError("ECONNREFUSED", "connect to 127.0.0.1:80", layer: .tcp, cause: root)
    let all = ValueError("ECONNREFUSED", "cannot fetch http://a/", layer: .command, cause: tcp)
    #expect(
      text(Report(all)) == """
        error: cannot fetch http://a/
          tcp        connect to 127.0.0.1:80
          system     connect(2) = ECONNREFUSED (111), connection refused
          hint       the host answered that nothing listens on that port; `why` says more

        """)
  }

  @Test func findingsAreRecordsForEditors() throws {
    let source = Source(name: "a.nsh", text: "é prnt")
    let finding = Finding("unknown-command", "no `prnt`", in: source, at: Span(3, 7), hint: "print")
    #expect(
      String(decoding: try JSONText.line(.record(finding.record)), as: UTF8.self)
        == #"{"file":"a.nsh","line":1,"column":3,"end_line":1,"end_column":7,"code":"unknown-command","message":"no `prnt`","hint":"print","labels":[]}"#
    )
  }
}
