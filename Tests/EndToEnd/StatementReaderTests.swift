import Diagnostics
import Interpreter
import Syntax
import Testing

@testable import nsh

@Suite struct StatementReaderTests {
  /// Gives the statements of a text, each with the line on which it begins, and how many bytes were parsed on the way.
  private func read(_ text: String) -> (statements: [String], parsed: Int) {
    let parsed = Counter()
    var reader = StatementReader(name: "test") { source in
      parsed.count += source.bytes.count
      return Syntax.parse(source, literals: Literals())
    }
    var statements: [String] = []
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard let statement = reader.add(Array(line) + [0x0A]) else { continue }
      statements.append("\(statement.source.firstLine): \(String(decoding: statement.source.bytes, as: UTF8.self))")
    }
    if let statement = reader.end() { statements.append("\(statement.source.firstLine): …") }
    return (statements, parsed.count)
  }

  private final class Counter { var count = 0 }

  @Test func eachStatementComesWithItsLine() {
    let text = "print 1\n\n# of nobody\n\n# doc\ndef f [] {\n  2\n}\nf |\n  len\nlet t = \"\"\"\n}\n\"\"\"\nif $x {"
    #expect(
      read(text).statements == [
        "1: print 1\n", "5: # doc\ndef f [] {\n  2\n}\n", "9: f |\n  len\n", "11: let t = \"\"\"\n}\n\"\"\"\n", "14: …",
      ])
  }

  @Test(arguments: [
    "if true {\n  let a = 1\n}", "let s = \"}\"", "let r = re'}'", "# }", "let t = \"\"\"\n }\n \"\"\"",
    "let l = [\n1\n]", "}", "print a |\nlen",
    "let s = '\"'",
  ]) func aLongBlockIsNotParsedAtEachLine(_ line: String) {
    let text = "if true {\n" + String(repeating: line + "\n", count: 5_000) + "}\nprint end\n"
    let (statements, parsed) = read(text)
    #expect(statements.count >= 2)
    #expect(parsed < 40 * text.utf8.count + 20_000_000)
  }
}
