import CSystem

/// How text divides into what the cursor steps over: a character with all that joins it, or an emoji of several parts.
///
/// These are the grapheme clusters of UAX #29, but that a scalar with a width of its own begins a cell where terminals give it one, as
/// the vowel signs of Indic scripts have it.
struct CharacterCells {
  /// Whether the terminal draws as one emoji what ZWJ, or a modifier, joins (UTS #51).
  private(set) var (joinsEmoji, joinsModifiers) = (true, true)
  /// Whether VARIATION SELECTOR-16 makes a character as wide as an emoji there.
  private(set) var widensEmoji = true
  /// Whether the terminal was asked.
  private(set) var isCertain = false

  private static let (joiner, emojiSelector): (UInt32, UInt32) = (0x200D, 0xFE0F)
  private static let modifiers: ClosedRange<UInt32> = 0x1F3FB...0x1F3FF

  /// Texts whose widths tell what the terminal does, each wide if it is drawn as one emoji.
  static let probes = ["\u{1F469}\u{200D}\u{1F4BB}", "\u{1F44D}\u{1F3FD}", "\u{2764}\u{FE0F}"]

  /// Takes the widths of the probes; fewer mean that the terminal did not answer.
  mutating func learn(_ widths: [Int]) {
    isCertain = true
    guard widths.count == Self.probes.count else { return }
    (joinsEmoji, joinsModifiers, widensEmoji) = (widths[0] <= 2, widths[1] <= 2, widths[2] >= 2)
  }

  /// Whether only the terminal can say how a text is drawn.
  func isUncertain(_ text: String) -> Bool {
    guard !isCertain, text.utf8.contains(where: { $0 >= 0xE2 }) else { return false }
    return text.unicodeScalars.contains {
      $0.value == Self.joiner || $0.value == Self.emojiSelector || Self.modifiers.contains($0.value)
    }
  }
  /// A cell of more scalars is nothing that a language writes.
  private static let longest = 32

  static func columns(_ scalar: Unicode.Scalar) -> Int { Int(nsh_columns(scalar.value)) }

  /// Whether a scalar is one of those that can join what stands before it.
  func mayJoin(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x300 && (Self.columns(scalar) == 0 || scalar.properties.isEmoji || scalar.isRegionalIndicator)
  }

  func joins(_ cell: String, _ next: Unicode.Scalar) -> Bool {
    let scalars = cell.unicodeScalars
    guard let last = scalars.last, last.value >= 0x20, mayJoin(next), scalars.count < Self.longest else { return false }
    var whole = scalars
    whole.append(next)
    return String(whole).count == 1 && isSameCell(last, next)
  }

  /// Tells whether a scalar of the same grapheme cluster is drawn in one cell with what stands before it.
  private func isSameCell(_ last: Unicode.Scalar, _ next: Unicode.Scalar) -> Bool {
    if Self.columns(next) <= 0 || next.isRegionalIndicator { return true }
    if Self.modifiers.contains(next.value) { return joinsModifiers }
    return joinsEmoji && last.value == Self.joiner && next.properties.isEmoji
  }

  func split(_ text: String) -> [String] {
    var cells: [String] = []
    for character in text {
      var cell = String.UnicodeScalarView()
      for scalar in character.unicodeScalars {
        if let last = cell.last, !isSameCell(last, scalar) || cell.count >= Self.longest {
          cells.append(String(cell))
          cell = String.UnicodeScalarView()
        }
        cell.append(scalar)
      }
      cells.append(String(cell))
    }
    return cells
  }

  /// Gives the columns that a cell takes, 1 or 2.
  func width(of cell: String) -> Int {
    let scalars = cell.unicodeScalars
    let widest = scalars.map(Self.columns).max() ?? 1
    let isWidened = widensEmoji && scalars.contains { $0.value == Self.emojiSelector }
    return isWidened || widest > 1 || scalars.contains(where: \.isRegionalIndicator) && scalars.count > 1 ? 2 : 1
  }
}

extension Unicode.Scalar {
  /// One of the letters of which two are a flag.
  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
