import Glibc
import TestSupport
import Testing

@testable import Wire

/// Documents in three layouts, from Tests/RFC/mirror: pages of 1999, none as since 2019, and pages of 1979.
@Suite struct RFCFixtureTests {
  static func bytes(_ number: Int) throws -> [UInt8] {
    try Program("cat", "\(Tree.root)/Tests/RFC/mirror/rfc\(number).txt").finish().output
  }

  private func read(_ number: Int) throws -> RFCText { RFCText(try Self.bytes(number)) }

  private func outline(_ rfc: RFCText) -> [String] {
    rfc.sections.map { $0.number.isEmpty ? $0.title : "\($0.number) \($0.title)" }
  }

  @Test func withPages() throws {
    let rfc = try read(90001)
    #expect(rfc.number == 90001 && rfc.title == "Tidings by Ferry: A Protocol for Slow Crossings")
    #expect(
      outline(rfc) == [
        "Status of this Memo", "Abstract", "1 Introduction", "1.1 Words", "2 Tidings", "2.1 Syntax",
        "2.2 A Section with a Title That Is So Long That It Takes Two Lines", "3 Security Considerations",
        "A Times of Departure", "Author's Address",
      ])
    let text = rfc.withoutPageBreaks
    #expect(!text.contains("\u{0C}") && !text.contains("[Page 1]") && !text.contains("March 1999\n\n\n"))
    #expect(text.contains("cut by the end of\n   the page, so that") && text.contains("See [Page 3] of the handbook"))
    #expect(rfc.text(ofSection: "1")?.contains("3.  The mate does not read them.\n\n1.1.  Words\n\n") == true)
    #expect(rfc.text(ofSection: "2.2")?.hasSuffix("      Two Lines\n\n   Its body is short.") == true)
    #expect(rfc.text(ofSection: "Appendix A")?.hasPrefix("Appendix A.  Times of Departure\n") == true)
    #expect(rfc.text(ofSection: "abstract")?.hasPrefix("Abstract\n\n   Tidings are short") == true)
    #expect(
      rfc.text(ofSection: "2.3") == nil && rfc.text(ofSection: "") == nil && rfc.text(ofSection: "nothing") == nil)
  }

  @Test func grammarOverAPageBreak() throws {
    let rules = try read(90001).grammar
    #expect(rules.map(\.name) == ["tiding", "sender", "recipient", "name", "text"])
    #expect(rules[3].text.contains("1*8ALPHA") && rules[3].text.contains("/ \"*\""), "\(rules[3].text)")
    #expect(rules.allSatisfy { $0.section == "2.1" })
  }

  @Test func withoutPages() throws {
    let rfc = try read(90002)
    #expect(rfc.number == 90002 && rfc.title == "Tidings by Lamp")
    #expect(
      outline(rfc) == [
        "Abstract", "Status of This Memo", "Copyright Notice", "1 Introduction", "1.1 Requirements Notation", "2 Lamps",
        "2.1 Flashes, Pauses, and What Is to Be Done When Neither Can Be Seen", "2.2 Syntax of Tidings",
        "2.2.1 Escapes", "3 IANA Considerations", "4 References", "4.1 Normative References", "A Collected ABNF",
        "Acknowledgements", "Authors' Addresses",
      ])
    #expect(rfc.text(ofSection: "2.2")?.contains("2.2.1.  Escapes") == true)
    #expect(rfc.text(ofSection: "2.2")?.contains("IANA") == false)
    #expect(rfc.sections.filter { $0.level == 3 }.map(\.number) == ["2.2.1"])
    let line = try #require(rfc.lines.firstIndex { $0.contains("colour") })
    #expect(rfc.section(ofLine: line)?.number == "2.2.1" && rfc.section(ofLine: 0) == nil)
    #expect(rfc.lines.first == "" && rfc.lines.contains { $0.hasSuffix("Å. Ångström") })
  }

  @Test func collectedGrammarComesOnce() throws {
    let rules = try read(90002).grammar
    #expect(rules.map(\.name) == ["tiding", "sender", "recipient", "name", "text", "escape"])
    #expect(rules.map(\.section) == ["2.2", "2.2", "2.2", "2.2", "2.2.1", "2.2.1"])
  }

  @Test func pagesOfOld() throws {
    let rfc = try read(90003)
    #expect(outline(rfc) == ["1 INTRODUCTION", "1.1 Motivation", "1.2 Scope", "2 PHILOSOPHY", "2.1 Elements"])
    #expect(!rfc.withoutPageBreaks.contains("[Page") && rfc.withoutPageBreaks.contains("Café."))
    // The header of the pages goes, and the date on the title page stays.
    #expect(
      rfc.lines.count { $0.contains("June 1979") } == 1 && rfc.lines.count { $0.contains("Tidings by Flag") } == 0)
  }

  @Test func whatIsARule() {
    func isRule(_ line: String) -> Bool {
      guard let start = ABNFReader.ruleStart(line) else { return false }
      return ABNFReader.isElements(start.elements)
    }
    for rule in [
      "OWS = *( SP / HTAB )", "quoted-pair = \"\\\" ( HTAB / SP / VCHAR / obs-text )",
      "Via = #( received-protocol RWS )",
      "date1 = day SP month SP year ; e.g., 02 Jun 1982", "HTTP-name = %s\"HTTP\"", "h16 = 1*4HEXDIG",
      "<atom> = 1*<any CHAR>",
      "GMT = %x47.4D.54", "ls32 =/ IPv4address", "parameters=\"\"", "a = [ b [ c ] ] 3*5d",
    ] { #expect(isRule(rule), "\(rule)") }
    for text in [
      "x = y + z", "n = 3", "total = count;", "f = g(x)", "a == b", "the value = 3", "a = ( b", "a = b ]", "a = / b",
      "a =", "= a",
      "a = \"open", "if (a = b)", "x = %q12", "a = b, c",
    ] { #expect(!isRule(text), "\(text)") }
    #expect(!ABNFReader.isElements(String(repeating: "(", count: 100_000)))
  }

  /// Whatever a document holds, reading ends, and every section lies within it.
  @Test func theAdversary() throws {
    for number in [90001, 90002, 90003] {
      let bytes = try Self.bytes(number)
      var random = SeededRandom(seed: UInt64(number))
      for _ in 0..<150 {
        var changed = Array(bytes[..<Int.random(in: 0...bytes.count, using: &random)])
        for _ in 0..<Int.random(in: 0...5, using: &random) where !changed.isEmpty {
          changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        let rfc = RFCText(changed)
        for section in rfc.sections {
          #expect(section.lines.lowerBound >= 0 && section.lines.upperBound <= rfc.lines.count)
          _ = rfc.body(of: section)
          _ = rfc.text(ofSection: section.number)
        }
        for rule in rfc.grammar { #expect(rule.line < rfc.lines.count) }
      }
    }
  }
}
