import Net

/// Gives a time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
///     IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT    (RFC 9110 §5.6.7)
func httpDate(_ time: Timestamp) -> String {
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  let civil = time.civil
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let day = days[time.weekday % 7]
  let month = months[(civil.month - 1) % 12]
  let clock = "\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))"
  return "\(day), \(two(civil.day)) \(month) \(civil.year) \(clock) GMT"
}
