/// An integer with its base before it: `0x1f`, `0b1010`, `0o17`.
enum BasedNumber {
  /// Says what is wrong with a word that begins as such a number and has digits that its base does not have; nil for other words.
  static func fault(in word: String) -> String? {
    let bytes = Array(word.utf8)
    guard bytes.count > 1, bytes[0] == UInt8(ascii: "0") else { return nil }
    let digits = bytes.dropFirst(2).filter { $0 != UInt8(ascii: "_") }
    let (base, name, allowed): (Int, String, String)
    switch bytes[1] {
    case UInt8(ascii: "b"), UInt8(ascii: "B"): (base, name, allowed) = (2, "a binary number", "0 and 1")
    case UInt8(ascii: "o"), UInt8(ascii: "O"): (base, name, allowed) = (8, "an octal number", "0 to 7")
    case UInt8(ascii: "x"), UInt8(ascii: "X"): (base, name, allowed) = (16, "a hexadecimal number", "0 to 9 and a to f")
    default: return nil
    }
    guard !digits.isEmpty else { return "\(name) has digits behind `\(word)`" }
    let isDigit = { (byte: UInt8) in Int(String(decoding: [byte], as: UTF8.self), radix: base) != nil }
    return digits.allSatisfy(isDigit) ? nil : "\(name) has only the digits \(allowed)"
  }
}
