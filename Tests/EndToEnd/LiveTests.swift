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
    #expect(run.errors.contains("error: cannot fetch http://www.rfc-editor.org/rfc/rfc2324.txt"), "\(run.errors)")
    #expect(run.errors.contains("look up www.rfc-editor.org") && run.errors.contains("ENETUNREACH"), "\(run.errors)")
    #expect(!run.errors.contains("rfc.test"))
  }

  @Test func aLessonIsLiveToo() throws {
    let run = try alone("-c", "try { lesson 16 --live } catch e { print $e.status }; lab start | first | get name")
    #expect(run.errors.contains("> let r = http get http://www.rfc-editor.org/rfc/rfc2324.txt"), "\(run.errors)")
    #expect(["6", "7"].contains(run.output.split(separator: "\n").first ?? ""))
    // Behind it the session is what it was.
    #expect(run.output.hasSuffix("www.rfc.test:80\n"), "\(run.output)")
  }

  @Test func onlyWholeNamesAreReplaced() throws {
    let script =
      "print http://www.rfc.test/ 'Host: rfc.test' my-rfc.test rfc.tester x.example.test:80; map | count; lab | count"
    let run = try alone("--live", "-c", script)
    let start = "http://www.rfc-editor.org/\nHost: rfc-editor.org\nmy-rfc.test\nrfc.tester\nx.example.com:80\n0\n"
    #expect(
      run.output.replacing(" ", with: "\n").hasPrefix(start.replacing(" ", with: "\n")), "\(run.output) \(run.errors)")
    #expect(run.errors.contains("no lab runs"))
  }

  @Test func whatNeedsNoNetworkRunsLiveAsWell() throws {
    #expect(try alone("--live", "\(Tree.root)/examples/divide-a-network.nsh").status == 0)
    #expect(try alone("-c", "lesson 6 --live").status == 0)
  }
}
