import Glibc
import Testing

/// Typing and editing at the prompt, on a pseudo-terminal.
@Suite struct EditingTests {
  private func prompt(_ terminal: Terminal) throws -> Terminal {
    try #require(terminal.shows("nsh> "))
    return terminal
  }

  private func paste(_ text: String) -> String { "\u{1b}[200~\(text)\u{1b}[201~" }

  @Test func keysMoveAndDelete() throws {
    let terminal = try prompt(Terminal())
    terminal.type("40 + 3\u{1}1\u{5}\u{7f}2\r")
    #expect(terminal.shows("\r\n142\r\n"))
    terminal.type("print \"日本\u{1b}[D語\u{5}é👍\"\r")
    #expect(terminal.shows("\r\n日語本é👍\r\n"))
  }

  @Test func controlRSearchesBackwards() throws {
    let terminal = try prompt(Terminal())
    terminal.type("20 + 22\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("print other\r")
    #expect(terminal.shows("\r\nother\r\n"))
    #expect(terminal.shows("nsh> "))
    terminal.type("\u{12}20 ")
    #expect(terminal.shows("bck:"))
    terminal.type("\u{1b}")
    usleep(100_000)
    terminal.type("\r")
    #expect(terminal.shows("42\r\n"))
  }

  @Test func editrcChoosesVi() throws {
    let home = try Folder()
    try home.write(".editrc", "bind -v\n")
    let terminal = try prompt(Terminal(environment: Child.environment + ["EDITRC=\(home.path)/.editrc"]))
    terminal.type("xrint abc\u{1b}")
    usleep(100_000)
    // To the beginning, a letter replaced, a word gone, and more at the end.
    terminal.type("0rpwdwAvi\r")
    #expect(terminal.shows("\r\nvi\r\n"))
    terminal.type("\u{1b}[A\u{1b}")
    usleep(100_000)
    terminal.type("A-again\r")
    #expect(terminal.shows("\r\nvi-again\r\n"))
    terminal.type("1 + 2\r")
    #expect(terminal.shows("3\r\n"))
    terminal.type("\u{1b}")
    usleep(100_000)
    terminal.type("i" + paste("if true {\n\tprint pasted\n}") + "\r")
    #expect(terminal.shows("\r\npasted\r\n"))
  }

  @Test func aPastedScriptIsOneEntry() throws {
    let terminal = try prompt(Terminal())
    let lines = (0..<198).map { "\tset n = $n + 1 # \($0)\n" }.joined()
    terminal.type("let n = 0\r")
    #expect(terminal.shows("nsh> "))
    terminal.type(paste("if true {\n" + lines + "}"))
    terminal.drain()
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("...> "))
    terminal.type("\r")
    #expect(terminal.shows("nsh> "))
    terminal.type("\"sum $n\"\r")
    #expect(terminal.shows("\r\nsum 198\r\n"))
  }

  @Test func pastedControlsDoNothing() throws {
    let terminal = try prompt(Terminal())
    terminal.type(paste("print 'a\u{7}\u{1}\u{1b}[Db\u{0}'"))
    terminal.drain()
    terminal.type("\r")
    #expect(terminal.shows("\r\na\u{FFFD}\u{FFFD}\u{FFFD}[Db\u{FFFD}\r\n"))
  }

  @Test func controlCStopsAPaste() throws {
    let terminal = try prompt(Terminal())
    terminal.type("\u{1b}[200~print first\nprint second\n")
    usleep(100_000)
    terminal.type("\u{3}")
    usleep(50_000)
    terminal.type("print third\n\u{1b}[201~")
    #expect(terminal.shows("nsh> "))
    terminal.type("6 * 7\r")
    #expect(terminal.shows("\r\n42\r\n"))
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("\nthird"))
  }

  @Test func theTerminalMarksPastesOnlyWhileALineIsEdited() throws {
    let terminal = try prompt(Terminal())
    #expect(terminal.marksPastes)
    terminal.type("sleep 60s\r")
    terminal.drain()
    #expect(!terminal.marksPastes)
    #expect(terminal.isCooked)
    terminal.type("\u{3}")
    #expect(terminal.shows("nsh> "))
    #expect(terminal.marksPastes)
  }

  @Test func theLineFollowsTheWindow() throws {
    let terminal = try prompt(Terminal(columns: 100))
    terminal.type("print \"" + String(repeating: "abcdefghi ", count: 7))
    terminal.drain()
    terminal.resize(columns: 40)
    // The prompt is drawn anew, and the text wrapped at the new width.
    #expect(terminal.shows("\u{1b}[J"))
    #expect(terminal.shows("nsh> print \"abcdefghi abcdefghi abcdefgh"))
    terminal.type("end\"\r")
    #expect(terminal.shows("abcdefghi end\r\n"))
    terminal.type("1 + 1\r")
    #expect(terminal.shows("2\r\n"))
  }

  @Test func aJobsOutputStandsAboveTheLine() throws {
    let terminal = try prompt(Terminal())
    terminal.type("let j = spawn { sleep 500ms; print \"from the job\"; 5 }\r")
    #expect(terminal.shows("(1 job) nsh> "))
    terminal.type("print \"half")
    #expect(terminal.shows("\r\u{1b}[J"))
    #expect(terminal.shows("from the job\r\n"))
    #expect(terminal.shows("[1] done\r\nnsh> print \"half"))
    terminal.type(" whole\"\r")
    #expect(terminal.shows("\r\nhalf whole\r\n"))
    terminal.type("spawn { fail \"broken\" }\r")
    #expect(terminal.shows("[2] failed: broken"))
  }

  @Test func keysAreEchoedAtOnce() throws {
    let terminal = try prompt(Terminal())
    terminal.drain()
    var times: [Double] = []
    for key in "abcdefghijklmnopqrstuvwxyz" {
      let start = now()
      terminal.type(String(key))
      #expect(terminal.shows(String(key)))
      times.append(now() - start)
    }
    let median = times.sorted()[times.count / 2]
    #expect(median < 5, "a key took \(median) ms")
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
