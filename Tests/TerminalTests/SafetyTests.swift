import Diagnostics
import Interpreter
import Net
import Testing
import Wire

@testable import Terminal

/// Whatever a peer sends, a terminal only ever shows it.
@Suite struct SafetyTests {
  static let values: [Value] =
    Hostile.texts.map { .string($0) } + Hostile.texts.map { .bytes(Array($0.utf8)) } + [.bytes(Hostile.bytes)]

  /// The value at every place where one can stand.
  private func places(_ value: Value, name: String) -> [Value] {
    let row = Record(pairs: [(name, value), ("other", .int(1))])
    let inner = Record(pairs: [("in \(name)", .record(row))])
    return [
      value, .list([value]), .list([value, .int(1)]), .record(row), .record(inner),
      .list([.record(row), .record(row)]),
      .record(Record(pairs: [("rows", .list([.record(row)]))])), .list([.list([value])]),
    ]
  }

  @Test(arguments: values, [20, 80, 300]) func everyPlaceIsSafe(_ value: Value, window: Int) {
    for name in Hostile.texts {
      for place in places(value, name: name) {
        #expect(Hostile.isSafe(Array(shown(place, window: window).utf8)))
        #expect(Hostile.isSafe(Array(shown(place, window: window, hasColor: true).utf8), allowingColor: true))
      }
    }
  }

  @Test func coloursAreOnlyOurOwn() {
    var text = StyledText(hasColor: true)
    text.add("\u{1b}[5mblink", .error)
    #expect(String(decoding: text.bytes, as: UTF8.self) == "\u{1b}[1;31m\\x1b[5mblink\u{1b}[0m")
  }

  @Test func piecesThatCutASequenceAreSafe() {
    let whole = Array("ä\u{9b}31m\u{202e}\u{1b}[0m\r\n\r".utf8) + [0x9b, 0xe2, 0x80]
    for size in 1...5 {
      var text = StyledText(hasColor: false)
      var escaper = SafeText(.lines)
      for start in stride(from: 0, to: whole.count, by: size) {
        text.add(piece: Array(whole[start..<min(start + size, whole.count)]), through: &escaper)
      }
      text.addEnd(of: &escaper)
      #expect(Hostile.isSafe(text.bytes))
      #expect(String(decoding: text.bytes, as: UTF8.self) == "ä\\u{9b}31m\\u{202e}\\x1b[0m\n\\r\\x9b\\xe2\\x80")
    }
  }

  @Test(arguments: Hostile.texts) func errorsThatQuoteInputAreSafe(_ hostile: String) {
    let source = Source(name: "file\(hostile).nsh", text: "let x = '\(hostile)' +")
    let finding = Finding(
      "syntax", "unexpected \(hostile)", in: source, at: Span(8, 9 + hostile.utf8.count),
      labels: [Finding.Label(Span(0, 3), hostile)], hint: hostile)
    var text = StyledText(hasColor: true)
    let pieces = Renderer.render(
      Report(finding), show: { SafeText.escaping($0, .singleLine) }, width: DisplayWidth.of)
    for piece in pieces { text.add(piece.text, .error, layout: .lines) }
    #expect(Hostile.isSafe(text.bytes, allowingColor: true))
    #expect(text.bytes.count { $0 == 0x0A } == pieces.count { $0.text == "\n" })
  }
}
