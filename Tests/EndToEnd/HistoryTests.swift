import Glibc
import Testing

/// What the prompt keeps of what was typed, on a pseudo-terminal.
@Suite struct HistoryTests {
  private let state: Folder

  init() throws { state = try Folder() }

  private var environment: [String] {
    Child.environment.filter { !$0.hasPrefix("XDG_STATE_HOME") } + ["XDG_STATE_HOME=\(state.path)"]
  }
  private var file: String { state.path + "/nsh/history" }

  private func prompt() throws -> Terminal {
    try Terminal(environment: environment).atPrompt()
  }

  private var kept: String { Folder.text(file) ?? "" }

  @Test func anotherShellHasIt() throws {
    let first = try prompt()
    #expect(first.answers("print once", "once"))
    let second = try prompt()
    #expect(second.answers("print twice", "twice"))
    #expect(first.answers("print thrice", "thrice"))
    #expect(kept == "print once\nprint twice\nprint thrice\n")
    let third = try prompt()
    #expect(third.answers("\u{1b}[A\u{1b}[A", "twice"))
  }

  @Test func killingLosesOnlyTheLineBeingTyped() throws {
    let terminal = try prompt()
    #expect(terminal.answers("print kept", "kept"))
    terminal.type("print lost")
    #expect(terminal.shows("print lost"))
    terminal.child.signal(SIGKILL)
    #expect(terminal.child.wait(seconds: 5) == -SIGKILL)
    #expect(kept == "print kept\n")
    let next = try prompt()
    #expect(next.answers("\u{1b}[A", "kept"))
  }

  @Test func aRunningStatementIsAlreadyKept() throws {
    let terminal = try prompt()
    #expect(terminal.answers("print now; sleep 60s", "now"))
    terminal.child.signal(SIGKILL)
    _ = terminal.child.wait(seconds: 5)
    #expect(kept == "print now; sleep 60s\n")
  }

  @Test func nobodyElseCanReadIt() throws {
    let terminal = try prompt()
    #expect(terminal.answers("1 + 1", "2"))
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(stat(state.path + "/nsh", &status) == 0 && status.st_mode & 0o777 == 0o700)
  }

  @Test func aLeadingBlankAndRepetitionsStayOut() throws {
    let terminal = try prompt()
    for line in ["print a", " print hidden", "print b", "print b", "print c"] {
      #expect(terminal.answers(line + "", "\(line.suffix(line.hasSuffix("hidden") ? 6 : 1))"))
    }
    #expect(kept == "print a\nprint b\nprint c\n")
    #expect(terminal.answers("\u{1b}[A\u{1b}[A\u{1b}[A", "a"))
  }

  @Test func secretsAreNotWritten() throws {
    let terminal = try prompt()
    terminal.type("'text' | hmac sha256 hunter2 | len\r")
    #expect(terminal.shows("\r\n64\r\n") || terminal.shows("\r\n32\r\n"))
    #expect(terminal.answers("let h = {Authorization: 'Bearer hunter2'}; print done", "done"))
    terminal.type("'text' | hmac sha256 hunter2 )\r")
    #expect(terminal.shows("nsh> "))
    #expect(terminal.answers("print last", "last"))
    #expect(!kept.contains("hunter2"))
    #expect(kept.contains("hmac sha256 …") && kept.contains("Authorization: …") && kept.contains("print last"))
  }

  @Test func aBlockComesBackWhole() throws {
    let first = try prompt()
    first.type("for i in 1..2 {\rprint \"n\\t$i\"\r}\r")
    #expect(first.shows("n\t2\r\n") || first.shows("2\r\n"))
    #expect(kept == "for i in 1..2 {\\nprint \"n\\\\t$i\"\\n}\n")
    let second = try prompt()
    second.type("\u{1b}[A")
    #expect(second.shows("}"))
    second.type("\r")
    #expect(second.shows("1\r\n"))
    #expect(second.shows("2\r\n"))
  }

  @Test func upAndDownFindByPrefix() throws {
    let terminal = try prompt()
    for line in ["print one", "let x = 5", "print two", "let y = 6"] { terminal.type(line + "\r") }
    #expect(terminal.answers("pri\u{1b}[A\u{1b}[A", "one"))
    #expect(terminal.shows("\r\ntwo\r\n"))
    #expect(terminal.shows("\r\none\r\n"))
    // Down gives back what was being typed.
    #expect(terminal.answers("'dra'\u{1b}[D\u{1b}[A\u{1b}[B\u{5} + 'ft'", "draft"))
  }

  @Test func aLinkIsNotFollowedAndToldOf() throws {
    try state.write("victim", "")
    mkdir(state.path + "/nsh", 0o700)
    #expect(symlink(state.path + "/victim", file) == 0)
    let terminal = try prompt()
    terminal.type("print a\r")
    #expect(terminal.shows("cannot keep the history"))
    #expect(terminal.shows("a\r\n"))
    #expect(Folder.text(state.path + "/victim") == "")
  }

  @Test func aFullDiskIsToldOf() throws {
    mkdir(state.path + "/nsh", 0o700)
    // setrlimit(2) on the size of files is what a test without privileges has for a full disk.
    let terminal = try Terminal(
      words: ["/bin/sh", "-c", "ulimit -f 1; trap '' XFSZ; exec nsh"], environment: environment)
    try #require(terminal.shows("nsh> "))
    terminal.type("print '\(String(repeating: "x", count: 3000))' | len\r")
    #expect(terminal.shows("cannot keep the history"))
  }

