extension TimeSpan {
  /// Parses `250ms`, `1h30min`, `1.5s`; nil for anything else, for parts of a nanosecond and for what is beyond 64 bits.
  @inlinable
  public init?(_ text: some StringProtocol) {
    guard let span = withBytes(of: text, TimeSpan.parse) else { return nil }
    self = span
  }

  /// span = ["-"] 1*(number unit) ; units ns us (or µs) ms s min h d, each smaller than the one before ; only the last
  /// number may have a point
  @usableFromInline
  static func parse(_ bytes: TextBytes) -> TimeSpan? {
    var cursor = TextCursor(bytes)
    let isNegative = cursor.take("-")
    var total: UInt64 = 0
    var smallest = UInt64.max
    var hadPoint = false
    repeat {
      guard !hadPoint, let number = DecimalNumber(&cursor) else { return nil }
      hadPoint = number.hasPoint
      let name = cursor.take(while: isUnitByte)
      guard let unit = unit(named: name), unit < smallest, let part = number.times(unit) else { return nil }
      smallest = unit
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    } while !cursor.isAtEnd
    return Int64(isNegative: isNegative, magnitude: total).map { TimeSpan(nanoseconds: $0) }
  }

  /// Letters, and the bytes beyond ASCII that the micro sign has.
  private static func isUnitByte(_ byte: UInt8) -> Bool { byte.isLetter || byte >= 0x80 }

  private static func unit(named name: TextBytes) -> UInt64? {
    if let unit = units.first(where: { $0.name.utf8.elementsEqual(name) }) { return unit.nanoseconds }
    // U+00B5 micro sign and U+03BC small mu look alike, and keyboards give either.
    return name.elementsEqual("\u{b5}s".utf8) || name.elementsEqual("\u{3bc}s".utf8) ? 1000 : nil
  }

  /// Gives the literal that was probably meant by one with units of other tools: `5min` for `5m`; nil if none is near.
  public static func suggestion(for text: some StringProtocol) -> String? {
    guard text.utf8.count <= 64, TimeSpan(text) == nil else { return nil }
    let suggestion = withBytes(of: text) { bytes in
      var cursor = TextCursor(bytes)
      var result = cursor.take("-") ? "-" : ""
      while !cursor.isAtEnd {
        let number = cursor.take { $0.isDigit || $0 == UInt8(ascii: ".") }
        let name = String(decoding: cursor.take(while: isUnitByte), as: UTF8.self)
        guard !number.isEmpty, !name.isEmpty else { return "" }
        result += String(decoding: number, as: UTF8.self) + (otherNames[name] ?? name)
      }
      return result
    }
    return TimeSpan(suggestion) == nil ? nil : suggestion
  }

  /// Tells what is wrong with a text of whole numbers and units that is too long for a duration; nil for any other.
  public static func fault(in text: some StringProtocol) -> String? {
    guard text.utf8.count <= 64, TimeSpan(text) == nil else { return nil }
    let isTooLong = withBytes(of: text) { bytes in
      var cursor = TextCursor(bytes)
      var (total, smallest): (UInt64, UInt64) = (0, .max)
      while !cursor.isAtEnd {
        let number = cursor.take { $0.isDigit }
        let name = cursor.take(while: isUnitByte)
        guard !number.isEmpty, let unit = unit(named: name), unit < smallest else { return false }
        smallest = unit
        let (part, isOver) = (UInt64(String(decoding: number, as: UTF8.self)) ?? .max)
          .multipliedReportingOverflow(by: unit)
        let (sum, overflow) = total.addingReportingOverflow(part)
        total = isOver || overflow ? .max : sum
      }
      return total > UInt64(Int64.max)
    }
    return isTooLong ? "\(text) is too long: a duration has at most 106751d" : nil
  }

  /// How others call the units.
  private static let otherNames: [String: String] = [
    "m": "min", "mins": "min", "minute": "min", "minutes": "min", "sec": "s", "secs": "s", "second": "s",
    "seconds": "s", "S": "s", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "H": "h", "day": "d", "days": "d",
    "D": "d", "msec": "ms", "msecs": "ms", "millis": "ms", "usec": "us", "usecs": "us", "micros": "us", "nsec": "ns",
    "nsecs": "ns", "nanos": "ns",
  ]
}
