import Wire

/// The rows of a screen that text takes which was made for it: long lines are divided, and colours go on in the next row.
public enum StyledRows {
  /// Gives the rows of a text, each without its line end and closed in itself.
  public static func rows(of text: StyledText, columns: Int) -> [[UInt8]] {
    var lines = text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.flatMap { rows(ofLine: $0, columns: max(1, columns)) }
  }

  /// Divides a line without control sequences, never inside a character.
  public static func fold(_ line: String, columns: Int) -> [String] {
    rows(ofLine: Array(line.utf8)[...], columns: max(1, columns)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Gives a row without its control sequences.
  public static func plain(_ row: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    var isInSequence = false
    for byte in row {
      if byte == 0x1B { isInSequence = true }
      if !isInSequence { plain.append(byte) }
      if byte == UInt8(ascii: "m") { isInSequence = false }
    }
    return plain
  }

  /// A place in a row, and the sequence of SGR that is in force there.
  private struct Place {
    let bytes: Int
    let columns: Int
    let rendition: [UInt8]
  }

  private static func rows(ofLine line: ArraySlice<UInt8>, columns: Int) -> [[UInt8]] {
    if line.count <= columns, !line.contains(0x09) { return [Array(line)] }
    var rows: [[UInt8]] = []
    var row: [UInt8] = []
    var used = 0
    /// The sequence of SGR that is in force.
    var rendition: [UInt8] = []
    /// The last space of the row: how many bytes and columns stand before it, and what was in force there.
    var space: Place?
    func close() {
      // A row ends at a space, if that leaves it more than half full.
      var cut = Place(bytes: row.count, columns: used, rendition: rendition)
      if let space, space.columns * 2 > columns { cut = space }
      let rest = row[cut.bytes...].drop { $0 == 0x20 }
      rows.append(row[..<cut.bytes] + (cut.rendition.isEmpty ? [] : Array("\u{1b}[0m".utf8)))
      used -= cut.columns + (row.count - cut.bytes - rest.count)
      row = cut.rendition + rest
      space = nil
    }
    for (index, part) in line.split(separator: 0x1B, omittingEmptySubsequences: false).enumerated() {
      var part = part
      if index > 0, let end = part.firstIndex(of: UInt8(ascii: "m")) {
        let sequence = [0x1B] + part[...end]
        rendition = sequence == Array("\u{1b}[0m".utf8) ? [] : sequence
        row += sequence
        part = part[(end + 1)...]
      }
      for character in String(decoding: part, as: UTF8.self) {
        if character == "\t" {
          let spaces = min(8 - used % 8, max(0, columns - used))
          row += Array(repeating: 0x20, count: spaces)
          used += spaces
          continue
        }
        let width = DisplayWidth.of(String(character))
        if used + width > columns, used > 0 {
          if character == " " { space = Place(bytes: row.count, columns: used, rendition: rendition) }
          close()
          // The space between two rows is seen in neither.
          if character == " " { continue }
        }
        if character == " " { space = Place(bytes: row.count, columns: used, rendition: rendition) }
        row += Array(character.utf8)
        used += width
      }
    }
    if used > 0 || rows.isEmpty { rows.append(row) }
    return rows
  }
}

extension StyledText {
  /// Gives text of any origin on one line as a screen may show it, to be measured and folded before it is added.
  public static func visible(_ text: String) -> String {
    SafeText.escaping(text.replacing("\t", with: "    "), .singleLine)
  }
}
