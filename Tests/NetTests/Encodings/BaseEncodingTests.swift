import Net
import TestSupport
import Testing

/// The vectors of RFC 4648 §10, Python's opinion on damaged texts, and what is refused.
@Suite struct BaseEncodingTests {
  static let vectors: [(String, base64: String, base32: String, base32hex: String, hex: String)] = [
    ("", "", "", "", ""),
    ("f", "Zg==", "MY======", "CO======", "66"),
    ("fo", "Zm8=", "MZXQ====", "CPNG====", "666f"),
    ("foo", "Zm9v", "MZXW6===", "CPNMU===", "666f6f"),
    ("foob", "Zm9vYg==", "MZXW6YQ=", "CPNMUOG=", "666f6f62"),
    ("fooba", "Zm9vYmE=", "MZXW6YTB", "CPNMUOJ1", "666f6f6261"),
    ("foobar", "Zm9vYmFy", "MZXW6YTBOI======", "CPNMUOJ1E8======", "666f6f626172"),
  ]

  @Test func keepsToTheVectors() throws {
    for vector in Self.vectors {
      let bytes = Array(vector.0.utf8)
      for (encoding, text) in [
        (BaseEncoding.base64, vector.base64), (.base32, vector.base32), (.base32hex, vector.base32hex),
        (.hex, vector.hex), (.base64url, String(vector.base64.prefix { $0 != "=" })),
      ] {
        #expect(encoding.encode(bytes) == text)
        #expect(try encoding.decode(text.utf8) == bytes)
      }
    }
  }

  @Test func usesTheWholeAlphabet() throws {
    let all = (0...255).map { UInt8($0) }
    for encoding in [BaseEncoding.base64, .base64url, .base32, .base32hex, .hex] {
      for length in 0...256 {
        let bytes = Array(all.prefix(length))
        #expect(try encoding.decode(encoding.encode(bytes).utf8) == bytes)
      }
    }
    #expect(BaseEncoding.base64.encode([0xFB, 0xFF]) == "+/8=")
    #expect(BaseEncoding.base64url.encode([0xFB, 0xFF]) == "-_8")
  }

  @Test func readsWhatPeopleWrite() throws {
    #expect(try BaseEncoding.hex.decode("DE:ad be-EF\n".utf8) == [0xDE, 0xAD, 0xBE, 0xEF])
    #expect(try BaseEncoding.base64.decode("Zm9v\r\nYmFy\r\n".utf8) == Array("foobar".utf8))
    #expect(try BaseEncoding.base64url.decode("Zg==".utf8) == Array("f".utf8))
    #expect(try BaseEncoding.base32.decode("mzxw6===".utf8) == Array("foo".utf8))
  }

  @Test(arguments: [
    ("Zg", EncodingError.badPadding("base64", offset: 2)), ("Zg=", .badPadding("base64", offset: 2)),
    ("Zg===", .badPadding("base64", offset: 4)), ("=", .badPadding("base64", offset: 0)),
    ("Zg==Zg==", .badPadding("base64", offset: 4)), ("Zh==", .leftoverBits("base64", offset: 1)),
    ("Z", .cutOff("base64", length: 1)), ("Zm9v=", .badPadding("base64", offset: 4)),
    ("Zm-v", .badDigit("base64", offset: 2, byte: 0x2D)), ("Zm9\u{e9}", .badDigit("base64", offset: 3, byte: 0xC3)),
    ("Z\0==", .badDigit("base64", offset: 1, byte: 0)),
  ]) func refusesBase64(text: String, error: EncodingError) {
    #expect(throws: error) { try BaseEncoding.base64.decode(text.utf8) }
  }

  @Test func refusesHex() {
    #expect(throws: EncodingError.cutOff("hex", length: 3)) { try BaseEncoding.hex.decode("abc".utf8) }
    #expect(throws: EncodingError.badDigit("hex", offset: 1, byte: 0x3A)) { try BaseEncoding.hex.decode("a:bc".utf8) }
    #expect(throws: EncodingError.badDigit("hex", offset: 1, byte: 0x78)) { try BaseEncoding.hex.decode("0x41".utf8) }
    #expect(throws: EncodingError.cutOff("base32", length: 1)) { try BaseEncoding.base32.decode("M".utf8) }
    #expect(throws: EncodingError.cutOff("base32", length: 3)) { try BaseEncoding.base32.decode("MZX".utf8) }
  }

  /// Random texts over the alphabet and padding: whatever we accept, Python's strict reading gives the same bytes.
  @Test func agreesWithPython() throws {
    var random = SeededRandom(seed: 46_48)
    var texts: [String] = []
    for _ in 0..<3000 {
      let bytes = random.bytes(random.below(9))
      var letters = Array((random.below(2) == 0 ? BaseEncoding.base64 : .base32).encode(bytes).utf8)
      if random.below(2) == 0, !letters.isEmpty {
        letters[random.below(letters.count)] = random.pick(Array("=AZQT26+/".utf8))
      }
      texts.append(String(decoding: letters, as: UTF8.self))
    }
    let answers = try Python.run(
      """
      import base64, sys
      def attempt(decode, text):
        try: return decode(text).hex() or "empty"
        except Exception: return "bad"
      for line in sys.stdin:
        text = line[:-1]
        print(attempt(lambda t: base64.b64decode(t, validate=True), text), attempt(lambda t: base64.b32decode(t, casefold=True), text))
      """, lines: texts)
    #expect(answers.count == texts.count)
    var good = 0
    for (text, answer) in zip(texts, answers) {
      let theirs = answer.split(separator: " ").map(String.init)
      for (encoding, theirs) in zip([BaseEncoding.base64, .base32], theirs) {
        guard let ours = try? encoding.decode(text.utf8) else { continue }
        good += 1
        #expect((ours.isEmpty ? "empty" : BaseEncoding.hex.encode(ours)) == theirs, "\(text)")
        #expect(encoding.encode(ours).lowercased() == text.lowercased())
      }
    }
    #expect(good > 1500)
  }
}
