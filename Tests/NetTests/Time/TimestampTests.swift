import Net
import TestSupport
import Testing

@Suite struct TimestampTests {
  @Test(
    "RFC 3339 §5.8 and the edges of the range",
    arguments: [
      ("1985-04-12T23:20:50.52Z", 482_196_050_520_000_000, "1985-04-12T23:20:50.52Z"),
      ("1996-12-19T16:39:57-08:00", 851_042_397_000_000_000, "1996-12-20T00:39:57Z"),
      ("1990-12-31T23:59:60Z", 662_688_000_000_000_000, "1991-01-01T00:00:00Z"),
      ("1990-12-31T15:59:60-08:00", 662_688_000_000_000_000, "1991-01-01T00:00:00Z"),
      ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000_000, "1937-01-01T11:40:27.87Z"),
      ("1970-01-01", 0, "1970-01-01T00:00:00Z"),
      ("1969-12-31T23:59:59.999999999Z", -1, "1969-12-31T23:59:59.999999999Z"),
      ("2026-11-23", 1_795_392_000_000_000_000, "2026-11-23T00:00:00Z"),
      ("2026-11-23t05:12:29z", 1_795_410_749_000_000_000, "2026-11-23T05:12:29Z"),
      ("2026-11-23T05:12", 1_795_410_720_000_000_000, "2026-11-23T05:12:00Z"),
      ("2000-02-29T00:00:00-00:00", 951_782_400_000_000_000, "2000-02-29T00:00:00Z"),
      ("2262-04-11T23:47:16.854775807Z", .max, "2262-04-11T23:47:16.854775807Z"),
      ("1677-09-21T00:12:43.145224192Z", .min, "1677-09-21T00:12:43.145224192Z"),
    ] as [(String, Int64, String)])
  func parses(text: String, nanoseconds: Int64, canonical: String) throws {
    let time = try #require(Timestamp(text))
    #expect(time.nanoseconds == nanoseconds && time.description == canonical)
    #expect(Timestamp(canonical) == time)
  }

  @Test(
    arguments: [
      "2026", "2026-11", "2026-1-2", "2026-13-01", "2026-00-10", "2026-02-29", "1900-02-29", "2026-04-31", "2026-01-00",
      "2026-11-23T", "2026-11-23T05", "2026-11-23T24:00:00Z",
      "2026-11-23T05:60:00Z", "2026-11-23T05:12:60Z", "2026-11-23T05:12:61Z", "2026-11-23T05:12:29.Z",
      "2026-11-23T05:12:29.1234567890Z", "2026-11-23T05:12:29+0100",
      "2026-11-23T05:12:29+24:00", "2026-11-23T05:12:29+01:60", "2026-11-23T05:12:29ZZ", "2026-11-23 05:12:29Z",
      "2026-11-23Z", "20261123", "12026-11-23", "-2026-11-23",
      "2262-04-11T23:47:16.854775808Z", "1677-09-21T00:12:43.145224191Z", "2263-01-01", "1676-12-31", "0000-01-01",
      "9999-12-31T23:59:60Z", "1990-12-31T23:59:60+01:00",
      "2262-04-11T23:47:16-01:00",
    ] + hostileTexts)
  func refuses(text: String) { #expect(Timestamp(text) == nil) }

  @Test func agreesWithPythonsCalendar() throws {
    var random = SeededRandom(seed: 1970)
    var times = (0..<3000).map { _ in Timestamp(nanoseconds: random.number()) }
    // Every first and last of a month of the whole range.
    for year in 1678...2261 {
      for month in 1...12 {
        let last = CivilTime.days(inMonth: month, of: year)
        times += [1, last].compactMap {
          Timestamp(CivilTime(year: year, month: month, day: $0, hour: 23, minute: 59, second: 59))
        }
      }
    }
    #expect(times.count == 3000 + 584 * 24)
    let answers = try Python.run(
      """
      import datetime, sys
      epoch = datetime.datetime(1970, 1, 1)
      for line in sys.stdin:
        seconds, nanoseconds = divmod(int(line), 10**9)
        t = epoch + datetime.timedelta(seconds=seconds)
        print(t.isoformat() + (".%09d" % nanoseconds).rstrip("0").rstrip(".") + "Z", t.isoweekday() % 7, seconds)
      """, lines: times.map { "\($0.nanoseconds)" })
    #expect(answers.count == times.count)
    for (time, answer) in zip(times, answers) {
      #expect("\(time) \(time.weekday) \(time.secondsSince1970)" == answer)
      #expect(Timestamp(time.description) == time)
      #expect(Timestamp(time.civil) == time)
    }
  }

  @Test func computesChecked() {
    let (first, last) = (Timestamp(nanoseconds: .min), Timestamp(nanoseconds: .max))
    #expect(last.adding(TimeSpan(nanoseconds: 1)) == nil && last.since(first) == nil)
    #expect(
      Timestamp("2026-11-24").flatMap { next in Timestamp("2026-11-23").flatMap { next.since($0) } } == TimeSpan("1d"))
    #expect(first < last && Timestamp.now() > Timestamp(nanoseconds: 1_700_000_000_000_000_000))
    #expect(Timestamp(secondsSince1970: .max, nanoseconds: .max) == nil)
    for civil in [
      CivilTime(year: .min, month: 1, day: 1), CivilTime(year: 2026, month: .max, day: 1),
      CivilTime(year: 2026, month: 1, day: .min),
      CivilTime(year: 2026, month: 1, day: 1, hour: .max),
      CivilTime(year: 2026, month: 1, day: 1, second: .max, nanosecond: -1),
    ] { #expect(Timestamp(civil) == nil) }
  }
}
