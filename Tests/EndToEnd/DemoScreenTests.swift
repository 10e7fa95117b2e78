import Testing

/// What is seen of `nsh demo` in windows of several sizes, and after it was stopped.
@Suite struct DemoScreenTests {
  /// Nobody could continue this process, so the kernel does not stop it: it goes on as if somebody had, while the statement runs.
  @Test func ctrlZWhileAStepRunsGivesTheScreenBackAndTakesItAgain() throws {
    let folder = try Folder()
    try folder.write("talk.nsh", "## Stopped\nsleep 600s\nprint after")
    let terminal = try Terminal("demo", "--speed", "500", "\(folder.path)/talk.nsh")
    #expect(terminal.shows("1/3"))
    terminal.type(" ")
    #expect(terminal.shows("running 1 s"))
    terminal.type("\u{1a}")
    #expect(terminal.shows("\u{1b}[?1049l") && terminal.shows("\u{1b}[?1049h"))
    #expect(terminal.shows("Stopped") && terminal.shows("sleep 600s") && terminal.shows("running"))
    #expect(!terminal.isCooked)
    terminal.type("\u{3}")
    #expect(terminal.shows("failed: r tries again") && terminal.shows("2/3"))
    terminal.type("q")
    #expect(terminal.child.wait() == 0)
    #expect(terminal.isCooked)
  }

  @Test func drawingsFitTheSlideAndNotTheWindow() throws {
    let folder = try Folder()
    try folder.write(
      "talk.nsh",
      "let l = tcp listen 127.0.0.1:0\nlet c = tcp connect $l.local\nladder $c | lines | skip 1 | join \"\\n\"\n")
    let screen = try Screen(columns: 70, rows: 20, arguments: "demo --speed 500 \(folder.path)/talk.nsh")
    func footer(_ place: String) -> String { String(repeating: " ", count: 63) + place }
    #expect(screen.shows(footer("1/4")))
    screen.type(" ")
    #expect(screen.shows(footer("2/4")))
    screen.type(" ")
    #expect(screen.shows(footer("3/4")))
    screen.type(" ")
    #expect(screen.shows("    the end: q leaves" + String(repeating: " ", count: 42) + "4/4"))
    // The slide has 62 columns, in which there are no times.
    #expect(
      screen.rows.contains("    CLOSED       │\(String(repeating: " ", count: 34))│ LISTEN"), "\(screen.rows)")
  }

  @Test func theLayoutFollowsTheWindow() throws {
    let folder = try Folder()
    try folder.write(
      "talk.nsh", "## Sizes\n# \(String(repeating: "word ", count: 30))\n[{name: first, n: 1}, {name: second, n: 2}]\n")
    let screen = try Screen(columns: 100, rows: 20, arguments: "demo --speed 500 \(folder.path)/talk.nsh")
    #expect(screen.shows("\(String(repeating: " ", count: 89))1/2"))
    screen.type(" ")
    #expect(screen.shows("        the end: q leaves\(String(repeating: " ", count: 64))2/2"))
    #expect(screen.rows.contains("        name    n") && screen.rows.contains("        second  2"))
    screen.resize(columns: 40, rows: 20)
    #expect(screen.shows("  the end: q leaves                2/2"))
    #expect(screen.rows.contains("  second  2") && screen.rows.allSatisfy { $0.count <= 40 })
    screen.resize(columns: 120, rows: 30)
    #expect(screen.shows("        the end: q leaves\(String(repeating: " ", count: 84))2/2"))
  }
}
