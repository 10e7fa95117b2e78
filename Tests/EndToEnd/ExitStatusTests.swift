import Testing

/// The table of exit statuses.
@Suite struct ExitStatusTests {
  @Test(
    arguments: [
      ("", 0), ("1 + 1", 0), ("fail 'boo'", 1), ("open /nonexistent", 1), ("assert 1 == 2", 3), ("exit 42", 42),
      ("exit", 0),
      ("prnt 1", 2), ("let x = (", 2), ("tcp connect 127.0.0.1:66000", 2), ("tcp connect 127.0.0.1:1", 7),
      ("http get http://127.0.0.1:1/", 7), ("tcp connect no-such-host.invalid:80", 6),
    ] as [(String, Int32)]) func texts(_ text: String, _ status: Int32) throws
  {
    let run = try Run("-c", text)
    #expect(run.status == status)
    #expect(run.errors.isEmpty == (status == 0 || status == 42))
  }

  @Test(arguments: [
    ["--bogus"], ["--color", "pink"], ["--timeout", "5m"], ["-c"], ["/nonexistent.nsh"], ["-i", "-c", "1"],
  ])
  func wrongUsage(_ arguments: [String]) throws {
    let run = try Run(words: ["nsh"] + arguments)
    #expect(run.status == 2)
    #expect(!run.errors.isEmpty)
  }

  @Test func helpAndVersionAreNoErrors() throws {
    let help = try Run("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("--keep-going"))
    #expect(try Run("--version").output == "nsh 0.1.0\n")
  }

  @Test func aTypoOnTheLastLineRunsNothing() throws {
    let run = try Run("-c", "print one\nprint two\nprnt three")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("--> -c:3:1"))
    #expect(run.errors.contains("`print`"))
  }

  @Test func allFindingsAreReported() throws {
    let run = try Run("-c", "prnt 1\nprint $nothing\ntcp connect a:66000")
    #expect(run.errors.split(separator: "\n").count { $0.hasPrefix("error: ") } == 3)
  }

  @Test func aClosedPortShowsItsLayers() throws {
    let run = try Run("-c", "http get http://127.0.0.1:1/")
    for row in ["  http  ", "  tcp  ", "  system     connect(2) = ECONNREFUSED (111)", "  hint  "] {
      #expect(run.errors.contains(row))
    }
  }

  @Test func deferredBlocksRunBeforeTheEnd() throws {
    for (ending, status) in [("exit 5", 5), ("fail 'no'", 1), ("print end", 0)] as [(String, Int32)] {
      let run = try Run("-c", "defer { print deferred }\n\(ending)")
      #expect(run.status == status)
      #expect(run.output.hasSuffix("deferred\n"))
    }
  }
}
