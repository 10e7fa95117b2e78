import Glibc
import Testing

/// The start, the prompt's text, the interruption and the end of an interactive shell, on a pseudo-terminal.
@Suite struct SessionTests {
  private func configured(_ text: String, _ body: (Terminal) throws -> Void) throws {
    let home = try Folder()
    _ = try Run(words: ["/bin/mkdir", "\(home.path)/nsh"])
    try home.write("nsh/config.nsh", text)
    try body(Terminal(environment: Child.environment + ["XDG_CONFIG_HOME=\(home.path)"]))
  }

  // MARK: Start

  @Test func theConfigurationRunsFirst() throws {
    try configured("let greeting = 'from the configuration'\ndef twice [x] { $x * 2 }") { terminal in
      try terminal.atPrompt()
      #expect(terminal.answers("$greeting", "from the configuration"))
      #expect(terminal.answers("twice 21", "42"))
    }
  }

  @Test(arguments: [
    "fail 'in the configuration'", "prnt 'in the configuration'", "let = 'in the configuration'", "exit 3",
  ])
  func aBrokenConfigurationLocksNobodyOut(_ text: String) throws {
    try configured(text) { terminal in
      #expect(terminal.shows("error: ") || terminal.shows("exit"))
      try terminal.atPrompt()
      #expect(terminal.answers("1 + 1", "2"))
    }
  }

  @Test func noConfigRunsNone() throws {
    let home = try Folder()
    _ = try Run(words: ["/bin/mkdir", "\(home.path)/nsh"])
    try home.write("nsh/config.nsh", "print 'from the configuration'")
    let terminal = try Terminal("--no-config", environment: Child.environment + ["XDG_CONFIG_HOME=\(home.path)"])
      .atPrompt()
    #expect(!String(decoding: terminal.screen, as: UTF8.self).contains("configuration"))
  }

  // MARK: The prompt's text

  @Test func thePromptSaysWhereOneIs() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("fail 'x'\r")
    #expect(terminal.shows("(?1) nsh> "))
    let listener = try Listener()
    terminal.type("let c = tcp connect 127.0.0.1:\(listener.port)\r")
    #expect(terminal.shows("connected) nsh> "))
    terminal.type("close\r")
    #expect(terminal.shows("\nnsh> "))
  }

  @Test func aFunctionGivesThePrompt() throws {
    try configured("let n = 7\ndef prompt [] { \"\\x1b[31mmine\\x1b]0;t\\x07 $n\\x1b[0m nsh> \" }") { terminal in
      #expect(terminal.shows("mine\\x1b]0;t\\x07 7 nsh> "))
      #expect(terminal.answers("1 + 1", "2"))
    }
  }

  @Test func aPromptFunctionThatFailsIsToldOnce() throws {
    try configured("def prompt [] { fail 'no prompt today' }") { terminal in
      #expect(terminal.shows("no prompt today"))
      try terminal.atPrompt()
      let before = terminal.screen.count
      #expect(terminal.answers("1 + 1", "2"))
      #expect(terminal.shows("nsh> "))
      #expect(!String(decoding: terminal.screen[before...], as: UTF8.self).contains("today"))
    }
  }

  // MARK: Interruption

  @Test func controlCKeepsConnectionsOpen() throws {
    let terminal = try Terminal().atPrompt()
    let listener = try Listener()
    terminal.type("let c = tcp connect 127.0.0.1:\(listener.port)\r")
    #expect(terminal.shows("connected) nsh> "))
    terminal.type("recv\r")
    usleep(300_000)
    terminal.type("\u{3}")
    #expect(terminal.shows("interrupted"))
    #expect(terminal.shows("connected, ?130) nsh> "))
    terminal.type("send hello\r")
    #expect(terminal.shows("connected) nsh> "))
  }

  @Test func controlCStopsAConnect() throws {
    let terminal = try Terminal().atPrompt()
    let listener = try Listener(isFull: true)
    terminal.type("tcp connect 127.0.0.1:\(listener.port)\r")
    usleep(500_000)
    terminal.type("\u{3}")
    #expect(terminal.shows("interrupted"))
    #expect(terminal.shows("nsh> "))
    #expect(terminal.answers("6 * 7", "42"))
  }

  @Test func controlZStopsAndTheLineComesBack() throws {
    let terminal = try Terminal(
      words: ["bash", "--norc", "--noprofile", "-i"], environment: Child.environment + ["PS1=bash$ "])
    try #require(terminal.shows("bash$ "))
    terminal.type("nsh --no-config\r")
    try #require(terminal.shows("nsh> "))
    terminal.type("20 + ")
    terminal.drain()
    terminal.type("\u{1a}")
    #expect(terminal.shows("Stopped"))
    #expect(terminal.shows("bash$ "))
    terminal.type("fg\r")
    #expect(terminal.shows("nsh> 20 + "))
    #expect(terminal.answers("22", "42"))
  }

  @Test func controlZWhereNobodyCouldContinueChangesNothing() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("20 + ")
    terminal.drain()
    terminal.type("\u{1a}")
    terminal.drain()
    #expect(!terminal.isCooked)
    #expect(terminal.answers("22", "42"))
  }

  // MARK: Colours

  @Test func theConfigurationChoosesTheTheme() throws {
    let home = try Folder()
    _ = try Run(words: ["/bin/mkdir", "\(home.path)/nsh"])
    try home.write("nsh/config.nsh", "theme light")
    let colorful = Child.environment.filter { !$0.hasPrefix("NO_COLOR") } + ["XDG_CONFIG_HOME=\(home.path)"]
    let terminal = try Terminal(environment: colorful).atPrompt()
    terminal.type("6 * 7\r")
    #expect(terminal.shows("\u{1b}[35m42\u{1b}[0m"))
    terminal.type("theme dark; 6 * 8\r")
    #expect(terminal.shows("\u{1b}[33m48\u{1b}[0m"))
    let plain = try Terminal(environment: colorful + ["NO_COLOR=1"]).atPrompt()
    plain.type("6 * 7\r")
    #expect(plain.shows("\n42\r\n"))
  }

  // MARK: The end

  @Test func controlDAsksOnceWhileJobsRun() throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("let j = spawn { sleep 60s }\r")
    #expect(terminal.shows("(1 job) nsh> "))
    terminal.type("\u{4}")
    #expect(terminal.shows("1 job is running"))
    #expect(terminal.shows("nsh> "))
    terminal.type("\u{4}")
    #expect(terminal.child.wait(seconds: 5) == 0)
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func signalsEndOrderly(_ number: Int32) throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("half a line")
    terminal.drain()
    terminal.child.signal(number)
    #expect(terminal.child.wait(seconds: 5) == 128 + number)
    #expect(terminal.isCooked)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP]) func aCrashLeavesTheTerminalCooked(_ number: Int32) throws {
    let terminal = try Terminal().atPrompt()
    terminal.type("half")
    terminal.drain()
    #expect(!terminal.isCooked)
    terminal.child.signal(number)
    #expect(terminal.child.wait(seconds: 5) == -number)
    #expect(terminal.isCooked)
  }
}
