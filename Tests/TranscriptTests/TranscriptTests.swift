import TestSupport
import Testing

extension Typed {
  /// The transcripts of Tests/Transcripts, each typed into a shell of its own. With NSH_REWRITE=1 answers that differ are written
  /// into the files, to be reviewed in the diff.
  struct TranscriptTests {
    static let files = (try? Tree.files(below: "Tests/Transcripts", ending: ".nsht")) ?? []

    @Test func thereAreTranscripts() { #expect(Self.files.count >= 10) }

    @Test(arguments: files) func answersAsWritten(file: String) throws {
      let path = "\(Tree.root)/\(file)"
      var transcript = Transcript(try Tree.read(path))
      let typed = transcript.steps.map { $0.typed.joined(separator: "\n") }
      let answers = try Shell.with { shell in try typed.map { try shell.run($0) } }
      var hasChanged = false
      for (index, answer) in answers.enumerated() {
        let lines = Transcript.lines(of: answer)
        let step = transcript.steps[index]
        let expectation = Expectation(lines: step.answer)
        guard !expectation.matches(lines) else { continue }
        hasChanged = true
        transcript.steps[index].answer = expectation.keepingPlaceholders(in: lines)
        guard !Tree.rewrites else { continue }
        Issue.record(
          "`\(typed[index])` answered:\n\(answer)instead of:\n\(step.answer.joined(separator: "\n"))",
          sourceLocation: SourceLocation(fileID: "TranscriptTests/x", filePath: path, line: step.line, column: 1))
      }
      if hasChanged, Tree.rewrites { try Tree.write(transcript.text, to: path) }
    }
  }
}
