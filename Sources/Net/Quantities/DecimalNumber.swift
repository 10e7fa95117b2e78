/// A decimal number without a sign as it stands before a unit, kept exactly: `1.5` is 15 of 10^1.
struct DecimalNumber {
  let digits: UInt64
  /// How many of the digits stand after the point: 0 to 19.
  let places: Int

  /// Whether a point was written.
  let hasPoint: Bool

  /// number = 1*DIGIT ["." 1*DIGIT] ; nil if there is none or its digits do not fit 64 bits
  init?(_ cursor: inout TextCursor) {
    let whole = cursor.take(while: \.isDigit)
    guard !whole.isEmpty else { return nil }
    var fraction = whole[..<0]
    hasPoint = cursor.take(".")
    if hasPoint {
      let written = cursor.take(while: \.isDigit)
      guard !written.isEmpty else { return nil }
      // Zeros at the end say nothing, however many there are.
      fraction = written.prefix((written.lastIndex { $0 != UInt8(ascii: "0") } ?? -1) + 1)
    }
    guard fraction.count <= 19 else { return nil }
    var value: UInt64 = 0
    for part in [whole[...], fraction] {
      for byte in part {
        let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = product.addingReportingOverflow(UInt64(byte - 0x30))
        guard !tooBig, !overflow else { return nil }
        value = sum
      }
    }
    digits = value
    places = fraction.count
  }

  /// Gives the number times a unit; nil if that is not whole or does not fit 64 bits.
  func times(_ unit: UInt64) -> UInt64? {
    let (quotient, remainder) = product(unit)
    return remainder == 0 ? UInt64(exactly: quotient) : nil
  }

  /// Tells whether the number times a unit is whole, however large it is.
  func isWhole(times unit: UInt64) -> Bool { product(unit).remainder == 0 }

  private func product(_ unit: UInt64) -> (quotient: UInt128, remainder: UInt128) {
    var divisor: UInt128 = 1
    for _ in 0..<places { divisor *= 10 }
    return (UInt128(digits) * UInt128(unit)).quotientAndRemainder(dividingBy: divisor)
  }
}

extension Int64 {
  /// Makes a number from its sign and magnitude; nil if it does not fit.
  init?(isNegative: Bool, magnitude: UInt64) {
    guard isNegative else {
      self.init(exactly: magnitude)
      return
    }
    self.init(exactly: -Int128(magnitude))
  }
}
