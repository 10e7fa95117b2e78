import Net

/// Tells rules of ABNF from what only looks like them.
enum ABNFReader {
  /// What a line begins that defines a rule.
  struct Start {
    let indent: Int
    let name: String
    /// What stands behind the `=` or `=/`.
    let elements: String
  }

  /// More lines than this no rule has.
  static let longest = 400
  private static let deepest = 64

  /// rule = rulename defined-as elements c-nl ; RFC 5234 §4; the name may stand in angle brackets
  static func ruleStart(_ line: String) -> Start? {
    let bytes = Array(line.utf8)
    let indent = bytes.prefix { $0.isBlank }.count
    var rest = bytes[indent...]
    let isBracketed = rest.first == 0x3C
    if isBracketed { rest = rest.dropFirst() }
    guard let first = rest.first, first.isLetter else { return nil }
    let name = rest.prefix { $0.isLetter || $0.isDigit || $0 == 0x2D }
    rest = rest.dropFirst(name.count)
    if isBracketed {
      guard rest.first == 0x3E else { return nil }
      rest = rest.dropFirst()
    }
    rest = rest.drop { $0.isBlank }
    guard rest.first == ASCII.equals else { return nil }
    rest = rest.dropFirst()
    if rest.first == 0x2F { rest = rest.dropFirst() }
    guard rest.first.map(\.isBlank) ?? true || rest.first == ASCII.quote || rest.first == 0x25 else { return nil }
    return Start(indent: indent, name: text(of: name), elements: text(of: rest))
  }

  /// elements = alternation *c-wsp ; RFC 5234 §4, with `#` of RFC 9110 §5.6.1 and `|` of older documents
  ///
  /// Brackets are counted instead of descended into, so that depth costs nothing.
  static func isElements(_ source: String) -> Bool {
    let bytes = Array(source.utf8)
    var index = 0
    var open: [UInt8] = []
    var hasElement = false
    var isSeparated = true
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case ASCII.space, ASCII.tab, ASCII.lf:
        isSeparated = true
        index += 1
      case ASCII.semicolon:
        // `x = y;` is a statement of a programming language.
        guard isSeparated else { return false }
        while index < bytes.count, bytes[index] != ASCII.lf { index += 1 }
      case 0x2F, 0x7C:  // "/" and "|"
        guard hasElement else { return false }
        hasElement = false
        isSeparated = true
        index += 1
      case 0x29, 0x5D:  // ")" and "]"
        guard hasElement, open.popLast() == (byte == 0x29 ? 0x28 : 0x5B) else { return false }
        isSeparated = false
        index += 1
      default:
        // concatenation = repetition *(1*c-wsp repetition)
        guard isSeparated || !hasElement else { return false }
        while index < bytes.count, bytes[index].isDigit || bytes[index] == 0x2A || bytes[index] == 0x23 { index += 1 }
        guard index < bytes.count else { return false }
        if bytes[index] == 0x28 || bytes[index] == 0x5B {
          guard open.count < deepest else { return false }
          open.append(bytes[index])
          hasElement = false
          index += 1
          isSeparated = true
          continue
        }
        let length = elementLength(bytes[index...])
        guard length > 0 else { return false }
        index += length
        hasElement = true
        isSeparated = false
      }
    }
    return open.isEmpty && hasElement
  }

  /// element = rulename / char-val / num-val / prose-val ; 0 for none of them
  private static func elementLength(_ rest: ArraySlice<UInt8>) -> Int {
    guard let first = rest.first else { return 0 }
    if first.isLetter { return rest.prefix { $0.isLetter || $0.isDigit || $0 == 0x2D }.count }
    let close: UInt8
    switch first {
    case ASCII.quote: close = ASCII.quote
    case 0x3C: close = 0x3E
    case 0x25: return percentLength(rest)
    default: return 0
    }
    let inside = rest.dropFirst().prefix { $0 != close && $0 != ASCII.lf }.count
    guard rest.dropFirst(1 + inside).first == close else { return 0 }
    return inside + 2
  }

  /// num-val = "%" ( bin-val / dec-val / hex-val ), or "%s" and "%i" before a quoted string (RFC 7405 §2.1)
  private static func percentLength(_ rest: ArraySlice<UInt8>) -> Int {
    guard let kind = rest.dropFirst().first.map(\.lowercased) else { return 0 }
    if kind == 0x73 || kind == 0x69 {
      let length = rest.dropFirst(2).first == ASCII.quote ? elementLength(rest.dropFirst(2)) : 0
      return length == 0 ? 0 : length + 2
    }
    guard kind == 0x62 || kind == 0x64 || kind == 0x78 else { return 0 }
    let digits = rest.dropFirst(2).prefix { $0.hexValue != nil || $0 == 0x2E || $0 == 0x2D }.count
    return digits == 0 ? 0 : digits + 2
  }
}
