import Net
import Testing

extension Typed {
  /// Every code that a report has a hint for is one that `why` explains.
  struct WhyCodeTests {
    @Test func everyHintsCodeIsKnown() throws {
      try Shell.with { shell in
        for code in Hints.codes {
          let answer = try shell.run("(why '\(code)').code")
          #expect(answer == code + "\n", "\(answer)")
        }
      }
    }
  }
}
