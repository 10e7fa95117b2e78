import Commands
import Interpreter
import TestSupport
import Testing

extension Typed {
  /// The reference of the language: its samples do what stands below them, its grammar is the parser's.
  struct LanguagePageTests {
    static let page = "\(Tree.root)/share/nsh/doc/language.md"
    static let samples = (try? Markdown.samples(in: Tree.read(page))) ?? []

    @Test func thereAreSamples() { #expect(Self.samples.count >= 55) }

    /// Each sample runs in a shell of its own; those with a file's name are the modules that others use.
    @Test(arguments: samples.filter { $0.fileName == nil }) func samplesAreTrue(sample: Markdown.Sample) throws {
      let temporary = try TemporaryFolder()
      let folder = temporary.path
      for module in Self.samples {
        if let name = module.fileName { try Tree.write(module.code, to: "\(folder)/\(name)") }
      }
      let answer = try Shell.with { shell in try shell.run(sample.code, named: folder + "/sample.nsh") }
      let found = Transcript.lines(of: answer.replacing(folder + "/", with: ""))
      let matches = sample.output == found || sample.output == Self.upToError(found)
      #expect(
        matches, "the sample gives:\n\(found.joined(separator: "\n"))",
        sourceLocation: SourceLocation(fileID: "TranscriptTests/x", filePath: Self.page, line: sample.line, column: 1))
    }

    /// Cuts an answer behind the first line of its first error.
    private static func upToError(_ lines: [String]) -> [String] {
      guard let place = lines.firstIndex(where: { $0.hasPrefix("error: ") }) else { return lines }
      return Array(lines[...place])
    }

    /// Every production above a function of the parser stands in the page as it is, and none besides.
    @Test func theGrammarIsTheParsers() throws {
      var parsed: [String: String] = [:]
      for path in try Tree.files(below: "Sources/Syntax/Parser", ending: ".swift") {
        let comments = try Tree.read("\(Tree.root)/\(path)").split(separator: "\n", omittingEmptySubsequences: false)
          .map { line in
            let line = line.drop { $0 == " " }
            return line.hasPrefix("//") ? String(line.drop { $0 == "/" }.dropFirst()) : ""
          }
        parsed.merge(Markdown.productions(in: comments)) { first, _ in first }
      }
      let written = Markdown.productions(in: Markdown.fenced("ebnf", in: try Tree.read(Self.page)))
      #expect(parsed.count >= 60)
      for (name, production) in parsed {
        #expect(written[name] == production, "`\(name)` stands otherwise above its parse function")
      }
      for name in written.keys { #expect(parsed[name] != nil, "`\(name)` stands above no parse function") }
    }
  }
}
