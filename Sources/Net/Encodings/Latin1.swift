/// ISO 8859-1 as the web's older half means it: each byte is the character of the same number.
public enum Latin1 {
  /// Reads any bytes.
  public static func decode(_ bytes: [UInt8]) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
    return String(scalars)
  }

  /// Writes a text of characters up to U+00FF.
  public static func encode(_ text: String) throws(EncodingError) -> [UInt8] {
    var bytes: [UInt8] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      if bytes.count & 0xFFFF == 0xFFFF, Watch.isOver { throw .stopped }
      guard scalar.value <= 0xFF else { throw .notLatin1(offset: offset, scalar: scalar.value) }
      bytes.append(UInt8(scalar.value))
      offset += UTF8.width(scalar)
    }
    return bytes
  }
}
