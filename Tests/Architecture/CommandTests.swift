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

  @Test func everyCommandIsListedOnce() {
    let names = allCommands.all.map(\.name)
    let doubled = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(doubled.isEmpty, "listed more than once in AllCommands")
  }

  /// What is said of a word of another shell names commands that there are, by the first words of what stands in quotes.
  @Test func foreignWordsLeadToCommands() {
    let names = Set(allCommands.names)
    let keywords: Set = ["let", "def", "for", "if", "use", "fail", "within", "loop", "true", "false", "null"]
    for (word, advice) in ForeignWords.advice {
      #expect(!names.contains(word), "`\(word)` is a command of ours")
      for (index, code) in advice.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      where index % 2 == 1 {
        let words = code.split(separator: " ").map(String.init)
        guard let first = words.first, first.allSatisfy({ $0.isLetter || $0 == "-" }), !keywords.contains(first) else {
          continue
        }
        let isKnown = names.contains(first) || words.count > 1 && names.contains(first + " " + words[1])
        #expect(isKnown, "the advice for `\(word)` says `\(code)`")
      }
    }
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
