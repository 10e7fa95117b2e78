import Net
import Testing
import Wire

@Suite struct HTTPDateTests {
  private let now = Timestamp(secondsSince1970: 1_795_000_000)

  /// The examples of RFC 9110 §5.6.7.
  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func allThreeFormsAreRead(text: String) throws {
    #expect(HTTPDate.parse(text)?.secondsSince1970 == 784_111_777)
  }

  @Test func itIsWrittenAsItIsRead() throws {
    for second: Int64 in [0, 784_111_777, 951_827_696, 4_102_444_799] {
      let time = try #require(Timestamp(secondsSince1970: second))
      #expect(HTTPDate.parse(HTTPDate.text(time)) == time)
    }
    #expect(HTTPDate.text(Timestamp(nanoseconds: 784_111_777_000_000_000)) == "Sun, 06 Nov 1994 08:49:37 GMT")
  }

  @Test func aYearOfTwoDigitsIsNotFarInTheFuture() throws {
    let now = try #require(now)
    #expect(HTTPDate.parse("Sunday, 06-Nov-94 08:49:37 GMT", now: now)?.civil.year == 1994)
    #expect(HTTPDate.parse("Friday, 06-Nov-26 08:49:37 GMT", now: now)?.civil.year == 2026)
  }

  @Test(arguments: [
    "", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT x", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun Nov 6 08:49 1994",
  ])
  func whatIsNoTimeIsNone(text: String) { #expect(HTTPDate.parse(text) == nil) }

  /// Cut anywhere, and with one byte flipped: a time, or none.
  @Test func damageIsHarmless() {
    for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
      let bytes = Array(text.utf8)
      for index in bytes.indices {
        _ = HTTPDate.parse(String(decoding: bytes[..<index], as: UTF8.self))
        for bit in 0..<8 {
          var damaged = bytes
          damaged[index] ^= 1 << bit
          _ = HTTPDate.parse(String(decoding: damaged, as: UTF8.self))
        }
      }
    }
  }
}
