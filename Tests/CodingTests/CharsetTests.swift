import Coding
import TestSupport
import Testing

/// Charsets against Python's codecs, whole and cut anywhere.
@Suite struct CharsetTests {
  /// What Python calls what IANA calls so, and whether both agree on what is no character.
  static let charsets: [(name: String, python: String)] = [
    ("utf-8", "utf-8-sig"), ("us-ascii", "ascii"), ("iso-8859-1", "latin-1"), ("utf-16le", "utf-16-le"),
    ("utf-16be", "utf-16-be"), ("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("iso-8859-15", "iso-8859-15"),
    ("iso-8859-7", "iso-8859-7"), ("ibm866", "cp866"),
  ]
  /// Those of several bytes, of which the libraries do not call the same damage one character.
  static let wide: [(name: String, python: String)] = [
    ("shift_jis", "shift_jis"), ("euc-jp", "euc_jp"), ("gb18030", "gb18030"), ("big5", "big5"), ("euc-kr", "euc_kr"),
    ("iso-2022-jp", "iso2022_jp"), ("windows-1252", "cp1252"),
  ]
  /// Where Big5 itself has nothing, its extensions have different characters.
  static let cyrillic = "Привет, "
  static let sample = "Grüße, Ελλάδα, Привет, 日本語, 한국어, 中文, €, 😀"

  @Test(arguments: charsets.indices) func readsAnythingAsPythonDoes(index: Int) throws {
    let (name, python) = Self.charsets[index]
    let charset = try #require(Charset(name))
    var random = SeededRandom(seed: UInt64(index + 1))
    var messages = (0..<120).map { random.bytes($0) }
    messages.append(Array(Self.sample.utf8))
    messages.append([0xEF, 0xBB, 0xBF] + Array(Self.sample.utf8))
    let answers = try Python.run(
      """
      import sys
      for line in sys.stdin:
        print(bytes.fromhex(line[1:].strip()).decode("\(python)", "replace").encode("utf-8").hex())
      """, lines: messages.map { "-" + hex($0) })
    for (message, answer) in zip(messages, answers) {
      let expected = String(decoding: bytes(hex: answer), as: UTF8.self)
      let found = charset.decode(message)
      // The mark of UTF-16 is a character to Python's codecs that name their order.
      let wanted =
        name.hasPrefix("utf-16") && expected.unicodeScalars.first == "\u{FEFF}"
        ? String(expected.unicodeScalars.dropFirst()) : expected
      #expect(Array(found.utf8) == Array(wanted.utf8), "\(name): \(hex(message))")
      expectSameInPieces(charset, message, found, &random)
    }
  }

  @Test(arguments: wide.indices) func readsWhatPythonWrites(index: Int) throws {
    let (name, python) = Self.wide[index]
    let charset = try #require(Charset(name))
    let answers = try Python.run(
      """
      import sys
      for line in sys.stdin:
        text = "".join(c for c in line[:-1] if c.encode("\(python)", "ignore"))
        print(text.encode("utf-8").hex(), text.encode("\(python)").hex())
      """, lines: [name == "big5" ? Self.sample.replacing(Self.cyrillic, with: "") : Self.sample])
    let parts = try #require(answers.first).split(separator: " ")
    let message = bytes(hex: String(parts[1]))
    let text = charset.decode(message)
    #expect(hex(Array(text.utf8)) == parts[0])
    var random = SeededRandom(seed: 3)
    expectSameInPieces(charset, message, text, &random)
    for length in 0..<message.count { _ = charset.decode(Array(message.prefix(length))) }
    for size in 0..<200 {
      let noise = random.bytes(size)
      expectSameInPieces(charset, noise, charset.decode(noise), &random)
    }
  }

  @Test func looksForMarks() throws {
    let utf16 = try #require(Charset("UTF-16"))
    #expect(utf16.decode([0xFE, 0xFF, 0, 0x41]) == "A")
    #expect(utf16.decode([0xFF, 0xFE, 0x41, 0]) == "A")
    #expect(utf16.decode([0, 0x41]) == "A")
    #expect(utf16.decode([0, 0x41, 0]) == "A\u{FFFD}")
    #expect(utf16.decode([0xD8, 0x3D, 0xDE, 0x00]) == "😀")
    #expect(utf16.decode([0xD8, 0x3D, 0, 0x41]) == "\u{FFFD}A")
    #expect(utf16.decode([0xD8, 0x3D]) == "\u{FFFD}")
    #expect(Charset.utf8.decode([0xEF, 0xBB, 0xBF, 0x41]) == "A")
    #expect(Charset.marked([0xFF, 0xFE, 0x41, 0])?.name == "utf-16le")
    #expect(Charset.marked(Array("text".utf8)) == nil)
  }

  @Test func knowsNamesAndRefusesTricks() {
    for (label, name) in [
      ("UTF8", "utf-8"), ("Latin1", "iso-8859-1"), ("US-ASCII", "us-ascii"), ("windows-1252", "windows-1252"),
    ] {
      #expect(Charset(label)?.name == name)
    }
    for label in [
      "", "klingon", "utf-8//TRANSLIT", "../../etc", "a b", "ISO-8859-2//IGNORE", String(repeating: "x", count: 41),
    ] {
      #expect(Charset(label) == nil)
    }
  }

  private func expectSameInPieces(
    _ charset: Charset, _ message: [UInt8], _ whole: String, _ random: inout SeededRandom
  ) {
    for cuts in [pieces(of: message, &random), message.map { [$0] }] {
      let decoder = CharsetDecoder(charset)
      let text = cuts.map { decoder.receive($0) }.joined() + decoder.finish()
      #expect(Array(text.utf8) == Array(whole.utf8), "\(charset.name) in pieces: \(hex(message))")
    }
  }
}
