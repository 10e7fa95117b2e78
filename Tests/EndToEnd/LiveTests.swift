import TestSupport
import Testing

/// Scripts that are made for the lab, on a real network: here one that is not there (a network namespace without any interface).
@Suite struct LiveTests {
  private func alone(_ arguments: String...) throws -> Run {
    try Run(words: Unprivileged.words + ["unshare", "-Urn", Child.binary] + arguments)
  }

  /// No name leads to the lab any more, and it is the network that is missing, nothing else.
  @Test func withoutANetworkThatIsWhatFails() throws {
    let run = try alone("--live", "\(Tree.root)/examples/rfc-three-depths.nsh")
    #expect([6, 7].contains(run.status), "\(run.errors)")
    #expect(run.errors.contains("--live: no lab is started"))
    #expect(run.errors.contains("error: cannot fetch https://www.rfc-editor.org/rfc/rfc2324.txt"), "\(run.errors)")
    #expect(run.errors.contains("look up www.rfc-editor.org") && run.errors.contains("ENETUNREACH"), "\(run.errors)")
  }

  @Test func aLessonIsLiveToo() throws {
    let run = try alone("-c", "try { lesson 16 --live } catch e { print $e.status }; lab start | first | get name")
    #expect(run.errors.contains("> let r = http get https://www.rfc-editor.org/rfc/rfc2324.txt"), "\(run.errors)")
    #expect(["6", "7"].contains(run.output.split(separator: "\n").first ?? ""))
    // Behind it the session is what it was.
    #expect(run.output.hasSuffix("www.rfc.test:80\n"), "\(run.output)")
  }

  @Test func onlyWholeNamesAreReplaced() throws {
    let pairs = [
      ("http://www.rfc.test/", "http://www.rfc-editor.org/"), ("Host:rfc.test.", "Host:rfc-editor.org."),
      ("my-rfc.test", "my-rfc.test"), ("rfc.tester", "rfc.tester"), ("rfc.test.txt", "rfc.test.txt"),
      ("x.example.test:80", "x.example.com:80"), ("WWW.Example.TEST", "www.example.com"), ("test", "test"),
      ("ann@example.test", "ann@example.com"), ("ns.root.test", "a.root-servers.net"),
      ("ftp.example.test", "ftp.rfc-editor.org"), ("daytime.example.test", "time.nist.gov"),
      ("mail.example.test", "mail.example.test"), ("portal.test", "portal.test"), ("school.test", "school.test"),
    ]
    let script = pairs.map { "print '\($0.0)'" } + [#"print "a\r\nrfc.test""#, "map | count"]
    let wanted = pairs.map(\.1) + ["a\r\nrfc-editor.org", "0"]
    let run = try alone("--live", "-c", script.joined(separator: "\n"))
    #expect(run.output == wanted.map { $0 + "\n" }.joined(), "\(run.errors)")
    #expect(try Run("--live", input: script.joined(separator: "\n")).output == run.output)
  }

  /// The table of the lab's names says whom they stand for; each name in it is replaced by that, or is known to lead nowhere.
  @Test func everyNameOfTheTableHasItsAnswer() throws {
    let table = try Tree.read("\(Tree.root)/share/nsh/lab/names.tsv").split(separator: "\n").filter { $0.first != "#" }
    let rows = table.map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.count == 15)
    let shown = try alone("--live", "-c", rows.map { "print \($0[0])." }.joined(separator: "\n")).output
    #expect(shown == rows.map { ($0[6] == "-" ? $0[0] : $0[6]) + ".\n" }.joined())
    for row in rows where row[6] == "-" {
      let run = try Run("--live", "-c", "tcp connect \(row[0]):\(row[1])")
      #expect(run.status == 6)
      #expect(
        run.errors.contains("look up \(row[0]): it exists only in the lab, and with --live there is none"),
        "\(run.errors)")
      #expect(run.errors.contains("hint       `if (lab start) != [] { … }` holds what only the lab has"))
    }
    let spoilt = try Run("--live", "-c", "lab break portal.test slow")
    #expect(spoilt.errors.hasPrefix("error: with --live there is no lab\n"))
  }

  /// Errors point at what stands in the file, though names of other lengths were read.
  @Test func placesAreThoseOfTheFile() throws {
    let folder = try Folder()
    try folder.write("late.nsh", "let a = 1\nlet b = 'rfc.test' + ('www.example.test' - 'ns.root.test') + 'x'\n")
    let late = try Run("--live", "\(folder.path)/late.nsh")
    let line = " 2 | let b = 'rfc.test' + ('www.example.test' - 'ns.root.test') + 'x'\n"
    let mark = "   |                                          ^\n"
    #expect(late.errors.contains("late.nsh:2:42\n   |\n" + line + mark), "\(late.errors)")

    try folder.write("early.nsh", "print www.rfc.test rfc.test $nothing\n")
    let check = try Run("--live", "--check", "--json", "\(folder.path)/early.nsh")
    #expect(check.output.contains(#""line":1,"column":29,"end_line":1,"end_column":37"#), "\(check.output)")
    let plain = try Run("--check", "--json", "\(folder.path)/early.nsh")
    #expect(check.output == plain.output)

    try folder.write("main.nsh", "source \(folder.path)/late.nsh\n")
    #expect(try Run("--live", "\(folder.path)/main.nsh").errors.contains("late.nsh:2:42\n   |\n" + line + mark))
    let caught = "print www.rfc.test; try { fail {code: x, message: rfc.test} } catch e { print $e.span }"
    #expect(try Run("--live", "-c", caught).output == "www.rfc-editor.org\n-c:1:27\n")
  }

  @Test func atThePromptNamesAreRealToo() throws {
    let terminal = try Terminal("--live", "--no-config")
    #expect(terminal.shows("nsh> "))
    terminal.type("print rfc.test\r")
    #expect(terminal.shows("rfc-editor.org"))
    terminal.type("\u{1B}[A")
    #expect(terminal.shows("print rfc.test"))
    terminal.type("exit\r")
  }

  @Test func whatNeedsNoNetworkRunsLiveAsWell() throws {
    #expect(try alone("--live", "\(Tree.root)/examples/divide-a-network.nsh").status == 0)
    #expect(try alone("-c", "lesson 6 --live").status == 0)
  }
}
