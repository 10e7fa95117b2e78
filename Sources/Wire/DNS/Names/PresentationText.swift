import Net

/// The escapes of zone files (RFC 1035 §5.1): `\X` for a character itself, `\DDD` for the byte of that decimal number.
public enum PresentationText {
  /// Reads the escape at a backslash; gives its byte and how long it is in the text, nil if it is none.
  static func escape(in text: [UInt8], at position: Int) -> (byte: UInt8, length: Int)? {
    guard position + 1 < text.count else { return nil }
    let next = text[position + 1]
    guard next.isDigit else { return (next, 2) }
    guard position + 3 < text.count, text[position + 2].isDigit, text[position + 3].isDigit else { return nil }
    let number = text[(position + 1)...(position + 3)].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return UInt8(exactly: number).map { ($0, 4) }
  }

  /// Undoes every escape; nil if one is none.
  static func unescaped(_ text: [UInt8]) -> [UInt8]? {
    guard text.contains(ASCII.backslash) else { return text }
    var bytes: [UInt8] = []
    var position = 0
    while position < text.count {
      guard text[position] == ASCII.backslash else {
        bytes.append(text[position])
        position += 1
        continue
      }
      guard let (byte, length) = escape(in: text, at: position) else { return nil }
      bytes.append(byte)
      position += length
    }
    return bytes
  }

  static func appendDecimal(_ byte: UInt8, to text: inout [UInt8]) {
    text += [ASCII.backslash, 0x30 + byte / 100, 0x30 + byte / 10 % 10, 0x30 + byte % 10]
  }

  /// Writes bytes within quotation marks, what is not printable ASCII as `\DDD`.
  public static func quoted(_ bytes: some Sequence<UInt8>) -> String {
    "\"" + escaped(bytes) + "\""
  }

  static func escaped(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      switch byte {
      case ASCII.quote, ASCII.backslash: text += [ASCII.backslash, byte]
      case 0x20...0x7E: text.append(byte)
      default: appendDecimal(byte, to: &text)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
