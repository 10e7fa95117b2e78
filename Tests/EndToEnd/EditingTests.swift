import Glibc
import Testing

/// Typing and editing at the prompt, on a pseudo-terminal.
@Suite struct EditingTests {
  private func paste(_ text: String) -> String { "\u{1b}[200~\(text)\u{1b}[201~" }

  @Test func keysMoveAndDelete() throws {
    let terminal = try Terminal().atPrompt()
    #expect(terminal.answers("40 + 3\u{1}1\u{5}\u{7f}2", "142"))
    #expect(terminal.answers("print \"日本\u{1b}[D語\u{5}é👍\"", "日語本é👍"))
  }

  @Test func controlRSearchesBackwards() throws {
    let terminal = try Terminal().atPrompt()
    #expect(terminal.answers("20 + 22", "42"))
    #expect(terminal.answers("print other", "other"))
    #expect(terminal.shows("nsh> "))
    terminal.type("\u{12}20 ")
    #expect(terminal.shows("bck:"))
    terminal.type("\u{1b}")
    usleep(100_000)
    #expect(terminal.answers("", "42"))
  }

  @Test func editrcChoosesVi() throws {
    let home = try Folder()
    try home.write(".editrc", "bind -v\n")
    let terminal = try Terminal(environment: Child.environment + ["EDITRC=\(home.path)/.editrc"]).atPrompt()
    terminal.type("xrint abc\u{1b}")
    usleep(100_000)
    // To the beginning, a letter replaced, a word gone, and more at the end.
    #expect(terminal.answers("0rpwdwAvi", "vi"))
    terminal.type("\u{1b}[A\u{1b}")
    usleep(100_000)
    #expect(terminal.answers("A-again", "vi-again"))
    #expect(terminal.answers("1 + 2", "3"))
    terminal.type("\u{1b}")
    usleep(100_000)
    #expect(terminal.answers("i" + paste("if true {\n\tprint pasted\n}") + "", "pasted"))
  }

  @Test func aPastedScriptIsOneEntry() throws {
    let terminal = try Terminal().atPrompt()
    let lines = (0..<198).map { "\tset n = $n + 1 # \($0)\n" }.joined()
    terminal.type("let n = 0\r")
    #expect(terminal.shows("nsh> "))
    terminal.type(paste("if true {\n" + lines + "}"))
    terminal.drain()
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("...> "))
    terminal.type("\r")
    #expect(terminal.shows("nsh> "))
    #expect(terminal.answers("\"sum $n\"", "sum 198"))
  }

  @Test func pastedControlsDoNothing() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type(paste("print 'a\u{7}\u{1}\u{1b}[Db\u{0}'"))
    terminal.drain()
    #expect(terminal.answers("", "a\u{FFFD}\u{FFFD}\u{FFFD}[Db\u{FFFD}"))
  }

  @Test func controlCStopsAPaste() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("\u{1b}[200~print first\nprint second\n")
    usleep(100_000)
    terminal.type("\u{3}")
    usleep(50_000)
    terminal.type("print third\n\u{1b}[201~")
    #expect(terminal.shows("nsh> "))
    #expect(terminal.answers("6 * 7", "42"))
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("\nthird"))
  }

  @Test func theTerminalMarksPastesOnlyWhileALineIsEdited() throws {
    let terminal = try Terminal().atPrompt()
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
    let terminal = try Terminal(columns: 100).atPrompt()
    terminal.type("print \"" + String(repeating: "abcdefghi ", count: 7))
    terminal.drain()
    terminal.resize(columns: 40)
    // The prompt is drawn anew, and the text wrapped at the new width.
    #expect(terminal.shows("\u{1b}[J"))
    #expect(terminal.shows("nsh> print \"abcdefghi abcdefghi abcdefgh"))
    terminal.type("end\"\r")
    #expect(terminal.shows("abcdefghi end\r\n"))
    #expect(terminal.answers("1 + 1", "2"))
  }

  @Test func aJobsOutputStandsAboveTheLine() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("let j = spawn { sleep 500ms; print \"from the job\"; 5 }\r")
    #expect(terminal.shows("(1 job) nsh> "))
    terminal.type("print \"half")
    #expect(terminal.shows("\r\u{1b}[J"))
    #expect(terminal.shows("from the job\r\n"))
    #expect(terminal.shows("[1] done\r\nnsh> print \"half"))
    #expect(terminal.answers(" whole\"", "half whole"))
    terminal.type("spawn { fail \"broken\" }\r")
    #expect(terminal.shows("[2] failed: broken"))
  }

  @Test func keysAreEchoedAtOnce() throws {
    let terminal = try Terminal().atPrompt()
    terminal.drain()
    var times: [Duration] = []
    for key in "abcdefghijklmnopqrstuvwxyz" {
      let start = ContinuousClock.now
      terminal.type(String(key))
      #expect(terminal.shows(String(key)))
      times.append(ContinuousClock.now - start)
    }
    // Some keys wait for the processor that other tests have.
    let quick = times.sorted()[times.count / 4]
    #expect(quick < .milliseconds(5), "a key took \(quick)")
  }
}
