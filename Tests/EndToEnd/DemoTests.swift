import Glibc
import Testing

/// `nsh demo` on a pseudo-terminal.
@Suite struct DemoTests {
  /// Typed so fast that nobody waits.
  private func demo(
    _ script: String, _ options: String..., in folder: Folder, columns: UInt16 = 80, rows: UInt16 = 24
  ) throws -> Terminal {
    try folder.write("talk.nsh", script)
    return try Terminal(
      words: ["nsh", "demo", "--speed", "500"] + options + ["\(folder.path)/talk.nsh", "argument"], columns: columns,
      rows: rows, environment: Child.environment)
  }

  private let script = """
    ## First
    # Told here.
    print one
    $args | join ,
    ## Second
    let later = 20 + 22
    $later
    ## Third
    print last
    """

  @Test func spaceGoesOnAndBackspaceLooksBack() throws {
    let folder = try Folder()
    let terminal = try demo(script, in: folder)
    #expect(terminal.shows("Told here.") && terminal.shows("1/8"))
    #expect(!terminal.isCooked)
    terminal.type(" ")
    #expect(terminal.shows("\u{276f} print one") && terminal.shows("one") && terminal.shows("2/8"))
    terminal.type("\r")
    #expect(terminal.shows("argument") && terminal.shows("3/8"))
    terminal.type("\u{7f}")
    #expect(terminal.shows("looking back") && terminal.shows("2/8"))
    terminal.type(" ")
    #expect(terminal.shows("3/8"))
    terminal.type("  ")
    #expect(terminal.shows("Second") && terminal.shows("let later") && terminal.shows("5/8"))
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
    #expect(terminal.isCooked)
    #expect(terminal.shows("\u{1b}[?1049l"))
  }

  @Test func aClickerWorks() throws {
    let folder = try Folder()
    let terminal = try demo(script, in: folder)
    #expect(terminal.shows("1/8"))
    terminal.type("\u{1b}[6~")
    #expect(terminal.shows("2/8"))
    terminal.type("\u{1b}[C")
    #expect(terminal.shows("3/8"))
    terminal.type("\u{1b}[5~")
    #expect(terminal.shows("2/8"))
    terminal.type("\u{1b}[D")
    #expect(terminal.shows("1/8"))
    for key in ["\u{1b}[15~", "\u{1b}", "b", "."] {
      terminal.type(key)
      // The heading goes away and comes back.
      #expect(terminal.shows("\u{1b}[2;1H\u{1b}[K"))
      terminal.type(" ")
      #expect(terminal.shows("First"))
    }
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
  }

  @Test func digitsJumpAndSkippedStatementsCanBeRun() throws {
    let folder = try Folder()
    let terminal = try demo(script, in: folder)
    #expect(terminal.shows("1/8"))
    terminal.type("3")
    #expect(terminal.shows("Third") && terminal.shows("7/8"))
    terminal.type("2")
    #expect(terminal.shows("Second") && terminal.shows("4/8"))
    terminal.type(" ")
    #expect(terminal.shows("skipped") && terminal.shows("r runs it") && terminal.shows("5/8"))
    terminal.type("r")
    #expect(terminal.shows("looking back") && terminal.shows("5/8"))
    terminal.type(" ")
    #expect(terminal.shows("skipped") && terminal.shows("6/8"))
    terminal.type("r")
    #expect(terminal.shows("42") && terminal.shows("6/8"))
    terminal.type("9")
    #expect(terminal.shows("no heading 9"))
    terminal.type("\u{1b}[F")
    #expect(terminal.shows("7/8"))
    terminal.type("s")
    #expect(terminal.shows("skipped") && terminal.shows("8/8"))
    terminal.type("\u{1b}[H")
    #expect(terminal.shows("Told here."))
    terminal.type("?")
    #expect(terminal.shows("Keys") && terminal.shows("ends the talk") && terminal.shows("any key goes back"))
    terminal.type("x")
    #expect(terminal.shows("Told here."))
    terminal.type("\u{4}")
    #expect(terminal.child.wait() == 0)
  }

