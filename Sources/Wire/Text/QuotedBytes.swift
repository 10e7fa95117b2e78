import Net

extension Sequence<UInt8> {
  /// The bytes as a double-quoted literal of the language: printable ASCII as it is, the rest escaped.
  public var quoted: String {
    var text = "\""
    for byte in self {
      switch byte {
      case ASCII.cr: text += "\\r"
      case ASCII.lf: text += "\\n"
      case ASCII.quote, ASCII.backslash: text += "\\" + String(UnicodeScalar(byte))
      case 0x20...0x7e: text += String(UnicodeScalar(byte))
      default: text += "\\x" + byte.hex
      }
    }
    return text + "\""
  }
}
