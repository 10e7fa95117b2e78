import Net
import TestSupport
import Testing

@Suite struct TimeSpanTests {
  @Test(
    arguments: [
      ("250ms", 250_000_000, "250ms"), ("1h30min", 5_400_000_000_000, "1h30min"), ("1.5s", 1_500_000_000, "1.5s"),
      ("2d", 172_800_000_000_000, "2d"),
      ("0s", 0, "0s"), ("0ns", 0, "0s"), ("-0s", 0, "0s"), ("1ns", 1, "1ns"), ("1500us", 1_500_000, "1.5ms"),
      ("5µs", 5000, "5us"), ("5μs", 5000, "5us"), ("90s", 90_000_000_000, "1min30s"),
      ("1d2h3min4s5ms6us7ns", 93_784_005_006_007, "1d2h3min4.005006007s"), ("2d0.5s", 172_800_500_000_000, "2d0.5s"),
      ("1.5h", 5_400_000_000_000, "1h30min"),
      ("1h0.5min", 3_630_000_000_000, "1h30s"), ("1000ms", 1_000_000_000, "1s"), ("60s", 60_000_000_000, "1min"),
      ("0.1us", 100, "100ns"), ("-5s", -5_000_000_000, "-5s"),
      ("9223372036854775807ns", .max, "106751d23h47min16.854775807s"),
      ("-9223372036854775808ns", .min, "-106751d23h47min16.854775808s"),
      ("1.50000000000000000000000s", 1_500_000_000, "1.5s"), ("0.0000000001d", 8640, "8.64us"),
    ] as [(String, Int64, String)])
  func parses(text: String, nanoseconds: Int64, canonical: String) throws {
    let span = try #require(TimeSpan(text))
    #expect(span.nanoseconds == nanoseconds && span.description == canonical)
    #expect(TimeSpan(canonical) == span)
  }

  @Test(
    arguments: [
      "5m", "5", "s", "5 s", "5S", "5sec", "30min1h", "1s1s", "1h1h", "1.5h30min", "1.5ns", "0.0000000001s", ".5s",
      "1.s", "1s.", "1_000ms", "9223372036854775808ns",
      "106752d", "106751d23h47min16.854775808s", "99999999999999999999d", "1h-30min", "-", "5s ", "1ms1us1ns1",
      "5\u{301}s", "5\u{b5}", "5us\u{301}",
    ] + hostileTexts)
  func refuses(text: String) { #expect(TimeSpan(text) == nil) }

  @Test(
    arguments: [
      ("5m", "5min"), ("1m30s", "1min30s"), ("1h30m", "1h30min"), ("2hours", "2h"), ("10sec", "10s"),
      ("1.5seconds", "1.5s"), ("-5m", "-5min"), ("3days", "3d"),
      ("5min", nil), ("5", nil), ("m", nil), ("5parsecs", nil), ("30m1h", nil), ("", nil), ("99999999999m", nil),
      ("1..5m", nil),
    ] as [(String, String?)])
  func suggests(text: String, suggestion: String?) { #expect(TimeSpan.suggestion(for: text) == suggestion) }

  @Test(arguments: hostileTexts)
  func suggestsNothingForNoise(text: String) { #expect(TimeSpan.suggestion(for: text) == nil) }

  @Test func roundTrips() {
    var random = SeededRandom(seed: 60)
    for _ in 0..<3000 {
      let number = random.number()
      for nanoseconds in [number, number / 1_000_000_000 * 1_000_000_000, number / 60_000_000_000 * 60_000_000_000] {
        let span = TimeSpan(nanoseconds: nanoseconds)
        #expect(TimeSpan(span.description) == span)
        #expect(TimeSpan.suggestion(for: span.description) == nil)
      }
    }
  }

  @Test func computesChecked() {
    let most = TimeSpan(nanoseconds: .max)
    let least = TimeSpan(nanoseconds: .min)
    #expect(
      most.adding(TimeSpan(nanoseconds: 1)) == nil && TimeSpan.zero.subtracting(least) == nil
        && least.multiplied(by: -1) == nil)
    #expect(TimeSpan(seconds: 3)?.adding(TimeSpan(nanoseconds: 5))?.nanoseconds == 3_000_000_005)
    #expect(TimeSpan(seconds: .max) == nil)
    #expect(Deadline.after(most) == .never)
    #expect(Deadline.after(least).isOver)
  }
}