  @Test func aFailedStepIsTriedAgain() throws {
    let folder = try Folder()
    let terminal = try demo("print begin\nopen \(folder.path)/data | lines\nprint after", in: folder)
    #expect(terminal.shows("1/4"))
    terminal.type(" ")
    #expect(terminal.shows("2/4"))
    terminal.type(" ")
    #expect(terminal.shows("ENOENT") && terminal.shows("failed: r tries again") && terminal.shows("3/4"))
    terminal.type("f")
    #expect(terminal.shows("there is no rehearsal"))
    try folder.write("data", "it is there now\n")
    terminal.type("r")
    #expect(terminal.shows("it is there now") && terminal.shows("3/4"))
    terminal.type(" ")
    #expect(terminal.shows("after") && terminal.shows("4/4"))
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
  }

  @Test func aFailedStepIsShownFromTheRehearsal() throws {
    let folder = try Folder()
    try folder.write("data", "as rehearsed \u{1b}[2J\n")
    try folder.write("talk.nsh", "## T\nopen \(folder.path)/data | lines\nprint after\n")
    let rehearsal = try Run("demo", "--rehearse", "\(folder.path)/talk.nsh")
    #expect(rehearsal.status == 0 && rehearsal.errors.contains("ok     2: open"))
    #expect(unlink("\(folder.path)/data") == 0)
    let terminal = try demo("## T\nopen \(folder.path)/data | lines\nprint after\n", in: folder)
    #expect(terminal.shows("1/3"))
    terminal.type(" ")
    #expect(terminal.shows("f shows the rehearsal's result"))
    terminal.type("f")
    #expect(terminal.shows("from the rehearsal of 20") && terminal.shows("as rehearsed \\x1b[2J"))
    #expect(terminal.shows("this is the rehearsal's result"))
    terminal.type(" ")
    #expect(terminal.shows("after") && terminal.shows("3/3"))
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
  }

  @Test func aLivePromptSharesTheSession() throws {
    let folder = try Folder()
    let terminal = try demo("let x = 5\nprint $x\n$x + 1", in: folder)
    #expect(terminal.shows("1/4"))
    terminal.type(" ")
    #expect(terminal.shows("2/4"))
    terminal.type("i")
    #expect(terminal.shows("`resume` or Ctrl-D") && terminal.shows("nsh> "))
    terminal.type("set x = $x * 100\r")
    #expect(terminal.shows("nsh> "))
    terminal.type("$x\r")
    #expect(terminal.shows("500\r\n") && terminal.shows("nsh> "))
    terminal.type("resume\r")
    #expect(terminal.shows("2/4"))
    terminal.type(" ")
    #expect(terminal.shows("500") && terminal.shows("3/4"))
    terminal.type("i")
    #expect(terminal.shows("nsh> "))
    terminal.type("\u{4}")
    #expect(terminal.shows("3/4"))
    terminal.type(" ")
    #expect(terminal.shows("501") && terminal.shows("4/4"))
    terminal.type("i")
    #expect(terminal.shows("nsh> "))
    terminal.type("exit 7\r")
    #expect(terminal.child.wait() == 7)
    #expect(terminal.isCooked)
  }

  @Test func ctrlCStopsAStepAndThenTheTalk() throws {
    let folder = try Folder()
    let terminal = try demo("sleep 600s\nprint after", in: folder)
    #expect(terminal.shows("1/3"))
    terminal.type(" ")
    #expect(terminal.shows("running 1 s"))
    terminal.type("\u{3}")
    #expect(terminal.shows("interrupted") && terminal.shows("failed: r tries again") && terminal.shows("2/3"))
    terminal.type("\u{3}")
    #expect(terminal.child.wait() == 130)
    #expect(terminal.isCooked && terminal.shows("\u{1b}[?1049l"))
  }

