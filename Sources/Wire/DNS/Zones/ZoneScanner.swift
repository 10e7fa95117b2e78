import Net

/// An entry of a master file: the words of a line, or of several that parentheses join (RFC 1035 §5.1).
struct ZoneEntry {
  var words: [ZoneWord] = []
  /// Whether the line begins with white space, so that the record has the name of the one before.
  var isIndented = false
  var line = 1
}

/// A master file that is read entry by entry.
struct ZoneScanner {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1
  private var lineStart = 0

  init(_ bytes: [UInt8], file: String = "") {
    self.bytes = bytes
    self.file = file
  }

  private func error(_ reason: ZoneError.Reason) -> ZoneError {
    ZoneError(reason, file: file, line: line, column: position - lineStart + 1)
  }

  /// Gives the next entry that has words, nil at the end.
  mutating func next() throws(ZoneError) -> ZoneEntry? {
    while position < bytes.count {
      let entry = try readEntry()
      if !entry.words.isEmpty { return entry }
    }
    return nil
  }

  private mutating func readEntry() throws(ZoneError) -> ZoneEntry {
    var entry = ZoneEntry(isIndented: bytes[position].isBlank, line: line)
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case ASCII.lf:
        position += 1
        line += 1
        lineStart = position
        guard depth > 0 else { return entry }
        continue
      case ASCII.space, ASCII.tab, ASCII.cr: position += 1
      case ASCII.semicolon:
        while position < bytes.count, bytes[position] != ASCII.lf { position += 1 }
      case UInt8(ascii: "("):
        depth += 1
        position += 1
      case UInt8(ascii: ")"):
        guard depth > 0 else { throw error(.unbalancedParenthesis) }
        depth -= 1
        position += 1
      default:
        entry.words.append(try readWord())
      }
    }
    guard depth == 0 else { throw error(.unbalancedParenthesis) }
    return entry
  }

  /// Reads a word up to white space, a parenthesis or a comment; a part of it may stand within quotation marks.
  private mutating func readWord() throws(ZoneError) -> ZoneWord {
    let (startLine, startColumn) = (line, position - lineStart + 1)
    var text: [UInt8] = []
    let isQuoted = bytes[position] == ASCII.quote
    var isWithin = false
    loop: while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case ASCII.lf:
        if isWithin { throw error(.unbalancedQuote) }
        break loop
      case ASCII.quote:
        isWithin.toggle()
        position += 1
        if !isWithin { break loop }
      case ASCII.backslash:
        guard position + 1 < bytes.count, bytes[position + 1] != ASCII.lf else { throw error(.badEscape) }
        text += bytes[position...(position + 1)]
        position += 2
      case ASCII.space, ASCII.tab, ASCII.cr, ASCII.semicolon, UInt8(ascii: "("), UInt8(ascii: ")"):
        guard isWithin else { break loop }
        text.append(byte)
        position += 1
      default:
        text.append(byte)
        position += 1
      }
    }
    guard !isWithin else { throw error(.unbalancedQuote) }
    return ZoneWord(bytes: text, isQuoted: isQuoted, line: startLine, column: startColumn)
  }
}

/// The words of a text that is one entry of a master file.
public enum ZoneWords {
  public static func line(_ text: [UInt8]) throws(ZoneError) -> [ZoneWord] {
    var scanner = ZoneScanner(text)
    let entry = try scanner.next()
    guard try scanner.next() == nil else { throw ZoneError(.zone("the text is more than one entry"), line: 2) }
    return entry?.words ?? []
  }
}
