import Interpreter

@testable import Terminal

/// Text that would command a terminal, and the judgement whether output still does.
enum Hostile {
  /// ESC sequences, a lone CR, C1 as characters and as a raw byte, DEL, NUL, bidirectional controls, invalid UTF-8.
  static let texts = [
    "\u{1b}[31mred", "\u{1b}]0;title\u{7}", "over\rwritten", "\u{9b}31m", "\u{7f}", "\u{0}", "\u{202e}evil\u{2066}",
    "\u{8}\u{8}", "zero\u{200b}width\u{feff}",
  ]
  static let bytes: [UInt8] = Array("raw ".utf8) + [0x9b, 0x33, 0x31, 0x6d, 0xff, 0xc3]

  /// Tells whether the bytes only show text: valid UTF-8 without controls but newline and tab, and, if colours are allowed, SGR sequences.
  static func isSafe(_ bytes: [UInt8], allowingColor: Bool = false) -> Bool {
    guard var text = String(validating: bytes, as: UTF8.self) else { return false }
    if allowingColor { text.replace(/\u{1b}\[[0-9;]*m/, with: "") }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0A, 0x09: true
      case 0..<0x20, 0x7F...0x9F, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: false
      default: true
      }
    }
  }
}
