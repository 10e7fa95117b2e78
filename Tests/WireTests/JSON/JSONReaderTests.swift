import TestSupport
import Testing

@testable import Wire

/// RFC 8259 by cases, and Python's `json` as a second opinion where it is not laxer than the RFC.
@Suite struct JSONReaderTests {
  @Test(arguments: JSONCases.accepted) func accepts(text: String) throws { _ = try tokens(Array(text.utf8)) }

  @Test(arguments: JSONCases.refused) func refuses(text: String) {
    #expect(throws: JSONError.self) { try tokens(Array(text.utf8)) }
  }

  @Test(arguments: JSONCases.refusedBytes) func refusesBytes(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try tokens(bytes) }
  }

  @Test func hasManyCases() {
    #expect(JSONCases.accepted.count + JSONCases.refused.count + JSONCases.refusedBytes.count > 300)
  }

  /// Python reads `NaN` and half surrogate pairs, and gives infinity; with these made strict it must agree on every case.
  @Test func agreesWithPythonOnTheCases() throws {
    let all = (JSONCases.accepted + JSONCases.refused).map { Array($0.utf8) } + JSONCases.refusedBytes
    let answers = try Python.run(
      """
      import json, math, sys
      def refuse(text): raise ValueError(text)
      def finite(text):
        if math.isinf(float(text)): raise ValueError(text)
        return float(text)
      for line in sys.stdin:
        try:
          text = bytes.fromhex(line).decode("utf-8")
          value = json.loads(text, parse_constant=refuse, parse_float=finite)
          json.dumps(value, ensure_ascii=False).encode("utf-8")
          print("good")
        except ValueError:
          print("bad")
      """, lines: all.map { text in text.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() })
    #expect(answers.count == all.count)
    for (text, answer) in zip(all, answers) {
      let ours = (try? tokens(text)) == nil ? "bad" : "good"
      #expect(ours == answer, "\(String(decoding: text, as: UTF8.self).debugDescription)")
    }
  }

  @Test func givesTokensInOrder() throws {
    let text = #" {"a": [1, -2.5, "x\n\ud83d\ude00"], "b": {}, "c": 18446744073709551616, "d": [true, false, null]} "#
    #expect(
      try tokens(Array(text.utf8)) == [
        .beginObject, .name("a"), .beginArray, .int(1), .float(-2.5), .string("x\n😀"), .endArray, .name("b"),
        .beginObject, .endObject, .name("c"), .integer("18446744073709551616"), .name("d"), .beginArray, .bool(true),
        .bool(false), .null, .endArray, .endObject,
      ])
  }

  /// Random floats in many spellings are the nearest double, as Python's are.
  @Test func readsFloatsExactly() throws {
    var random = SeededRandom(seed: 8259)
    var texts: [String] = []
    for _ in 0..<5000 {
      let digits = (0..<(1 + random.below(20))).map { _ in String(random.below(10)) }.joined()
      let exponent = random.below(3) == 0 ? "" : "e\(random.below(60) - 30)"
      let whole = random.pick(["0", "7", "123456789", "90071992547409"])
      texts.append((random.below(4) == 0 ? "-" : "") + whole + "." + digits + exponent)
      texts.append("\(Double(bitPattern: random.next() & 0xBFFF_FFFF_FFFF_FFFF))")
    }
    let answers = try Python.run(
      """
      import json, struct, sys
      for line in sys.stdin: print(struct.pack(">d", float(json.loads(line))).hex())
      """, lines: texts)
    #expect(answers.count == texts.count)
    for (text, answer) in zip(texts, answers) {
      guard case .float(let number)? = try tokens(Array(text.utf8)).first else {
        Issue.record("no float: \(text)")
        continue
      }
      #expect(UInt64(answer, radix: 16) == number.bitPattern, "\(text)")
    }
  }

  @Test func limitsDepthAndDigits() throws {
    func nested(_ depth: Int) -> [UInt8] {
      [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
    }
    #expect(try tokens(nested(1_000)).count == 2_000)
    #expect { try tokens(nested(1_001)) } throws: { ($0 as? JSONError)?.reason == .tooDeep(1_000) }
    #expect { try tokens([UInt8](repeating: UInt8(ascii: "["), count: 10_000_000)) } throws: {
      ($0 as? JSONError)?.offset == 1_000
    }
    let objects = Array(String(repeating: "{\"\":", count: 1_001).utf8)
    #expect { try tokens(objects) } throws: { ($0 as? JSONError)?.reason == .tooDeep(1_000) }
    let digits = [UInt8](repeating: UInt8(ascii: "9"), count: 10_000_000)
    #expect { try tokens(digits) } throws: { ($0 as? JSONError)?.reason == .longInteger }
  }

  @Test(arguments: [
    ("[1,\n  2,\n  x]", 3, 3, 11), ("{\"é\": \"ö\", }", 1, 12, 13), ("\"\u{1}\"", 1, 2, 1), ("[1", 1, 3, 2),
    ("", 1, 1, 0),
    ("\"abc\\q\"", 1, 5, 4), ("[\"\\ud800\"]", 1, 3, 2), ("[007]", 1, 2, 1), ("tru", 1, 4, 3), ("trux", 1, 1, 0),
  ]) func saysWhere(text: String, line: Int, column: Int, offset: Int) {
    #expect { try tokens(Array(text.utf8)) } throws: { error in
      guard let error = error as? JSONError else { return false }
      return (error.line, error.column, error.offset) == (line, column, offset)
    }
  }

  @Test func saysWhichByteIsNotUTF8() {
    #expect { try tokens([0x22, 0xC3, 0xA9, 0x61, 0xFF, 0x22]) } throws: { ($0 as? JSONError)?.offset == 4 }
    #expect { try tokens([0x22, 0x5C, 0x6E, 0xC3, 0x22]) } throws: { ($0 as? JSONError)?.offset == 3 }
  }

  /// Cut at each length and with each byte changed it reads, or throws its own error.
  @Test func bearsDamage() {
    let text = Array(
      #"{"a": [1, -2.5e3, "x\n\ud83d\ude00é", true, null], "bcdefghijkl": {"": 18446744073709551616}}"#.utf8)
    var refused = 0
    func attempt(_ bytes: [UInt8]) {
      do { _ = try tokens(bytes) } catch {
        refused += 1
        #expect(error is JSONError)
      }
    }
    for length in 0..<text.count { attempt(Array(text.prefix(length))) }
    #expect(refused == text.count)
    for index in text.indices {
      for byte in [0, 0x20, 0x22, 0x5C, 0x7B, 0x5D, 0x80, 0xFF, text[index] ^ 1, text[index] ^ 0x80] as [UInt8] {
        var damaged = text
        damaged[index] = byte
        attempt(damaged)
      }
    }
  }

  private func tokens(_ bytes: [UInt8]) throws -> [JSONToken] {
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = JSONReader(bytes)
      var tokens: [JSONToken] = []
      while let token = try reader.next() { tokens.append(token) }
      return tokens
    }
  }
}
