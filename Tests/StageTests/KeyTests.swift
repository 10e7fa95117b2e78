import Stage
import Testing

/// From bytes to keys, and from keys to cues.
struct KeyTests {
  private func keys(_ bytes: String) -> [Key] {
    var decoder = KeyDecoder()
    var keys = bytes.utf8.compactMap { decoder.add($0) }
    if let last = decoder.end() { keys.append(last) }
    return keys
  }

  @Test(arguments: [
    (" ", Key.character(" ")), ("\r", .enter), ("\n", .enter), ("\u{7f}", .backspace), ("\u{8}", .backspace),
    ("\u{1b}", .escape), ("\u{1b}[C", .right), ("\u{1b}OC", .right), ("\u{1b}[D", .left), ("\u{1b}[1;5D", .left),
    ("\u{1b}[A", .up), ("\u{1b}[B", .down), ("\u{1b}[5~", .pageUp), ("\u{1b}[6~", .pageDown),
    ("\u{1b}[6;2~", .pageDown),
    ("\u{1b}[H", .home), ("\u{1b}[1~", .home), ("\u{1b}[F", .end), ("\u{1b}[4~", .end), ("\u{1b}[15~", .f5),
    ("\u{1b}[[E", .f5), ("\u{1b}[[A", .unknown), ("\u{1b}[99~", .unknown), ("é", .character("é")),
    ("\u{1b}x", .unknown), ("日", .character("日")), ("\u{1f600}", .character("\u{1f600}")),
  ]) func aKey(_ bytes: String, _ key: Key) { #expect(keys(bytes) == [key]) }

  @Test func keysFollowEachOther() {
    #expect(keys("\u{1b}[6~ \u{1b}[5~b") == [.pageDown, .character(" "), .pageUp, .character("b")])
  }

  @Test func anyBytesAreKeys() {
    for first in UInt8.min...UInt8.max {
      for second: UInt8 in [0, 0x1B, 0x5B, 0x7E, 0x80, 0xFF] {
        var decoder = KeyDecoder()
        for byte in [first, second, 0x5B, 0x5B, 0x31, second, first] + Array(repeating: 0x30, count: 40) {
          _ = decoder.add(byte)
        }
        _ = decoder.end()
        #expect(!decoder.isInside)
      }
    }
  }

  /// What clickers send: PageDown and PageUp or arrows, F5 and Escape in turn, `b` or `.` for a black screen.
  @Test func aClickerIsUnderstood() {
    #expect(["\u{1b}[6~", "\u{1b}[C", " ", "\r"].flatMap(keys).map(Cue.init) == [.next, .next, .next, .next])
    #expect(["\u{1b}[5~", "\u{1b}[D", "\u{7f}"].flatMap(keys).map(Cue.init) == [.back, .back, .back])
    #expect(["\u{1b}[15~", "\u{1b}", "b", "."].flatMap(keys).map(Cue.init) == [.blank, .blank, .blank, .blank])
    #expect(keys("7").map(Cue.init) == [.digit(7)])
    #expect(keys("x\u{1b}[99~").map(Cue.init) == [nil, nil])
  }

  @Test func noKeyHasTwoMeanings() {
    let all = Cue.bindings.flatMap(\.keys)
    #expect(Set(all).count == all.count)
  }
}
