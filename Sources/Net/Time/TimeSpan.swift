/// A length of time in whole nanoseconds, positive or negative: the language's `duration`.
public struct TimeSpan: Hashable, Sendable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static let zero = TimeSpan(nanoseconds: 0)

  /// Gives a span of whole seconds; nil beyond 64 bits of nanoseconds.
  public init?(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return nil }
    nanoseconds = product
  }

  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Gives the sum; nil beyond 64 bits.
  public func adding(_ other: TimeSpan) -> TimeSpan? {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(other.nanoseconds)
    return overflow ? nil : TimeSpan(nanoseconds: sum)
  }

  /// Gives the difference; nil beyond 64 bits.
  public func subtracting(_ other: TimeSpan) -> TimeSpan? {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    return overflow ? nil : TimeSpan(nanoseconds: difference)
  }

  /// Gives the multiple; nil beyond 64 bits.
  public func multiplied(by factor: Int64) -> TimeSpan? {
    let (product, overflow) = nanoseconds.multipliedReportingOverflow(by: factor)
    return overflow ? nil : TimeSpan(nanoseconds: product)
  }

  /// The span to whole microseconds, below which measurements of a network say nothing.
  public var inMicroseconds: TimeSpan { TimeSpan(nanoseconds: nanoseconds - nanoseconds % 1000) }

  /// The span with three digits, for people: `1.23ms`, `45.6us`; from a minute on with whole seconds.
  public var approximate: TimeSpan {
    guard nanoseconds.magnitude >= 1000 else { return self }
    var unit: Int64 = 1
    while nanoseconds.magnitude / UInt64(unit) >= 1000 { unit *= 10 }
    unit = min(unit, 1_000_000_000)
    let (half, overflow) = nanoseconds.addingReportingOverflow(nanoseconds < 0 ? -unit / 2 : unit / 2)
    return overflow ? self : TimeSpan(nanoseconds: half - half % unit)
  }

  /// The units, largest first.
  static let units: [(name: String, nanoseconds: UInt64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("min", 60_000_000_000), ("s", 1_000_000_000),
    ("ms", 1_000_000), ("us", 1000), ("ns", 1),
  ]
}

extension TimeSpan: Comparable {
  public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension TimeSpan: CustomStringConvertible {
  /// The canonical literal, which parses back to the same span.
  ///
  /// A minute or more is days, hours, minutes and seconds, those that are not zero: `1h30min`, `2d0.5s`. Less is one number
  /// with its decimals in the largest unit that it reaches: `1.5s`, `250ms`, `1.2us`. Zero is `0s`.
  public var description: String {
    TextWriter.text(capacity: 48) { writer in
      if nanoseconds < 0 { writer.write(UInt8(ascii: "-")) }
      var rest = nanoseconds.magnitude
      guard rest > 0 else { return writer.write("0s") }
      let isLong = rest >= 60_000_000_000
      for (index, unit) in TimeSpan.units.enumerated() where rest > 0 && (rest >= unit.nanoseconds || isLong) {
        let (whole, part) = rest.quotientAndRemainder(dividingBy: unit.nanoseconds)
        // Seconds and what is smaller end the text: their decimals are exact.
        let isLast = index >= 3
        guard whole > 0 || isLast else { continue }
        writer.write(decimal: whole)
        if isLast { writer.write(fraction: part, places: 3 * (6 - index)) }
        writer.write(unit.name)
        rest = isLast ? 0 : part
      }
    }
  }
}

extension Deadline {
  /// Gives the deadline that lies this span from now; one too far to count is `never`.
  public static func after(_ span: TimeSpan) -> Deadline { after(nanoseconds: span.nanoseconds) }
}
