extension JSONReader {
  // number = [ minus ] int [ frac ] [ exp ]
  mutating func number() throws(JSONError) -> JSONToken {
    let start = position
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative { position += 1 }
    // int = zero / ( digit1-9 *DIGIT )
    let first = position
    var magnitude: UInt64 = 0
    try takeDigits(into: &magnitude)
    let digits = position - first
    if digits > 1, bytes[first] == 0x30 { throw error(.leadingZero, at: first) }
    guard byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") else {
      // 18 digits are always within 64 bits.
      if digits <= 18 {
        let number = Int(truncatingIfNeeded: magnitude)
        return .int(isNegative ? -number : number)
      }
      guard digits <= Self.digitLimit else { throw error(.longInteger, at: start) }
      let text = String(decoding: bytes[start..<position], as: UTF8.self)
      return Int(text).map { .int($0) } ?? .integer(text)
    }
    return .float(try float(from: start, isNegative, magnitude, digits))
  }

  /// Whether a digit stands at the position.
  @inline(__always)
  private var isDigit: Bool { byte &- 0x30 < 10 }

  /// Takes one digit at least, and adds the first 19 or so to a number; beyond them it wraps, and is not used.
  @inline(__always)
  private mutating func takeDigits(into number: inout UInt64) throws(JSONError) {
    guard isDigit else { throw error(.wantedDigit) }
    repeat {
      number = number &* 10 &+ UInt64(byte - 0x30)
      position += 1
    } while isDigit
  }

  // frac = decimal-point 1*DIGIT
  // exp  = e [ minus / plus ] 1*DIGIT
  private mutating func float(
    from start: Int, _ isNegative: Bool, _ whole: UInt64, _ wholeDigits: Int
  ) throws(JSONError) -> Double {
    var magnitude = whole
    var digits = wholeDigits
    var exponent = 0
    if byte == UInt8(ascii: ".") {
      position += 1
      let first = position
      try takeDigits(into: &magnitude)
      exponent = first - position
      digits += position - first
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      let isMinus = byte == UInt8(ascii: "-")
      if isMinus || byte == UInt8(ascii: "+") { position += 1 }
      let first = position
      var power: UInt64 = 0
      try takeDigits(into: &power)
      // With more digits the number is left to the exact way below.
      let isShort = position - first <= 4
      exponent += isShort ? (isMinus ? -Int(truncatingIfNeeded: power) : Int(truncatingIfNeeded: power)) : 100_000
    }
    // Both are exact as floats, so that one rounding gives the nearest float (Clinger's fast path).
    if digits <= 18, magnitude < 1 << 53, exponent >= -22, exponent <= 22 {
      let exact = Double(magnitude)
      let power = Self.powersOfTen[abs(exponent)]
      let number = exponent < 0 ? exact / power : exact * power
      return isNegative ? -number : number
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(text), number.isFinite else { throw error(.infinite, at: start) }
    return number
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
