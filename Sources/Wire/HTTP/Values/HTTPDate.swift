import Net

/// A time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
public enum HTTPDate {
  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  ///     IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT
  public static func text(_ time: Timestamp) -> String {
    let civil = time.civil
    var out: [UInt8] = []
    out.reserveCapacity(29)
    func digits(_ number: Int, _ divisor: Int) { out.append(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10)) }
    out += days[max(0, time.weekday) % 7].utf8
    out += [ASCII.comma, ASCII.space]
    digits(civil.day, 10)
    digits(civil.day, 1)
    out.append(ASCII.space)
    out += months[max(0, civil.month - 1) % 12].utf8
    out.append(ASCII.space)
    for divisor in [1000, 100, 10, 1] { digits(civil.year, divisor) }
    for (index, part) in [civil.hour, civil.minute, civil.second].enumerated() {
      out.append(index == 0 ? ASCII.space : ASCII.colon)
      digits(part, 10)
      digits(part, 1)
    }
    out += " GMT".utf8
    return String(decoding: out, as: UTF8.self)
  }

  /// Reads any of the three forms that a recipient has to take; nil for what is none. The name of the day is not checked.
  ///
  ///     HTTP-date    = IMF-fixdate / rfc850-date / asctime-date
  ///     rfc850-date  = day-name-l "," SP 2DIGIT "-" month "-" 2DIGIT SP time-of-day SP GMT
  ///     asctime-date = day-name SP month SP ( 2DIGIT / ( SP 1DIGIT )) SP time-of-day SP year
  ///
  /// - Parameter now: a year of two digits is never more than 50 years after it.
  public static func parse(_ text: String, now: Timestamp = .now()) -> Timestamp? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    switch parts.count {
    case 6 where parts[0].hasSuffix(",") && parts[5] == "GMT":
      return time(day: parts[1], month: parts[2], year: number(parts[3], digits: 4), clock: parts[4])
    case 4 where parts[0].hasSuffix(",") && parts[3] == "GMT":
      let date = parts[1].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      guard date.count == 3, let short = number(date[2], digits: 2) else { return nil }
      let present = now.civil.year
      let year = present - present % 100 + short
      return time(day: date[0], month: date[1], year: year > present + 50 ? year - 100 : year, clock: parts[2])
    case 5:
      return time(
        day: parts[2].utf8.count == 1 ? "0\(parts[2])" : parts[2], month: parts[1], year: number(parts[4], digits: 4),
        clock: parts[3])
    default: return nil
    }
  }

  private static func time(day: String, month: String, year: Int?, clock: String) -> Timestamp? {
    let times = clock.split(separator: ":", omittingEmptySubsequences: false).map { number(String($0), digits: 2) }
    guard let day = number(day, digits: 2), let month = months.firstIndex(of: month), let year, times.count == 3,
      let hour = times[0], let minute = times[1], let second = times[2]
    else { return nil }
    return Timestamp(
      CivilTime(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: min(second, 59)))
  }

  private static func number(_ text: String, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy(\.isDigit) else { return nil }
    return Int(text)
  }
}
