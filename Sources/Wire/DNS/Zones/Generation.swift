import Net

/// The numbers and replacements of $GENERATE, as BIND's reference manual describes them.
enum Generation {
  private static let limit = 65_536

  /// Parses `1-10` or `1-10/2`; nil for anything else, or for more than 65,536 numbers.
  static func numbers(_ text: String) -> StrideThrough<Int>? {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let ends = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, let start = number(ends[0]), let stop = number(ends[1]), start <= stop,
      let step = halves.count > 1 ? number(halves[1]) : 1, step > 0, (stop - start) / step < limit
    else { return nil }
    return stride(from: start, through: stop, by: step)
  }

  private static func number(_ text: Substring) -> Int? {
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit) else { return nil }
    return Int(text)
  }

  /// Puts the number where `$` or `${offset,width,base}` stands; `\$` and `$$` are a dollar sign. Nil if a brace is wrong.
  static func replaced(_ text: [UInt8], _ number: Int) -> [UInt8]? {
    var made: [UInt8] = []
    var position = 0
    while position < text.count {
      let byte = text[position]
      position += 1
      switch byte {
      case ASCII.backslash where position < text.count:
        if text[position] != UInt8(ascii: "$") { made.append(byte) }
        made.append(text[position])
        position += 1
      case UInt8(ascii: "$"):
        guard position < text.count else {
          made += Array(String(number).utf8)
          continue
        }
        if text[position] == byte {
          made.append(byte)
          position += 1
        } else if text[position] == UInt8(ascii: "{") {
          guard let end = text[position...].firstIndex(of: UInt8(ascii: "}")),
            let shown = shown(number, String(decoding: text[(position + 1)..<end], as: UTF8.self))
          else { return nil }
          made += Array(shown.utf8)
          position = end + 1
        } else {
          made += Array(String(number).utf8)
        }
      default: made.append(byte)
      }
    }
    return made
  }

  /// Writes a number by `offset[,width[,base]]`, base one of d, o, x, X, n and N (nibbles, the lowest first).
  private static func shown(_ number: Int, _ form: String) -> String? {
    let parts = form.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), let offset = Int(parts[0]), abs(offset) <= 1 << 31,
      let width = parts.count > 1 ? Int(parts[1]) : 0, (0...255).contains(width)
    else { return nil }
    let value = number + offset
    guard value >= 0 else { return nil }
    let digits: String
    switch parts.count > 2 ? parts[2] : "d" {
    case "d": digits = String(value)
    case "o": digits = String(value, radix: 8)
    case "x": digits = String(value, radix: 16)
    case "X": digits = String(value, radix: 16, uppercase: true)
    case "n", "N":
      let hex = String(value, radix: 16, uppercase: parts[2] == "N")
      let nibbles = String(repeating: "0", count: max(0, (width + 1) / 2 - hex.count)) + hex
      return nibbles.reversed().map { String($0) }.joined(separator: ".")
    default: return nil
    }
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
