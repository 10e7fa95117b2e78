/// The characters that stand in libedit's line for cells of several scalars.
///
/// libedit has one `wchar_t` a cell and counts columns by wcwidth(3), so that an accent, a flag or a joined emoji would take cells
/// of its own. Each such cell is edited as one character that nobody types, of the same width, and drawn as what it stands for. The
/// table lasts as long as the editor, because its clipboard and its undo hold stand-ins too.
final class StandIns {
  var cells = CharacterCells()
  private var narrow = Table(first: 0xF0000)  // of plane 15, private use, one column
  private var wide = Table(first: 0x30000)  // of CJK Extension G, two columns

  /// The cells of one width, by the number of their stand-in.
  private struct Table {
    /// The stand-ins are the upper quarters of so many blocks of 256: libedit's search takes the lowest byte of a character for a
    /// key, and these keys insert themselves.
    static let (blocks, quarter) = (19, 64)
    let first: UInt32
    var entries: [(text: String, shown: String)] = []
    var numbers: [[UInt32]: Int] = [:]

    func holds(_ scalar: Unicode.Scalar) -> Bool {
      (first..<first + UInt32(Self.blocks * 256)).contains(scalar.value) && scalar.value & 0xC0 == 0xC0
    }

    subscript(_ scalar: Unicode.Scalar) -> (text: String, shown: String)? {
      guard holds(scalar) else { return nil }
      let number = Int(scalar.value - first) / 256 * Self.quarter + Int(scalar.value & 0x3F)
      return number < entries.count ? entries[number] : nil
    }

    private func scalar(_ number: Int) -> Unicode.Scalar? {
      Unicode.Scalar(first + UInt32(number / Self.quarter * 256 + 0xC0 + number % Self.quarter))
    }

    /// Gives the stand-in of a cell; nil if the table is full.
    mutating func standIn(for text: String, shown: String) -> Unicode.Scalar? {
      let key = text.unicodeScalars.map(\.value)
      if let number = numbers[key] { return scalar(number) }
      // More a session does not have; what comes then goes to libedit as it is.
      guard entries.count < Self.blocks * Self.quarter else { return nil }
      numbers[key] = entries.count
      entries.append((text, shown))
      return scalar(entries.count - 1)
    }
  }

  /// Characters that libedit's search would take for a key, and that were searched for.
  private var searched: Set<UInt32> = []

  /// Lets a character be searched for.
  func search(for scalar: Unicode.Scalar) {
    if scalar.value > 0xFF, scalar.value & 0xFF < 0xA0 { searched.insert(scalar.value) }
  }

  /// Asks the terminal how wide it draws some texts, when this comes to matter for the first time.
  var measure: ([String]) -> [Int] = { _ in [] }

  /// Gives text as libedit edits it.
  func encode(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    if cells.isUncertain(text) { cells.learn(measure(CharacterCells.probes)) }
    var encoded = String.UnicodeScalarView()
    for cell in cells.split(text) {
      if let one = standIn(for: cell) { encoded.append(one) } else { encoded.append(contentsOf: cell.unicodeScalars) }
    }
    return String(encoded)
  }

  private func standIn(for cell: String) -> Unicode.Scalar? {
    let scalars = cell.unicodeScalars
    guard let first = scalars.first else { return nil }
    let isBare = CharacterCells.columns(first) == 0
    guard scalars.count > 1 || isBare || narrow.holds(first) || wide.holds(first) || searched.contains(first.value)
    else { return nil }
    // What joins nothing is seen on a dotted circle, as Unicode's charts show it.
    let shown = isBare ? "\u{25CC}" + (first.properties.generalCategory == .format ? "" : cell) : cell
    return cells.width(of: cell) == 2
      ? wide.standIn(for: cell, shown: shown) : narrow.standIn(for: cell, shown: shown)
  }

  /// Gives libedit's text as it was typed.
  func decode(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: replacing(Array(bytes)) { $0.text }, as: UTF8.self)
  }

  /// Gives what libedit draws as the terminal gets it.
  func shown(_ bytes: [UInt8]) -> [UInt8] { replacing(bytes) { $0.shown } }

  private func replacing(_ bytes: [UInt8], _ choice: ((text: String, shown: String)) -> String) -> [UInt8] {
    // The first bytes of the four that a stand-in has in UTF-8.
    guard bytes.contains(where: { $0 == 0xF0 || $0 == 0xF3 }) else { return bytes }
    var replaced: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let length = bytes[start] >= 0xF0 ? min(4, bytes.count - start) : 1
      let piece = bytes[start..<start + length]
      if length == 4, let scalar = String(decoding: piece, as: UTF8.self).unicodeScalars.first,
        let entry = narrow[scalar] ?? wide[scalar]
      {
        replaced += Array(choice(entry).utf8)
        start += 4
      } else {
        replaced.append(bytes[start])
        start += 1
      }
    }
    return replaced
  }
}
