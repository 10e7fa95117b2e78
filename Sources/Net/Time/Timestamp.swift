/// A point of time in UTC: nanoseconds since 1970-01-01T00:00:00Z without leap seconds, as POSIX counts them.
///
/// 64 bits reach from 1677-09-21T00:12:43.145224192Z to 2262-04-11T23:47:16.854775807Z.
public struct Timestamp: Hashable, Sendable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Gives the present time of the wall clock.
  public static func now() -> Timestamp { Timestamp(nanoseconds: wallClockNow()) }

  /// Makes a point of time from seconds since 1970 and nanoseconds; nil beyond the range.
  public init?(secondsSince1970 seconds: Int64, nanoseconds: Int64 = 0) {
    guard let sum = Int64(exactly: Int128(seconds) * 1_000_000_000 + Int128(nanoseconds)) else { return nil }
    self.nanoseconds = sum
  }

  /// Whole seconds since 1970, rounded down.
  public var secondsSince1970: Int64 { flooredDivision(nanoseconds, 1_000_000_000).quotient }

  /// Gives the point of time a span later; nil beyond the range.
  public func adding(_ span: TimeSpan) -> Timestamp? {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(span.nanoseconds)
    return overflow ? nil : Timestamp(nanoseconds: sum)
  }

  /// Gives the span since an earlier point of time, negative since a later one; nil beyond 64 bits.
  public func since(_ other: Timestamp) -> TimeSpan? {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    return overflow ? nil : TimeSpan(nanoseconds: difference)
  }
}

extension Timestamp: Comparable {
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC: `2026-11-23T05:12:29Z`, with a fraction only if there is one.
  public var description: String {
    TextWriter.text(capacity: 32) { writer in
      let civil = self.civil
      writer.write(decimal: UInt64(clamping: civil.year), width: 4)
      writer.write(UInt8(ascii: "-"))
      writer.write(decimal: UInt64(clamping: civil.month), width: 2)
      writer.write(UInt8(ascii: "-"))
      writer.write(decimal: UInt64(clamping: civil.day), width: 2)
      writer.write(UInt8(ascii: "T"))
      writer.write(decimal: UInt64(clamping: civil.hour), width: 2)
      writer.write(UInt8(ascii: ":"))
      writer.write(decimal: UInt64(clamping: civil.minute), width: 2)
      writer.write(UInt8(ascii: ":"))
      writer.write(decimal: UInt64(clamping: civil.second), width: 2)
      writer.write(fraction: UInt64(clamping: civil.nanosecond), places: 9)
      writer.write(UInt8(ascii: "Z"))
    }
  }
}
