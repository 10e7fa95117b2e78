import Commands
import Interpreter
import Testing

/// Everything that is typed into shells of this process: one at a time, since they share its folder, environment and files.
@Suite(.serialized) enum Typed {}

extension Typed {
  /// The examples in the declarations of commands, each typed into a shell of its own.
  struct ExampleTests {
    @Test(arguments: allCommands.all.map(\.name)) func examplesAreTrue(command name: String) throws {
      let command = try #require(allCommands[name])
      #expect(!command.examples.isEmpty, "`\(name)` has no example")
      for example in command.examples {
        let (line, needsLab) = (example.line, example.needsLab)
        let answer = try Shell.with { shell in
          if needsLab { _ = try shell.run("let _lab = lab start") }
          return try shell.run(line)
        }
        #expect(!answer.hasPrefix("error:"), "`\(line)` failed:\n\(answer)")
        guard let wanted = example.output else { continue }
        let isSame = answer.trimmingNewlines == wanted.trimmingNewlines
        #expect(isSame, "`\(line)` gives:\n\(answer)")
      }
    }
  }
}

extension String {
  fileprivate var trimmingNewlines: Substring {
    var text = self[...]
    while text.hasSuffix("\n") { text = text.dropLast() }
    return text
  }
}