  @Test func ctrlCWhileTypingEndsTheTalk() throws {
    let folder = try Folder()
    try folder.write("talk.nsh", "print '\(String(repeating: "long ", count: 100))'")
    let terminal = try Terminal("demo", "--speed", "0.05", "\(folder.path)/talk.nsh")
    #expect(terminal.shows("1/2"))
    terminal.type(" ")
    #expect(terminal.shows("pri"))
    terminal.type("\u{3}")
    #expect(terminal.child.wait() == 130)
    #expect(terminal.isCooked)
  }

  /// A step that kills the shell itself leaves a usable terminal.
  @Test func aCrashGivesTheTerminalBack() throws {
    let folder = try Folder()
    let terminal = try demo("^sh -c 'kill -SEGV $PPID; sleep 1'", in: folder)
    #expect(terminal.shows("1/2"))
    terminal.type(" ")
    #expect(terminal.shows("\u{1b}[?1049l"))
    #expect(terminal.child.wait() == -SIGSEGV)
    #expect(terminal.isCooked)
  }

  @Test func aSignalGivesTheTerminalBack() throws {
    let folder = try Folder()
    let terminal = try demo(script, in: folder)
    #expect(terminal.shows("1/8"))
    terminal.child.signal(SIGTERM)
    #expect(terminal.child.wait() == 128 + SIGTERM)
    #expect(terminal.isCooked && terminal.shows("\u{1b}[?1049l"))
  }

  @Test func nothingOfAPeerReachesTheTerminalRaw() throws {
    let folder = try Folder()
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2Jpwned\u{202e}"
    try folder.write("evil", evil)
    let terminal = try demo(
      "open \(folder.path)/evil | lines\n^sh -c 'cat \(folder.path)/evil >&2; cat \(folder.path)/evil'\nopen \(folder.path)/evil",
      in: folder)
    #expect(terminal.shows("1/4"))
    for number in 2...4 {
      terminal.type(" ")
      #expect(terminal.shows("pwned") && terminal.shows("\(number)/4"))
    }
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
    let screen = String(decoding: terminal.screen, as: UTF8.self)
    #expect(!screen.contains("\u{1b}]0;") && !screen.contains("\u{7}") && !screen.contains("\u{202e}"))
    #expect(screen.contains("\\x1b]0;owned\\x07"))
  }

  @Test func aStepMayAskForALine() throws {
    let folder = try Folder()
    let terminal = try demo("let name = input 'who? '\nprint \"hello $name\"", in: folder)
    #expect(terminal.shows("1/3"))
    terminal.type(" ")
    #expect(terminal.shows("input 'who? '") && terminal.shows("who? "))
    terminal.type("Ada\r")
    #expect(terminal.shows("2/3"))
    terminal.type(" ")
    #expect(terminal.shows("hello Ada") && terminal.shows("3/3"))
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
  }

  @Test func whatIsWrongIsToldBeforeTheTalk() throws {
    let folder = try Folder()
    let terminal = try demo("print one\nprnt two", in: folder)
    #expect(terminal.shows("did you mean"))
    #expect(terminal.child.wait() == 2)
    #expect(try Run("demo", "\(folder.path)/none.nsh").status == 2)
    try folder.write("fine.nsh", "print 1")
    #expect(try Run("demo", "\(folder.path)/fine.nsh").errors.contains("needs a terminal"))
    let dumb = try Terminal(
      words: ["nsh", "demo", "\(folder.path)/fine.nsh"],
      environment: Child.environment.filter { !$0.hasPrefix("TERM=") } + ["TERM=dumb"])
    #expect(dumb.shows("a talk needs a terminal, and TERM is dumb"))
    #expect(dumb.child.wait() == 2)
    #expect(try Run("demo").status == 2)
    #expect(try Run("demo", "--speed", "0", "\(folder.path)/fine.nsh").status == 2)
    #expect(try Run("demo", "--help").output.contains("PageDown"))
    #expect(try Run("-c", "resume").errors.contains("no talk and no step waits"))
  }
}
