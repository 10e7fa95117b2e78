import Commands
import Interpreter
import TestSupport
import Testing

/// What every command owes those who look it up.
struct CommandTests {
  @Test(arguments: allCommands.all.map(\.name)) func isExplained(command name: String) throws {
    let command = try #require(allCommands[name])
    let sentence = command.sentence
    #expect(sentence.hasSuffix("."))
    let verb = try #require(sentence.split { !$0.isLetter }.first)
    #expect(verb.first?.isUppercase == true && verb.hasSuffix("s"), "the sentence of `\(name)` begins with a verb")
    #expect(!command.examples.isEmpty)
    for parameter in command.parameters { #expect(!parameter.sentence.isEmpty, "\(parameter.name)") }
  }

  @Test func everyCommandHasATranscript() throws {
    let typed = try Tree.files(below: "Tests/Transcripts", ending: ".nsht").flatMap { file in
      try Tree.read("\(Tree.root)/\(file)").split(separator: "\n").filter { $0.hasPrefix("> ") || $0.hasPrefix("| ") }
    }
    let words = typed.map { [""] + $0.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init) }
    let missing = allCommands.names.filter { name in
      let wanted = name.split(separator: " ").map(String.init)
      return !words.contains { line in
        line.indices.contains { line[$0...].prefix(wanted.count).elementsEqual(wanted) }
      }
    }
    #expect(missing.isEmpty, "no transcript in Tests/Transcripts uses these")
  }
}
