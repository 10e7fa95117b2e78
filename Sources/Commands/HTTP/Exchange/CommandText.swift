import Net

/// Text as it is written in a command: bare where that says the same, else between quotes.
enum CommandText {
  /// Writes a word that needs no quotes bare.
  static func word(_ text: String) -> String {
    let isBare = !text.isEmpty && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-._~:/?=&%+@".utf8.contains($0) }
    return isBare && text.utf8.first.map { $0.isLetter || $0.isDigit } == true ? text : quoted(text)
  }

  static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "'" || $0.value < 0x20 || $0.value == 0x7F }) else {
      return "'\(text)'"
    }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "$": out += "\\" + String(scalar)
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        out += "\\x" + BaseEncoding.hex.encode([UInt8(truncatingIfNeeded: scalar.value)])
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// Writes bytes: as text where they are some.
  static func quoted(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self).map(quoted) ?? "0x[\(BaseEncoding.hex.encode(bytes))]"
  }
}
