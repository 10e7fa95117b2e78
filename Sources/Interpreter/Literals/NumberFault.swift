/// What is wrong with a word that was meant as a number and is none: `0b2`, `0xg`, `0o17`, `1_000_`, `1e`.
enum NumberFault {
  /// Says it as the end of "… is no number: …"; nil for a word that nobody meant as a number.
  static func message(for word: String) -> String? {
    let bytes = Array(word.utf8)
    guard let first = bytes.first, isDecimal(first), bytes.count <= 4_096 else { return nil }
    return based(word, bytes) ?? decimal(bytes)
  }

  /// Gives an integer with its base before it.
  private static func based(_ word: String, _ bytes: [UInt8]) -> String? {
    guard bytes.count > 1, bytes[0] == UInt8(ascii: "0") else { return nil }
    let (base, name, allowed): (Int, String, String)
    switch bytes[1] {
    case UInt8(ascii: "b"), UInt8(ascii: "B"): (base, name, allowed) = (2, "a binary number", "0 and 1")
    case UInt8(ascii: "o"), UInt8(ascii: "O"): (base, name, allowed) = (8, "an octal number", "0 to 7")
    case UInt8(ascii: "x"), UInt8(ascii: "X"): (base, name, allowed) = (16, "a hexadecimal number", "0 to 9 and a to f")
    default: return nil
    }
    let digits = bytes.dropFirst(2).filter { $0 != UInt8(ascii: "_") }
    guard !digits.isEmpty else { return "\(name) has digits behind `\(word)`" }
    guard digits.allSatisfy({ Int(String(decoding: [$0], as: UTF8.self), radix: base) != nil }) else {
      return "\(name) has only the digits \(allowed)"
    }
    if base == 8 {
      let known = Int(String(decoding: digits, as: UTF8.self), radix: 8).map { ", and this one is \($0)" } ?? ""
      return "numbers are decimal, hexadecimal (0x) or binary (0b)" + known
    }
    if bytes[1] < 0x60 { return "the letter of its base is a small one" }
    return underscore(bytes.dropFirst(2))
  }

  /// Digits with underscores in wrong places, and an exponent without digits.
  private static func decimal(_ bytes: [UInt8]) -> String? {
    if bytes.allSatisfy({ isDecimal($0) || $0 == UInt8(ascii: "_") }) { return underscore(bytes[...]) }
    let rest = bytes.drop { isDecimal($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    let isExponent = rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E")
    let digits = rest.dropFirst().drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return isExponent && digits.isEmpty ? "an exponent has digits behind the `e`" : nil
  }

  private static func underscore(_ digits: ArraySlice<UInt8>) -> String? {
    let mark = UInt8(ascii: "_")
    let isWrong =
      digits.first == mark || digits.last == mark
      || zip(digits, digits.dropFirst()).contains { $0 == mark && $1 == mark }
    return isWrong ? "an underscore stands between two digits" : nil
  }

  private static func isDecimal(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
