import Commands
import Diagnostics
import Interpreter
import TestSupport
import Testing

/// Texts that people never meant: the check says what is wrong or makes a program, and nothing else happens.
@Suite struct BrokenScriptTests {
  private final class Nowhere: Output {
    func print(_ value: Value) throws {}
    func note(_ text: String) {}
    func ask(_ text: String) {}
    func flush() throws {}
    var letsProgramsWrite: Bool { false }
  }

  private static let seeds =
    allCommands.all.flatMap { $0.examples.map(\.line) } + [
      "def f [a: int, b = 5, --opt: duration = 3s, --flag, ...rest] { if $a < 2 { return $a }; f ($a - 1) }\nf 3",
      "let r = {a: [1 2 {b: 0x[de ad]}]}; set r.a[0] = 1h30min; $r?.a[1..] | each {|x| $x}",
      "try { within 5s { retry 3 --every 1ms { fail {code: x} } } } catch e { $e.code } finally { defer { 1 } }",
      "for i in 1..<10 { while $i > 3 { break }; loop { continue } }; assert 1 == 1 and not false, \"why ${1 + 2}\"",
      "use nothing\n^prog --x=1 $y | 192.0.2.1 in 10.0.0.0/8 | $in =~ re'(?<a>b)' | \"\"\"\n  text\n  \"\"\"",
    ]

  @Test func changedTextsAreCheckedAndNothingElse() {
    let session = Session(commands: allCommands, output: Nowhere())
    var chance = SeededRandom(seed: 20_261_123)
    let alphabet = Array("{}[]()|$\"'`;:,.<>=!+-*/%#@~^&\\ \n\t\r\u{0}az09_é".utf8)
    for turn in 0..<6_000 {
      guard var bytes = Self.seeds.randomElement(using: &chance).map({ Array($0.utf8) }), !bytes.isEmpty else {
        continue
      }
      for _ in 0...Int.random(in: 0..<4, using: &chance) {
        let place = Int.random(in: 0..<bytes.count, using: &chance)
        switch Int.random(in: 0..<5, using: &chance) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(alphabet.randomElement(using: &chance) ?? 0, at: place)
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &chance)
        case 3:
          let other = Self.seeds.randomElement(using: &chance) ?? ""
          bytes.insert(contentsOf: other.utf8.prefix(Int.random(in: 0...40, using: &chance)), at: place)
        default: bytes.removeSubrange(place..<Swift.min(bytes.count, place + Int.random(in: 0...8, using: &chance)))
        }
        if bytes.isEmpty { bytes = [UInt8(ascii: "1")] }
      }
      let source = Source(name: "changed", bytes: bytes)
      guard case .failure(let findings) = session.check(source) else { continue }
      #expect(!findings.all.isEmpty, "turn \(turn)")
      for finding in findings.all where finding.source === source {
        #expect(finding.span.start >= 0 && finding.span.end <= bytes.count, "turn \(turn): \(finding.message)")
      }
    }
  }

  @Test func aVariableOfARefusedTextIsNotKnownLater() {
    let session = Session(commands: allCommands, output: Nowhere())
    _ = session.check(Source(name: "a", text: "let fresh = 1; nonsense"))
    guard case .failure(let findings) = session.check(Source(name: "b", text: "$fresh")) else {
      Issue.record("the variable is known")
      return
    }
    #expect(findings.all.map(\.code) == ["unknown-variable"])
  }
}
