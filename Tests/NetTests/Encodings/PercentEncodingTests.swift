import Net
import TestSupport
import Testing

/// Percent-encoding against Python's `urllib.parse`, and Latin-1.
@Suite struct PercentEncodingTests {
  @Test func agreesWithPython() throws {
    var random = SeededRandom(seed: 3986)
    let messages = (0..<500).map { _ in random.bytes(random.below(20)) } + [(0...255).map { UInt8($0) }]
    let answers = try Python.run(
      """
      import sys, urllib.parse
      for line in sys.stdin:
        message = bytes.fromhex(line)
        print("-" + urllib.parse.quote(message, safe=""), urllib.parse.quote(message, safe="/:+"))
      """, lines: messages.map { BaseEncoding.hex.encode($0) })
    #expect(answers.count == messages.count)
    for (message, answer) in zip(messages, answers) {
      let plain = PercentEncoding.encode(message)
      let kept = PercentEncoding.encode(message, keeping: Set("/:+".utf8))
      #expect("-\(plain) \(kept)" == answer)
      #expect(try PercentEncoding.decode(Array(plain.utf8)) == message)
    }
  }

  @Test func neverKeepsWhatWouldBreakAURL() {
    #expect(PercentEncoding.encode([0x20, 0x0A, 0x7F, 0xE9], keeping: [0x20, 0x0A, 0x7F, 0xE9]) == "%20%0A%7F%E9")
  }

  @Test(arguments: [("%", 0), ("a%2", 1), ("%zz", 0), ("%%41", 0), ("ab%4g", 2)])
  func refusesHalfTriplets(text: String, offset: Int) {
    #expect(throws: EncodingError.badPercent(offset: offset)) { try PercentEncoding.decode(Array(text.utf8)) }
  }

  @Test func writesLatin1() throws {
    let all = (0...255).map { UInt8($0) }
    #expect(try Latin1.encode(Latin1.decode(all)) == all)
    #expect(Latin1.decode([0x63, 0x61, 0x66, 0xE9]) == "café")
    #expect(throws: EncodingError.notLatin1(offset: 2, scalar: 0x20AC)) { try Latin1.encode("é€") }
  }
}
