extension Timestamp {
  /// Parses ISO 8601 as RFC 3339 profiles it: `2026-11-23`, `2026-11-23T05:12:29Z`, `2026-11-23T05:12:29.25+01:00`.
  ///
  /// Without an offset it is UTC. Nil for anything else, for a date or time that does not exist, for more than nine decimals
  /// and for what 64 bits of nanoseconds do not reach.
  @inlinable
  public init?(_ text: some StringProtocol) {
    guard let time = withBytes(of: text, Timestamp.parse) else { return nil }
    self = time
  }

  /// timestamp = full-date ["T" time-hour ":" time-minute [":" time-second [time-secfrac]] [time-offset]] (RFC 3339 §5.6;
  /// the seconds and the offset may be missing, as ISO 8601 allows)
  @usableFromInline
  static func parse(_ bytes: TextBytes) -> Timestamp? {
    var cursor = TextCursor(bytes)
    guard let year = cursor.takeDecimal(exactly: 4), cursor.take("-") else { return nil }
    guard let month = cursor.takeDecimal(exactly: 2), cursor.take("-") else { return nil }
    guard let day = cursor.takeDecimal(exactly: 2) else { return nil }
    var civil = CivilTime(year: year, month: month, day: day)
    if cursor.isAtEnd { return Timestamp(civil) }
    guard cursor.take("T") || cursor.take("t") else { return nil }
    guard let hour = cursor.takeDecimal(exactly: 2), cursor.take(":") else { return nil }
    guard let minute = cursor.takeDecimal(exactly: 2) else { return nil }
    (civil.hour, civil.minute) = (hour, minute)
    if cursor.take(":") {
      guard let second = cursor.takeDecimal(exactly: 2) else { return nil }
      civil.second = second
      if cursor.take(".") {
        guard let nanosecond = takeNanoseconds(&cursor) else { return nil }
        civil.nanosecond = nanosecond
      }
    }
    guard let offset = takeOffset(&cursor), cursor.isAtEnd else { return nil }
    return Timestamp(civil, offset: offset)
  }

  /// Gives the decimals after the point of a second, one to nine.
  private static func takeNanoseconds(_ cursor: inout TextCursor) -> Int? {
    guard let (value, digits) = cursor.takeDecimal(upTo: 9) else { return nil }
    return (digits..<9).reduce(Int(value)) { value, _ in value * 10 }
  }

  /// time-offset = "Z" / ("+" / "-") time-hour ":" time-minute ; gives the minutes east of UTC, 0 if nothing is there
  private static func takeOffset(_ cursor: inout TextCursor) -> Int? {
    if cursor.isAtEnd || cursor.take("Z") || cursor.take("z") { return 0 }
    let isWest = cursor.take("-")
    guard isWest || cursor.take("+") else { return nil }
    guard let hours = cursor.takeDecimal(exactly: 2), hours <= 23, cursor.take(":") else { return nil }
    guard let minutes = cursor.takeDecimal(exactly: 2), minutes <= 59 else { return nil }
    return (hours * 60 + minutes) * (isWest ? -1 : 1)
  }

  /// Makes a point of time from a date and a time of day that lie some minutes east of UTC.
  private init?(_ civil: CivilTime, offset minutes: Int) {
    var civil = civil
    let isLeapSecond = civil.second == 60
    // A leap second ends a day of UTC, which elsewhere may be any minute.
    if isLeapSecond { civil.second = 59 }
    guard let local = Timestamp(civil) else { return nil }
    let shift = Int64(isLeapSecond ? 1 : 0) - Int64(minutes) * 60
    guard let time = local.adding(TimeSpan(nanoseconds: shift * 1_000_000_000)) else { return nil }
    guard !isLeapSecond || time.secondsSince1970 % 86_400 == 0 else { return nil }
    self = time
  }
}
