/// The percent-encoding of RFC 3986 §2.1.
public enum PercentEncoding {
  /// Writes every byte as `%XX` but the unreserved characters (§2.3) and those named in `kept`.
  public static func encode(_ bytes: [UInt8], keeping kept: Set<UInt8> = []) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      if isUnreserved(byte) || (byte > 0x20 && byte < 0x7F && kept.contains(byte)) {
        text.append(byte)
      } else {
        text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads `%XX` of either case; every other byte, `+` too, stands for itself.
  public static func decode(_ text: [UInt8]) throws(EncodingError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      if index & 0xFFFF == 0xFFFF, Watch.isOver { throw .stopped }
      guard text[index] == 0x25 else {
        bytes.append(text[index])
        index += 1
        continue
      }
      guard index + 2 < text.count, let high = text[index + 1].hexValue, let low = text[index + 2].hexValue else {
        throw .badPercent(offset: index)
      }
      bytes.append(UInt8(truncatingIfNeeded: high << 4 | low))
      index += 3
    }
    return bytes
  }

  // unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E
  }
}
