import Net

/// The dates of cookies and of other fields of HTTP, read by the forgiving rules of RFC 6265 §5.1.1.
public enum CookieDate {
  /// Reads a date in any of the forms that the web has; nil where a part is missing or out of range.
  ///
  ///     cookie-date = *delimiter date-token-list *delimiter
  ///     date-token  = 1*non-delimiter
  public static func read(_ text: String) -> Timestamp? {
    var time: (hour: Int, minute: Int, second: Int)?
    var day: Int?
    var month: Int?
    var year: Int?
    for token in text.utf8.split(whereSeparator: isDelimiter) {
      let token = Array(token)
      if time == nil, let found = self.time(token) {
        time = found
      } else if day == nil, let found = number(token, 1...2) {
        day = found
      } else if month == nil, let found = self.month(token) {
        month = found
      } else if year == nil, let found = number(token, 2...4) {
        year = found
      }
    }
    guard let time, let day, let month, var year else { return nil }
    if (70...99).contains(year) { year += 1900 } else if (0...69).contains(year) { year += 2000 }
    guard (1...31).contains(day), year >= 1601, time.hour <= 23, time.minute <= 59, time.second <= 59 else {
      return nil
    }
    guard day <= daysIn(month, year) else { return nil }
    let seconds = Int64(days(year, month, day) * 86_400 + time.hour * 3_600 + time.minute * 60 + time.second)
    return Timestamp(secondsSince1970: seconds)
  }

  /// delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E
  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x20...0x2F, 0x3B...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// hms-time = time-field ":" time-field ":" time-field; time-field = 1*2DIGIT; what follows is passed over
  private static func time(_ token: [UInt8]) -> (hour: Int, minute: Int, second: Int)? {
    let fields = token.split(separator: ASCII.colon, maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, let hour = number(Array(fields[0]), 1...2, exactly: true),
      let minute = number(Array(fields[1]), 1...2, exactly: true), let second = number(Array(fields[2]), 1...2)
    else { return nil }
    return (hour, minute, second)
  }

  /// A number of so many digits, and behind them nothing, or what is no digit.
  private static func number(_ token: [UInt8], _ digits: ClosedRange<Int>, exactly: Bool = false) -> Int? {
    let count = token.prefix(while: \.isDigit).count
    guard digits.contains(count), !exactly || count == token.count else { return nil }
    return token.prefix(count).reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  /// month = ( "jan" / "feb" / … ) *OCTET
  private static func month(_ token: [UInt8]) -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let word = String(decoding: token.prefix(3).map(\.lowercased), as: UTF8.self)
    return names.firstIndex(of: word).map { $0 + 1 }
  }

  private static func daysIn(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days since 1970 in the Gregorian calendar, years counted from March so that the leap day is the last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
