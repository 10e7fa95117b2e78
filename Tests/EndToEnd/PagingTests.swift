import Glibc
import Testing

/// Long output and long transfers on a pseudo-terminal.
@Suite struct PagingTests {
  private func prompt(pager: String, rows: UInt16 = 10) throws -> Terminal {
    try Terminal("--no-config", rows: rows, environment: Child.environment + ["PAGER=\(pager)"]).atPrompt()
  }

  @Test func longValuesGoThroughThePager() throws {
    let terminal = try prompt(pager: "sed s/^/paged:/")
    #expect(terminal.answers("[1, 2, 3]", "3"))
    #expect(terminal.answers("1..40 | sort", "paged:1"))
    #expect(terminal.shows("paged:40\r\n"))
    #expect(terminal.shows("nsh> "))
    let text = String(decoding: terminal.screen, as: UTF8.self)
    #expect(!text.contains("paged:3\r\n1..40"))
  }

  @Test func thePagerGetsEscapedText() throws {
    let terminal = try prompt(pager: "cat")
    #expect(terminal.answers("1..40 | each {|x| \"\\x1b]0;t\\x07\"} | sort", "\\x1b]0;t\\x07"))
    #expect(terminal.shows("nsh> "))
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("\u{1b}]0"))
  }

  @Test func scriptsAreNotPaged() throws {
    let terminal = try Terminal("-c", "1..40 | sort", rows: 10, environment: Child.environment + ["PAGER=false"])
    #expect(terminal.shows("40\r\n"))
    #expect(terminal.child.wait(seconds: 5) == 0)
  }

  @Test func whoHasNoPagerGetsOurs() throws {
    // A PATH without less.
    let empty = ["PATH=/nonexistent", "HOME=/nonexistent", "LANG=C.UTF-8", "TERM=xterm", "NO_COLOR=1"]
    let terminal = try Terminal("--no-config", rows: 10, environment: empty)
    try #require(terminal.shows("nsh> "))
    terminal.type("1..40 | sort\r")
    #expect(terminal.shows("\r\n9\r\n-- more"))
    terminal.type(" ")
    #expect(terminal.shows("18\r\n-- more"))
    terminal.type("q")
    #expect(terminal.shows("nsh> "))
    #expect(terminal.answers("6 * 7", "42"))
  }

  @Test func aLongSaveShowsItsProgressAndErasesIt() throws {
    let folder = try Folder()
    let terminal = try prompt(pager: "cat", rows: 40)
    terminal.type("1..30 | each {|x| sleep 50ms; 0x[00 01 02 03] } | save \(folder.path)/file\r")
    #expect(terminal.shows("\r\u{1b}[Ksave  "))
    #expect(terminal.shows("B/s"))
    #expect(terminal.shows("\r\u{1b}[Knsh> ") || terminal.shows("\r\u{1b}[K\r\u{1b}[Knsh> "))
  }

  @Test func aShortSaveShowsNone() throws {
    let folder = try Folder()
    let terminal = try prompt(pager: "cat", rows: 40)
    terminal.type("'text' | save \(folder.path)/file\r")
    #expect(terminal.shows("nsh> "))
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("save  "))
  }
}
