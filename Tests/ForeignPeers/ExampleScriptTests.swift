import TestSupport
import Testing

/// The scripts of examples/, run by the built program.
struct ExampleScriptTests {
  private static let scripts = (try? Tree.files(below: "examples", ending: ".nsh")) ?? []

  @Test func thereAreExamples() { #expect(!Self.scripts.isEmpty) }

  @Test(arguments: scripts) func succeeds(script: String) throws {
    let run = try Program(Tree.nsh, "\(Tree.root)/\(script)").finish()
    #expect(run.status == 0, "\(String(decoding: run.output, as: UTF8.self))")
  }
}
