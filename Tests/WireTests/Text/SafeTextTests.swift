import Testing

@testable import Wire

@Suite struct SafeTextTests {
  /// What a terminal would not obey: printable ASCII, newline, tab, and scalars that are neither controls nor invisible.
  func isSafe(_ text: String, newlines: Bool = true) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar == "\n" || scalar == "\t" { return newlines }
      let category = scalar.properties.generalCategory
      let joiner = scalar.value == 0x200C || scalar.value == 0x200D
      return category != .control && (category != .format || joiner || Self.visibleFormat.contains(scalar.value))
        && category != .lineSeparator && category != .paragraphSeparator
    }
  }
  /// Format characters that are drawn or only affect the numerals and notes beside them: Arabic signs, musical beams …
  static let visibleFormat: Set<UInt32> = Set(0x600...0x605).union([
    0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
  ])
  .union(0x13430...0x1343F).union(0x1BCA0...0x1BCA3).union(0x1D173...0x1D17A)

  @Test func everySingleByte() {
    for byte in UInt8.min...UInt8.max {
      let shown = SafeText.escaping([byte])
      switch byte {
      case 0x0A, 0x09, 0x20...0x7E: #expect(shown == String(Unicode.Scalar(byte)))
      case 0x0D: #expect(shown == "\\r")
      default: #expect(shown == "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      }
      let cell = SafeText.escaping([byte], .singleLine)
      #expect(isSafe(cell, newlines: false) && isSafe(shown))
    }
    #expect(SafeText.escaping("a\n\tb\r\n", .singleLine) == "a\\n\\tb\\r\\n")
  }

  @Test func everyPairOfBytesIsSafeAndCutsDoNotMatter() {
    for a in UInt8.min...UInt8.max {
      for b in UInt8.min...UInt8.max {
        let whole = SafeText.escaping([0x41, a, b])
        var pieces = SafeText()
        let cut = pieces.add([0x41, a]) + pieces.add([b]) + pieces.end()
        guard text(of: cut) == whole, a > 0x7E || b > 0x7E || a < 0x20 || b < 0x20 || whole.utf8.count == 3 else {
          Issue.record("\(a) \(b): \(whole) and \(cut)")
          return
        }
        guard whole.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 10 || $0 == 9 }) else {
          Issue.record("\(a) \(b)")
          return
        }
      }
    }
  }

  @Test func everyScalar() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      let shown = SafeText.escaping(text)
      let changed = shown != text
      guard isSafe(shown), !changed || shown.utf8.first == 0x5C else {
        Issue.record("U+\(String(value, radix: 16)) is shown as it is")
        continue
      }
      let category = scalar.properties.generalCategory
      if changed, ![.control, .format, .lineSeparator, .paragraphSeparator].contains(category),
        value != 0x034F, !(0xE0000...0xE007F).contains(value), !(0x2060...0x206F).contains(value)
      {
        Issue.record("U+\(String(value, radix: 16)) is escaped without need")
      }
    }
  }

  @Test(arguments: [
    ("\u{1B}[31mred\u{1B}[0m", "\\x1b[31mred\\x1b[0m"), ("\u{9B}31m", "\\u{9b}31m"), ("a\rb", "a\\rb"),
    ("a\r\nb", "a\nb"),
    ("a\r\r\n", "a\\r\n"), ("\u{202E}txt.exe", "\\u{202e}txt.exe"), ("\u{2066}\u{2069}", "\\u{2066}\\u{2069}"),
    ("\u{61C}\u{200E}\u{200F}", "\\u{61c}\\u{200e}\\u{200f}"), ("\u{FEFF}x", "\\u{feff}x"), ("\u{E0041}", "\\u{e0041}"),
    ("gr\u{fc}\u{df}e \u{4e16}\u{754c} \u{1F600}", "gr\u{fc}\u{df}e \u{4e16}\u{754c} \u{1F600}"),
    ("\u{7F}\0", "\\x7f\\x00"),
  ])
  func strings(_ text: String, _ shown: String) {
    #expect(SafeText.escaping(text) == shown && SafeText.escaping(Array(text.utf8)) == shown)
  }

  @Test(
    arguments: [
      ([0xC0, 0x80], "\\xc0\\x80"), ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xE2, 0x82], "\\xe2\\x82"),
      ([0xF4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"), ([0x9B, 0x33], "\\x9b3"), ([0xE2, 0x41], "\\xe2A"),
      ([0xF0, 0x9F, 0x98], "\\xf0\\x9f\\x98"), ([0xFF, 0xFE], "\\xff\\xfe"), ([0xC3, 0xC3, 0xA9], "\\xc3\u{e9}"),
    ] as [([UInt8], String)])
  func invalidUTF8(_ bytes: [UInt8], _ shown: String) { #expect(SafeText.escaping(bytes) == shown) }

  @Test(arguments: [SafeText.Layout.lines, .singleLine])
  func piecesOfAnySize(_ layout: SafeText.Layout) {
    let sample = Array("a\u{e9}\u{4e16}\u{1F600}\r\n\u{202E}\r\u{9B}\t".utf8) + [0xF0, 0x9F, 0x0D, 0x0A, 0xE2, 0x80]
    let whole = SafeText.escaping(sample, layout)
    for step in 1...sample.count {
      var escaper = SafeText(layout)
      var out: [UInt8] = []
      var rest = sample[...]
      while !rest.isEmpty {
        let piece = escaper.add(Array(rest.prefix(step)))
        #expect(String(validating: piece, as: UTF8.self) != nil)
        out += piece
        rest = rest.dropFirst(step)
      }
      #expect(text(of: out + escaper.end()) == whole)
    }
  }
}
