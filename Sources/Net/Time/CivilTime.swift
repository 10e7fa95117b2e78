/// A date and a time of day in UTC, as a calendar and a clock on the wall show them.
public struct CivilTime: Hashable, Sendable {
  public var year: Int
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int
  public var hour: Int
  public var minute: Int
  /// 0 to 59, and 60 in a leap second.
  public var second: Int
  public var nanosecond: Int

  public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanosecond: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.nanosecond = nanosecond
  }

  /// Gives the number of days of a month in the Gregorian calendar (RFC 3339 §5.7, appendix C); 0 if there is no such month.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeap ? 29 : 28
    case 4, 6, 9, 11: return 30
    case 1...12: return 31
    default: return 0
    }
  }
}

extension Timestamp {
  /// The date and time of day in UTC.
  public var civil: CivilTime {
    let (days, time) = flooredDivision(nanoseconds, 86_400_000_000_000)
    let (year, month, day) = date(daysSince1970: Int(days))
    let second = Int(time / 1_000_000_000)
    return CivilTime(
      year: year, month: month, day: day, hour: second / 3600, minute: second / 60 % 60, second: second % 60,
      nanosecond: Int(time % 1_000_000_000))
  }

  /// The day of the week, 0 for Sunday to 6 for Saturday.
  public var weekday: Int {
    // 1970-01-01 was a Thursday.
    Int(flooredDivision(flooredDivision(nanoseconds, 86_400_000_000_000).quotient + 4, 7).remainder)
  }

  /// Makes a point of time from a date and a time of day in UTC; nil if there is no such date or time, or it is beyond the
  /// range. Second 60 is taken at the end of a day only and gives the midnight after it, as POSIX counts.
  public init?(_ civil: CivilTime) {
    guard (1677...2262).contains(civil.year), (1...12).contains(civil.month) else { return nil }
    guard civil.day >= 1, civil.day <= CivilTime.days(inMonth: civil.month, of: civil.year) else { return nil }
    guard (0...23).contains(civil.hour), (0...59).contains(civil.minute) else { return nil }
    guard (0...59).contains(civil.second) || (civil.hour, civil.minute, civil.second) == (23, 59, 60) else {
      return nil
    }
    guard (0...999_999_999).contains(civil.nanosecond) else { return nil }
    let days = daysSince1970(year: civil.year, month: civil.month, day: civil.day)
    let seconds = days * 86_400 + civil.hour * 3600 + civil.minute * 60 + civil.second
    self.init(secondsSince1970: Int64(seconds), nanoseconds: Int64(civil.nanosecond))
  }
}

/// Divides with the quotient rounded down, so that times before 1970 have a positive remainder; the divisor is positive.
func flooredDivision(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
  let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

/// Counts the days from 1970-01-01 to a date of the Gregorian calendar in a year from 1 on.
///
/// The year is taken to begin in March, so that the leap day is its last; then the months before have 153 days in each five.
private func daysSince1970(year: Int, month: Int, day: Int) -> Int {
  let years = month > 2 ? year : year - 1
  let months = (month + 9) % 12
  let dayOfYear = (153 * months + 2) / 5 + day - 1
  // From 0000-03-01 to 1970-01-01 there are 719,468 days.
  return 365 * years + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468
}

/// Gives the date that lies a number of days after 1970-01-01; it has to lie in the year 1 or later.
private func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
  let days = days + 719_468
  // Cycles of 400, 100, 4 and 1 years; the last century and the last year of a cycle are a day longer.
  let (eras, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
  let centuries = min(dayOfEra / 36_524, 3)
  let dayOfCentury = dayOfEra - centuries * 36_524
  let (fours, dayOfFour) = dayOfCentury.quotientAndRemainder(dividingBy: 1461)
  let years = min(dayOfFour / 365, 3)
  let dayOfYear = dayOfFour - years * 365
  let months = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * months + 2) / 5 + 1
  let year = 400 * eras + 100 * centuries + 4 * fours + years
  return months < 10 ? (year, months + 3, day) : (year + 1, months - 9, day)
}
