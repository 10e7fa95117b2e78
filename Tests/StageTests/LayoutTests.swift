import Interpreter
import Stage
import Terminal
import Testing

/// From a scene to the rows of a screen.
struct LayoutTests {
  private let talk = StageTests.talk(
    "## Addresses\n# They name **interfaces**, and there are many words about that which have to be folded somewhere.\nprint 1\n$x"
  )

  private func frame(_ scene: Scene, _ columns: Int = 60, _ rows: Int = 16) -> Frame {
    var layout = SlideLayout(columns: columns, rows: rows, theme: .none)
    return layout.frame(of: scene)
  }

  private var scene: Scene { Scene(Performance(talk)) }

  @Test func aSlideWaitsBehindItsNarration() {
    let frame = frame(scene)
    #expect(
      frame.text == [
        "", "    Addresses", "    " + String(repeating: "─", count: 52), "",
        "    They name interfaces, and there are many words about", "    that which have to be folded somewhere.", "",
        "    ❯", "", "", "", "", "", "", "", "    " + String(repeating: " ", count: 49) + "1/3",
      ])
    #expect(frame.cursor == Frame.Place(row: 7, column: 6))
  }

  @Test func aStatementIsTypedAndItsResultStandsBelow() {
    var scene = scene
    _ = scene.performance.next()
    scene.typed = 5
    #expect(frame(scene).text[7] == "    ❯ print")
    #expect(frame(scene).cursor == Frame.Place(row: 7, column: 11))
    scene.typed = nil
    scene.performance.end(0, with: StatementResult(.done, [.value(.int(1))]))
    #expect(frame(scene).text[7...10] == ["    ❯ print 1", "    1", "", "    ❯"])
  }

  @Test func failuresAndRehearsalsSayWhatTheyAre() {
    var scene = scene
    _ = scene.performance.next()
    scene.performance.end(0, with: StatementResult(.failed, [.note("no")]))
    scene.hasRehearsal = true
    #expect(frame(scene).text.suffix(3).joined().contains("failed: r tries again · f shows"))
    scene.performance.end(0, with: StatementResult(.rehearsed("2026-11-20"), [.value(.string("kept"))]))
    #expect(frame(scene).text[8...9] == ["    from the rehearsal of 2026-11-20", "    kept"])
    #expect(frame(scene).text.suffix(3).joined().contains("rehearsal's result"))
    _ = scene.performance.back()
    #expect(frame(scene).text.last?.contains("looking back") == true)
  }

  @Test func aLongResultBeginsAtItsStatementAndScrolls() {
    var scene = scene
    _ = scene.performance.next()
    scene.performance.end(0, with: StatementResult(.done, [.items((1...100).map { .int($0) })]))
    var layout = SlideLayout(columns: 60, rows: 16, theme: .none)
    #expect(layout.frame(of: scene).text[4...5] == ["    ❯ print 1", "    1"])
    #expect(layout.frame(of: scene).text.last?.contains("↑3 ↓") == true)
    let (now, last, room) = layout.scroll(of: scene)
    #expect(now == 3 && last > 90 && room == 11)
    #expect(layout.frame(of: scene).text.last?.contains("↓ scrolls to the rest") == true)
    scene.performance.scroll(to: 53)
    #expect(layout.frame(of: scene).text[4] == "    50")
    scene.performance.scroll(to: 100_000)
    #expect(layout.frame(of: scene).text.contains("    100"))
    // While it runs its end is seen.
    scene.performance.begin(0)
    scene.performance.show([.items((1...100).map { .int($0) })], dropped: 0)
    scene.running = 5_000_000_000
    #expect(layout.frame(of: scene).text.contains("    100"))
    #expect(layout.frame(of: scene).text.last?.contains("running 5 s") == true)
  }

  /// No row is wider than the window, and there are as many as it has, whatever its size.
  @Test(arguments: [(1, 1), (8, 4), (20, 6), (33, 9), (60, 14), (80, 24), (200, 60)])
  func everyWindowIsFilledAndNotMore(_ columns: Int, _ rows: Int) {
    var scene = scene
    let wide = String(repeating: "日本語\u{1b}[31m\t", count: 30)
    let hexdump = Printed.value(.bytes(Array(0...255)))
    let table = Printed.items((0..<5).map { .record(Record(["name": .string(wide), "number": .int($0)])) })
    _ = scene.performance.next()
    scene.performance.end(
      0, with: StatementResult(.failed, [.note(wide), hexdump, table, .bytes([0x1b, 0x5b, 0x4a])]))
    for cover in [Scene.Cover.none, .help(page: 0), .help(page: 9), .blank] {
      scene.cover = cover
      for typed in [nil, 0, 3] {
        scene.typed = typed
        let frame = frame(scene, columns, rows)
        #expect(frame.rows.count == max(rows, 4))
        for row in frame.text { #expect(DisplayWidth.of(row) <= max(columns, 8), "\(row)") }
        for row in frame.rows { #expect(!row.contains(0x1B) && !row.contains(0x09)) }
        if let cursor = frame.cursor { #expect(cursor.column < max(columns, 8) && cursor.row < frame.rows.count) }
      }
    }
  }

  /// What has no room beside the number takes rows of its own, and nothing of it is lost.
  @Test(arguments: [20, 30, 40, 60, 80]) func notesHeadingsAndDrawingsAreWhole(_ columns: Int) {
    let heading = "A heading with more words than a small window has columns"
    let drawing = "left " + String(repeating: "─", count: 30) + " right"
    let talk = StageTests.talk("## \(heading)\n# x\n#   \(drawing)\nprint 1\n")
    func words(_ text: [String]) -> String { text.joined(separator: " ").split(separator: " ").joined(separator: " ") }
    var scene = Scene(Performance(talk))
    let first = frame(scene, columns, 30).text
    #expect(words(first).contains(heading))
    #expect(first.joined().filter { $0 == "─" }.count >= 30 && words(first).contains("right"))
    _ = scene.performance.next()
    scene.performance.end(0, with: StatementResult(.failed, [.items((1...100).map { .int($0) })]))
    scene.hasRehearsal = true
    let shown = words(frame(scene, columns, 24).text)
    #expect(shown.contains("failed: r tries again · f shows the rehearsal's result · space goes on · ↓ scrolls"))
    #expect(shown.hasSuffix("2/2"))
    scene.message = "there is no rehearsal of this: nsh demo --rehearse FILE makes one"
    #expect(words(frame(scene, columns, 24).text).contains(scene.message ?? "?"))
  }

  @Test(arguments: [(20, 6), (40, 12), (80, 24), (200, 60)]) func helpShowsAllKeysOnSomePages(
    _ columns: Int, _ rows: Int
  ) {
    var scene = scene
    let pages = SlideLayout(columns: columns, rows: rows, theme: .none).helpPages
    let all = (0..<pages).flatMap { page in
      scene.cover = .help(page: page)
      let text = frame(scene, columns, rows).text
      #expect(text.last?.contains(page + 1 < pages ? "space shows" : "any key") == true)
      return text.dropLast()
    }
    let words = all.joined(separator: " ").split(separator: " ")
    for binding in Cue.bindings {
      let sentence = binding.sentence.split(separator: " ")
      #expect(words.indices.contains { words[$0...].starts(with: sentence) }, "\(binding.sentence)")
    }
    #expect((pages == 1) == (rows >= 24))
  }

  /// What a job prints when its statement is over is shown, too.
  @Test func aResultThatGrowsIsLaidOutAnew() {
    var scene = scene
    var layout = SlideLayout(columns: 60, rows: 16, theme: .none)
    _ = scene.performance.next()
    scene.performance.begin(0)
    scene.performance.end(0, with: StatementResult(.done, [.bytes(Array("one\n".utf8))]))
    #expect(layout.frame(of: scene).text.contains("    one"))
    scene.performance.show([.bytes(Array("one\ntwo\n".utf8))], dropped: 0)
    #expect(layout.frame(of: scene).text.contains("    two"))
  }

  @Test func onlyWhatChangedIsDrawn() {
    let old = Frame(rows: [Array("a".utf8), Array("b".utf8), []])
    let new = Frame(rows: [Array("a".utf8), Array("c".utf8), []], cursor: Frame.Place(row: 1, column: 1))
    #expect(String(decoding: new.changes(from: old), as: UTF8.self) == "\u{1b}[2;1Hc\u{1b}[K\u{1b}[2;2H\u{1b}[?25h")
    #expect(old.changes(from: old).isEmpty)
    #expect(String(decoding: old.changes(from: nil), as: UTF8.self).hasPrefix("\u{1b}[?25l\u{1b}[0m\u{1b}[H\u{1b}[2J"))
  }

  @Test func coloursGoOnInTheNextRow() {
    var text = StyledText(theme: .dark)
    text.add("abcdef", .success)
    text.add("gh")
    let rows = StyledRows.rows(of: text, columns: 4).map { String(decoding: $0, as: UTF8.self) }
    #expect(rows == ["\u{1b}[32mabcd\u{1b}[0m", "\u{1b}[32mef\u{1b}[0mgh"])
    #expect(StyledRows.fold("日本語x", columns: 5) == ["日本", "語x"])
    #expect(StyledRows.fold("", columns: 5) == [""])
    // Words stay whole where that leaves no row half empty.
    #expect(StyledRows.fold("one two three", columns: 8) == ["one two", "three"])
    #expect(StyledRows.fold("a abcdefghijkl", columns: 8) == ["a abcdef", "ghijkl"])
    var words = StyledText(theme: .dark)
    words.add("one two", .success)
    words.add(" three")
    let colored = StyledRows.rows(of: words, columns: 9).map { String(decoding: $0, as: UTF8.self) }
    #expect(colored == ["\u{1b}[32mone two\u{1b}[0m", "three"])
    #expect(StyledRows.fold("aaaaa bb cc", columns: 8) == ["aaaaa bb", "cc"])
    #expect(StyledRows.fold("aaaaa bb ", columns: 8) == ["aaaaa bb"])
  }
}
