/// Writes rows of CSV (RFC 4180): CRLF at the end of each, quotation marks only where they are needed.
public enum CSVWriter {
  /// Gives the line of a row.
  /// - Parameter delimiter: an ASCII character other than a quotation mark, CR or LF.
  public static func row(_ fields: [String], delimiter: UInt8 = UInt8(ascii: ",")) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      let needsQuotes = field.utf8.contains {
        $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
      }
      // A row of one empty field would be an empty line, and a byte order mark at the start would not be read as text.
      if needsQuotes || (fields.count == 1 && field.isEmpty) || field.utf8.starts(with: [0xEF, 0xBB, 0xBF]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
          if byte == UInt8(ascii: "\"") { bytes.append(byte) }
          bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
      } else {
        bytes.append(contentsOf: field.utf8)
      }
    }
    bytes.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
    return bytes
  }
}
