import Net
import Testing

@testable import Interpreter

@Suite struct RegexTests {
  private func found(_ pattern: String, _ bytes: [UInt8]) throws -> Regex.Found {
    let regex = try Regex(pattern)
    return try bytes.withUnsafeBufferPointer { try regex.firstMatch(inArrived: $0, from: 0) }
  }

  @Test(arguments: [
    ("ab\\d+x", "..ab12", 2), ("\\r\\n", "line\r", 4), ("^220 .*\\n", "220 hel", 0),
  ])
  func aMatchThatOnlyBeginsWaitsForMore(pattern: String, text: String, place: Int) throws {
    guard case .beginning(let offset) = try found(pattern, Array(text.utf8)) else {
      Issue.record("no beginning")
      return
    }
    #expect(offset == place)
  }

  @Test func aMatchOrNothingIsSaidAtOnce() throws {
    #expect(try found("b+", Array("abba".utf8)).match?.whole == 1..<3)
    guard case .nothing = try found("xyz", Array("abba".utf8)) else {
      Issue.record("something")
      return
    }
  }

  @Test func aPatternThatExplodesIsAnError() throws {
    let regex = try Regex("^(a|a)+$")
    let text = Array((String(repeating: "a", count: 60) + "c").utf8)
    #expect(throws: ValueError.self) { try text.withUnsafeBufferPointer { try regex.firstMatch(in: $0, isText: true) } }
  }

  /// One step of a match may go over all of a long text, so that the limit of steps alone would let it run for minutes.
  @Test func aLongMatchStopsAtTheDeadlineAndAtCtrlC() throws {
    let regex = try Regex("[a-z]+\\d")
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 200_000)
    let watch = Watch(Interrupt())
    Watch.current = watch
    defer { Watch.current = nil }
    for code in ["timeout", "interrupted"] {
      if code == "timeout" { watch.deadline = .after(nanoseconds: 50_000_000) } else { watch.interrupt.raise() }
      do throws(ValueError) {
        _ = try text.withBytes { (bytes) throws(ValueError) in try regex.firstMatch(in: bytes, isText: true) }
        Issue.record("it ended by itself")
      } catch { #expect(error.code == code) }
    }
  }

  @Test func aDotIsACharacterOfTextAndAByteOfBytes() throws {
    let regex = try Regex("^.$")
    let text = Array("é".utf8)
    let asText = try text.withUnsafeBufferPointer { try regex.firstMatch(in: $0, isText: true) }
    let asBytes = try text.withUnsafeBufferPointer { try regex.firstMatch(in: $0, isText: false) }
    #expect(asText != nil && asBytes == nil)
  }

  @Test(arguments: ["(", "[a", "(?<1>x)", "\\C", "a{99999}"])
  func whatIsNoPatternIsAnError(pattern: String) { #expect(throws: ValueError.self) { try Regex(pattern) } }

  /// A long text is searched in slices; what lies across their ends, looks back or forward over them or is empty is found all the same.
  @Test(arguments: [
    "X+", "[a-z]+X", "(?<=bé)X", "X(?=é)", "\\bX", "\\n.*X", "(?m)^é", "(?m)é$", "$", "\\z", "(?s)\\Aé.*\\z", "é|X|$",
    "q*X",
  ])
  func longTextsAreSearchedAsShortOnes(_ pattern: String) throws {
    // The end of the first slice falls between characters and into them.
    let line = "éabéXéX é\n"
    let slice = 1 << 20
    let lines = slice / line.utf8.count
    for shift in [0, 1, 2, 7] {
      let text =
        Array((String(repeating: line, count: lines - 1) + String(repeating: "b", count: shift)).utf8)
        + Array(String(repeating: line, count: lines / 3).utf8)
      let short =
        Array((String(repeating: line, count: 3) + String(repeating: "b", count: shift)).utf8)
        + Array(String(repeating: line, count: lines / 3).utf8)
      // Both begin and end alike, so that the matches are as many apart as lines were left out, and the last ones end alike.
      let regex = try Regex(pattern)
      let (long, other) = (try ends(regex, text), try ends(regex, short))
      #expect(long.last.map { text.count - $0 } == other.last.map { short.count - $0 })
      let ofOneLine =
        try ends(regex, Array(String(repeating: line, count: 5).utf8)).count
        - ends(regex, Array(String(repeating: line, count: 4).utf8)).count
      #expect(long.count - other.count == (lines - 4) * ofOneLine, "\(pattern), \(shift)")
    }
  }

  private func ends(_ regex: Regex, _ text: [UInt8]) throws -> [Int] {
    var ends: [Int] = []
    try text.withUnsafeBufferPointer { bytes in
      try regex.forEachMatch(in: bytes, isText: true) {
        ends.append($0.whole.upperBound)
        return true
      }
    }
    return ends
  }
}
