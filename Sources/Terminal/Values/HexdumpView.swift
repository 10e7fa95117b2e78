import Wire

/// A row of a hexdump in colours: each byte by its class.
enum HexdumpView {
  /// Gives the role of a byte: text, white space and line ends, NUL, other controls, or beyond ASCII.
  private static func role(of byte: UInt8) -> Role {
    switch byte {
    case 0: .faint
    case 0x09...0x0D, 0x20: .success
    case 0x21...0x7E: .key
    case 0x80...0xFF: .number
    default: .address
    }
  }

  /// Adds the row as `description` has it, bytes of one class after each other in one colour.
  static func add(_ row: Hexdump.Row, to text: inout StyledText) {
    let line = row.description
    // offset, two spaces, the columns of hexadecimal, two spaces, and the printable form between bars.
    let hexStart = line.utf8.count - (row.hexColumns + 2 + row.bytes.count + 2)
    text.add(String(line.prefix(hexStart)), .faint)
    let cells = Array(line.dropFirst(hexStart))
    for (index, byte) in row.bytes.enumerated() {
      let start = index * 3 + (index >= 8 ? 1 : 0)
      guard start + 1 < cells.count else { break }
      if index > 0 { text.addSpaces(index == 8 ? 2 : 1) }
      text.add(String(cells[start...start + 1]), role(of: byte))
    }
    let shown = max(0, row.bytes.count * 3 - 1) + (row.bytes.count > 8 ? 1 : 0)
    text.addSpaces(row.hexColumns - shown + 2)
    text.add("|", .faint)
    for byte in row.bytes { text.add((0x20...0x7E).contains(byte) ? [byte] : [UInt8(ascii: ".")], role(of: byte)) }
    text.add("|", .faint)
  }
}
