import Net

/// How many seconds a record may be kept, as zone files write it: `3600`, or BIND's `1h30m`.
enum TimeToLive {
  /// Parses digits, or numbers with w, d, h, m, s behind them; nil for anything else or beyond 2^31 - 1 (RFC 2181 §8).
  static func parse(_ text: String) -> UInt32? {
    guard let first = text.utf8.first, first.isDigit else { return nil }
    var total: UInt64 = 0
    var number: UInt64?
    for byte in text.utf8 {
      if byte.isDigit {
        number = (number ?? 0) * 10 + UInt64(byte - 0x30)
        guard let number, number <= 0x7FFF_FFFF else { return nil }
        continue
      }
      guard let count = number, let unit = seconds(byte.lowercased) else { return nil }
      total += count * unit
      number = nil
      guard total <= 0x7FFF_FFFF else { return nil }
    }
    // A last number without a unit is seconds only where it stands alone.
    if let number {
      guard total == 0 else { return nil }
      total = number
    }
    return UInt32(exactly: total).flatMap { $0 <= 0x7FFF_FFFF ? $0 : nil }
  }

  private static func seconds(_ unit: UInt8) -> UInt64? {
    switch unit {
    case UInt8(ascii: "w"): 604_800
    case UInt8(ascii: "d"): 86_400
    case UInt8(ascii: "h"): 3600
    case UInt8(ascii: "m"): 60
    case UInt8(ascii: "s"): 1
    default: nil
    }
  }
}
