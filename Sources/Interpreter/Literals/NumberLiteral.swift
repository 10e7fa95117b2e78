import BigInt

/// The reading of numbers: `42`, `1_000`, `0x1f`, `0b1010`, `2.5`, `1e3`.
enum NumberLiteral {
  /// How many bits an integer has at most.
  static let bitLimit = 4_096

  /// Reads an unsigned number; nil if the word is not one.
  static func read(_ word: String) -> Literal.Reading? {
    if let plain = Int(word), word.utf8.first != UInt8(ascii: "+") { return .value(.int(plain)) }
    if word.hasPrefix("0x") { return integer(word.dropFirst(2), radix: 16) }
    if word.hasPrefix("0b") { return integer(word.dropFirst(2), radix: 2) }
    let bytes = word.utf8
    if bytes.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) { return integer(word[...], radix: 10) }
    return float(word)
  }

  private static func integer(_ digits: Substring, radix: Int) -> Literal.Reading? {
    var last: UInt8 = UInt8(ascii: "_")
    for byte in digits.utf8 {
      // An underscore stands between two digits.
      if byte == UInt8(ascii: "_"), last == byte { return nil }
      last = byte
    }
    guard last != UInt8(ascii: "_") else { return nil }
    let plain = digits.filter { $0 != "_" }
    guard plain.utf8.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
    if let small = Int(plain, radix: radix) { return .value(.int(small)) }
    guard let number = BigInt(plain, radix: radix) else { return nil }
    guard number.bitWidth <= bitLimit + 1 else {
      return .malformed(message: "an integer has at most \(bitLimit) bits", hint: nil)
    }
    return .value(.integer(number))
  }

  /// Reads digits, a point with digits on both sides, and an exponent, of which one at least must be there.
  private static func float(_ word: String) -> Literal.Reading? {
    var rest = word.utf8[...]
    func takeDigits() -> Bool {
      let digits = rest.prefix { isDigit($0) }
      rest = rest.dropFirst(digits.count)
      return !digits.isEmpty
    }
    guard takeDigits() else { return nil }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard takeDigits() else { return nil }
    }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard takeDigits() else { return nil }
    }
    guard rest.isEmpty, let number = Double(word) else { return nil }
    guard number.isFinite else { return .malformed(message: "\(word) is too large for a float", hint: nil) }
    return .value(.float(number))
  }

  private static func isDigit(_ byte: UInt8, radix: Int = 10) -> Bool {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30 < radix
    case 0x41...0x46, 0x61...0x66: radix == 16
    default: false
    }
  }
}
