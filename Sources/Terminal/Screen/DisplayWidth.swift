/// How many columns text takes on a terminal.
public enum DisplayWidth {
  public static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// Gives the columns of what is read as one character: a joined emoji or a flag takes two, all else the sum of its parts.
  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard scalars.count > 1 else { return scalars.first.map { of($0) } ?? 0 }
    let sum = scalars.reduce(0) { $0 + of($1) }
    guard scalars.contains(where: { $0.properties.isEmoji && $0.value > 0xFF }) else { return sum }
    // U+FE0F asks for the picture; a skin tone and U+200D join (UTS #51 §1.4); two regional letters are a flag.
    let isPicture = scalars.contains { $0.value == 0xFE0F || $0.value == 0x200D || $0.properties.isEmojiModifier }
    return isPicture || (0x1F1E6...0x1F1FF).contains(scalars.first?.value ?? 0) ? 2 : sum
  }

  /// Gives 0 for what joins the character before it, 2 for wide characters, else 1.
  ///
  /// Wide is what Unicode's EastAsianWidth.txt (UAX #11) calls W or F, written as the blocks they fill.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1160...0x11FF: return 0  // medial and final Jamo join the initial one
    case 0x1F1E6...0x1F1FF: return 1  // two of them are a flag
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD:
      return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// Gives the longest beginning of a text that fits the columns, ending with `…` where something was cut.
  public static func cut(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    var kept = ""
    var used = 1
    for character in text {
      let width = of(character)
      guard used + width <= columns else { break }
      used += width
      kept.append(character)
    }
    return kept + "…"
  }
}
