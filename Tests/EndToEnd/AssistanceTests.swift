import Glibc
import Testing

/// Tab, `?` and the key for the signature, on a pseudo-terminal.
@Suite struct AssistanceTests {
  private func prompt(columns: UInt16 = 100) throws -> Terminal {
    try Terminal(columns: columns).atPrompt()
  }

  @Test func tabCompletesACommandAndItsVerb() throws {
    let terminal = try prompt()
    terminal.type("enum\t")
    #expect(terminal.shows("erate "))
    terminal.type("\u{15}http dech\t")
    #expect(terminal.shows("unk "))
    #expect(terminal.answers("\u{15}6 * 7", "42"))
  }

  @Test func tabListsWithSentencesThatFitTheWindow() throws {
    let terminal = try prompt(columns: 50)
    terminal.type("http \t")
    #expect(terminal.shows("  build "))
    #expect(terminal.shows("  parse "))
    #expect(terminal.shows("nsh> http "))
    terminal.drain()
    for line in String(decoding: terminal.screen, as: UTF8.self).split(whereSeparator: \.isNewline) {
      #expect(line.unicodeScalars.count <= 60)
    }
  }

  @Test(arguments: ["?", "\t"]) func listsFitASmallWindow(_ key: String) throws {
    let screen = try Screen(columns: 40, rows: 10)
    try #require(screen.shows("nsh>", cursor: 5))
    for line in ["", "tcp connect ", "http get ", "tcp ", "help ", "rfc "] {
      screen.send("\u{15}" + line + key)
      #expect(screen.shows(("nsh> " + line).trimmingRight, cursor: 5 + line.count))
      usleep(100_000)
      let rows = screen.rows
      #expect(rows.count <= 10 && rows.allSatisfy { $0.unicodeScalars.count <= 40 })
      // The line of before is still there, above the list.
      #expect(rows.dropLast().contains { $0.hasPrefix("nsh>") }, "\(rows)")
    }
  }

  @Test func tabCompletesAnOption() throws {
    let terminal = try prompt()
    terminal.type("http get --he\t")
    #expect(terminal.shows("aders "))
  }

  @Test func tabCompletesAFileAndAField() throws {
    let folder = try Folder()
    try folder.write("unusual-name.txt", "found\n")
    let terminal = try prompt()
    #expect(terminal.answers("open \(folder.path)/unu\t", "found"))
    terminal.type("let r = {status: 7, headers: 8}\r")
    #expect(terminal.answers("$r.st\t", "7"))
  }

  @Test(arguments: [
    ("lett x = 5", "`let`"), ("htpt get http://a.test/", "`http`"), ("tcp conect a.test:1", "`tcp connect`"),
    ("help htpp", "`help http`"),
  ])
  func unknownWordsHaveTheNearest(_ line: String, _ near: String) throws {
    let terminal = try prompt()
    terminal.type(line + "\r")
    #expect(terminal.shows("did you mean \(near)"))
  }

  @Test func theLinesAboveAreKnown() throws {
    let terminal = try prompt()
    terminal.type("if true {\r")
    #expect(terminal.shows("...> "))
    terminal.type("enum\t")
    #expect(terminal.shows("erate "))
  }

  @Test func tabAnswersWithinFiftyMilliseconds() throws {
    let terminal = try prompt()
    terminal.type("tcp con\t")
    #expect(terminal.shows("nect "))
    var times: [Duration] = []
    for _ in 0..<5 {
      terminal.type("\u{15}")
      terminal.drain()
      terminal.type("tcp con")
      #expect(terminal.shows("con"))
      let start = ContinuousClock.now
      terminal.type("\t")
      #expect(terminal.shows("nect "))
      times.append(ContinuousClock.now - start)
    }
    // The debug build on a busy machine; the release is faster by far.
    let quickest = try #require(times.min())
    #expect(quickest < .milliseconds(50))
  }

  @Test func aQuestionMarkShowsWhatCanFollowAndTheLineStays() throws {
    let terminal = try prompt()
    terminal.type("print tcp; tcp connect ?")
    #expect(terminal.shows("tcp connect HOST"))
    #expect(terminal.shows("where to: HOST:PORT"))
    #expect(terminal.shows("--"))
    #expect(terminal.shows("nsh> print tcp; tcp connect "))
    terminal.type("\u{15}tcp?")
    #expect(terminal.shows("connect"))
    #expect(terminal.shows("nsh> tcp"))
  }

  @Test func aQuestionMarkInATextIsOne() throws {
    let terminal = try prompt()
    #expect(terminal.answers("print 'why?'", "why?"))
    #expect(terminal.answers("print http://a.test/b?c=d", "http://a.test/b?c=d"))
    #expect(terminal.answers("$?", "0"))
  }

  @Test(arguments: ["\u{1b}h", "\u{1b}OP"]) func aKeyShowsTheSignature(_ key: String) throws {
    let terminal = try prompt()
    terminal.type("hash abc" + key)
    #expect(terminal.shows("hash [INPUT] ALGORITHM"))
    #expect(terminal.shows("nsh> hash abc"))
  }

  @Test func viModeHasTheSameKeys() throws {
    let home = try Folder()
    try home.write(".editrc", "bind -v\n")
    let terminal = try Terminal(environment: Child.environment + ["EDITRC=\(home.path)/.editrc"])
    try #require(terminal.shows("nsh> "))
    terminal.type("enum\t")
    #expect(terminal.shows("erate "))
    terminal.type("?")
    #expect(terminal.shows("enumerate [INPUT]"))
    #expect(terminal.answers("\u{15}print found", "found"))
    #expect(terminal.answers("\u{1b}[A", "found"))
  }

  @Test func namesCannotCommandTheTerminal() throws {
    let folder = try Folder()
    try folder.write("a\u{1b}[31mb", "")
    try folder.write("ac", "")
    let terminal = try prompt()
    terminal.type("open \(folder.path)/a\t")
    #expect(terminal.shows("31mb"))
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("\u{1b}[31m"))
  }
}

extension String {
  /// As a screen's row has it.
  fileprivate var trimmingRight: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