  @Test func theSessionBecomesAScriptThatRuns() throws {
    let script = state.path + "/lesson.nsh"
    let terminal = try prompt()
    for line in ["let x = 20", "nonsense here", "if $x > 1 {", "print \"x is $x\"", "}", "history save \(script)"] {
      terminal.type(line + "\r")
    }
    #expect(terminal.answers("print saved", "saved"))
    let text = try #require(Folder.text(script))
    #expect(text == "let x = 20\n# ended with status 2:\n# nonsense here\nif $x > 1 {\nprint \"x is $x\"\n}\n")
    #expect(try Run(script).output == "x is 20\n")
    let run = try Run("-c", "history search 'x is' | first | get statement | lines | first", environment: environment)
    #expect(run.output == "if $x > 1 {\n")
  }

  @Test func manyLinesDoNotSlowThePrompt() throws {
    mkdir(state.path + "/nsh", 0o700)
    try state.write("nsh/history", (0..<50_000).map { "print \"statement number \($0)\"\n" }.joined())
    var start: [Duration] = []
    var echo: [Duration] = []
    for _ in 0..<5 {
      let begin = ContinuousClock.now
      let terminal = try prompt()
      start.append(ContinuousClock.now - begin)
      terminal.type("\u{1b}[A")
      #expect(terminal.shows("49999"))
      for key in ["z", "y", "x"] {
        let typed = ContinuousClock.now
        terminal.type(key)
        #expect(terminal.shows(key))
        echo.append(ContinuousClock.now - typed)
      }
    }
    // The best of some, for the machine may be busy; a release takes about half.
    #expect(try #require(start.min()) < .milliseconds(60))
    #expect(try #require(echo.min()) < .milliseconds(5))
  }

  /// A file of five MiB is compacted by whoever writes next; another shell writes on, and one is killed in the middle.
  @Test func aLargeFileIsCompactedWhileOthersWriteAndDie() throws {
    mkdir(state.path + "/nsh", 0o700)
    let old = (0..<120_000).map { "print \"an old statement, number \($0)\"\n" }.joined()
    for delay in [UInt32(0), 2_000, 10_000, 30_000] {
      try state.write("nsh/history", old)
      let (first, second) = (try prompt(), try prompt())
      for number in 0..<5 {
        first.type("print a\(number)\r")
        second.type("print b\(number)\r")
      }
      #expect(second.shows("\r\nb4\r\n") && first.shows("\r\na4\r\n"))
      let third = try prompt()
      #expect(third.answers("print c", "c"))
      usleep(delay)
      for terminal in [first, third] { terminal.child.signal(SIGKILL) }
      #expect(second.answers("print last", "last"))
      usleep(300_000)
      let lines = kept.split(separator: "\n")
      for wanted in (0..<5).flatMap({ ["print a\($0)", "print b\($0)"] }) + ["print c", "print last"] {
        #expect(lines.contains { $0 == wanted }, "\(wanted) is lost")
      }
      #expect(lines.contains("print \"an old statement, number 119999\""))
    }
    let last = try prompt()
    var status = stat()
    for number in 0..<100 where stat(file, &status) == 0 && status.st_size > 3 << 20 {
      #expect(last.answers("print \(number)", "\(number)"))
      usleep(100_000)
    }
    #expect(status.st_size < 3 << 20 && status.st_mode & 0o777 == 0o600)
  }

  @Test func misspeltCommandsKeepNoSecret() throws {
    let terminal = try prompt()
    for line in ["'text' | hmax sha256 hunter2", "nothing --password hunter2", "^true --token=hunter2"] {
      terminal.type(line + "\r")
      #expect(terminal.shows("nsh> "))
    }
    #expect(terminal.answers("print last", "last"))
    #expect(!kept.contains("hunter2"))
    #expect(kept.contains("hmax sha256 …") && kept.contains("--password …") && kept.contains("--token=…"))
  }

  @Test func upMovesInABlockBeforeItWalksTheHistory() throws {
    let terminal = try prompt()
    #expect(terminal.answers("print before", "before"))
    #expect(terminal.answers("if true {\rprint x\rprint yy\r}", "yy"))
    // To the line of x, and a letter more there.
    terminal.type("\u{1b}[A\u{1b}[A\u{1b}[A\u{6}\u{6}\u{6}\u{6}\u{6}\u{6}z\r")
    #expect(terminal.shows("\r\nxz\r\nyy\r\n"))
    #expect(terminal.answers(String(repeating: "\u{1b}[A", count: 9) + "", "before"))
    // Down goes through the block's lines, too.
    #expect(
      terminal.answers(
        String(repeating: "\u{1b}[A", count: 5) + "\u{1b}[B" + String(repeating: "\u{6}", count: 7) + "w", "xzw"))
  }

  @Test func controlRSearchesWhatOtherSessionsTyped() throws {
    let first = try prompt()
    #expect(first.answers("print needle", "needle"))
    let second = try prompt()
    second.type("\u{12}needl")
    #expect(second.shows("bck:"))
    second.type("\u{1b}")
    usleep(100_000)
    #expect(second.answers("", "needle"))
  }
}
