import Testing

@testable import Terminal

@Suite struct WidthTests {
  @Test(arguments: [
    ("abc", 3), ("héllo", 5), ("e\u{301}", 1), ("日本語", 6), ("한국", 4), ("ｗｉｄｅ", 8), ("🎉", 2), ("✓", 1), ("…", 1),
    ("\u{200d}", 0),
    ("ｶﾅ", 2), ("─│", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤️", 2), ("क्षि", 3), ("#️⃣", 1),
  ]) func widthsAreThoseOfTerminals(_ text: String, _ width: Int) { #expect(DisplayWidth.of(text) == width) }

  @Test func cuttingKeepsWithinTheColumns() {
    for columns in 0...12 {
      for text in ["abcdefghij", "日本語日本語", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "e\u{301}e\u{301}e\u{301}e\u{301}", ""] {
        #expect(DisplayWidth.of(DisplayWidth.cut(text, to: columns)) <= columns)
      }
    }
    #expect(DisplayWidth.cut("abcdef", to: 4) == "abc…")
    #expect(DisplayWidth.cut("日本語", to: 4) == "日…")
    #expect(DisplayWidth.cut("abcd", to: 4) == "abcd")
  }
}
