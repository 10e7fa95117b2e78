import Net

/// Text as it is written in a line of a POSIX shell.
enum ShellText {
  /// Writes a word: between single quotes, of which one inside is `'\''`.
  static func word(_ text: String) -> String {
    let isBare = !text.isEmpty && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-._/:%+@,".utf8.contains($0) }
    return isBare
      ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }

  /// Writes any bytes as a printf(1) that gives them, in octal where they are no plain text.
  static func printf(_ bytes: [UInt8]) -> String {
    var out = "printf %b '"
    for byte in bytes {
      let isPlain = byte.isLetter || byte.isDigit || " -._/:{}[],=&+\"".utf8.contains(byte)
      if isPlain {
        out += String(decoding: [byte], as: UTF8.self)
      } else {
        let digits = String(byte, radix: 8)
        out += "\\0" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
      }
    }
    return out + "'"
  }
}
