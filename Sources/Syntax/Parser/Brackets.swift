import Diagnostics

/// A bracket that is open.
struct OpenBracket {
  let opening: String
  let closing: UInt8
  let start: Int
  /// The place outside.
  let outside: Place
}

extension Parser {
  /// Reads an opening bracket; gives false, with everything up to its partner skipped, if brackets nest too deeply.
  mutating func open(_ opening: String, _ place: Place) -> Bool {
    let start = at
    at += opening.utf8.count
    let closing: UInt8 =
      switch self[at - 1] {
      case .openParen: .closeParen
      case .openBracket: .closeBracket
      default: .closeBrace
      }
    guard brackets.count + waitingOperators < limits.nesting, hasStack else {
      loseDepth(Span(start, at))
      skip(to: closing)
      return false
    }
    brackets.append(OpenBracket(opening: opening, closing: closing, start: start, outside: self.place))
    self.place = place
    return true
  }

  /// Whether the stack has room for one more level; it grows towards lower addresses.
  private var hasStack: Bool {
    let now = stackAddress()
    return now >= stackStart || stackStart - now < UInt(max(0, limits.stack))
  }

  mutating func loseDepth(_ span: Span) {
    guard !isLost, !endWasReported else { return }
    // Not `report`, which would call it curable at the end of the text.
    let open = brackets
    brackets = []
    lose("nesting", "nested too deeply, in \(open.count) brackets", span)
    brackets = open
  }

  /// Reads the closing bracket of the last one opened, or reports what stands in its place and skips to it.
  mutating func close() {
    guard let bracket = brackets.last else { return }
    place.newlineIsBlank = true
    skipBlanks()
    place = bracket.outside
    if !isLost, byte == bracket.closing {
      at += 1
      brackets.removeLast()
      return
    }
    if isAtEnd {
      report("syntax", "", Span(at, at))
    } else {
      reportUnexpected(inside: bracket)
    }
    brackets.removeLast()
    skip(to: bracket.closing)
    findBack()
  }

  /// Tells whether a closing bracket has a partner among the open ones.
  func closesOpenBracket(_ byte: UInt8) -> Bool { brackets.contains { $0.closing == byte } }

  /// Skips to behind this closing bracket, over pairs of brackets and strings, or to before one that closes further outside.
  private mutating func skip(to closing: UInt8) {
    while true {
      skipPairs(stopsAtNewline: false)
      guard !isAtEnd else { return }
      if byte == .semicolon {
        at += 1
      } else if byte == closing {
        at += 1
        return
      } else if closesOpenBracket(byte) {
        return
      } else {
        at += 1
      }
    }
  }

  /// Skips to where a statement can end: a newline, a `;` or a closing bracket without a partner.
  mutating func skipToStatementEnd() { skipPairs(stopsAtNewline: !place.newlineIsBlank) }

  private mutating func skipPairs(stopsAtNewline: Bool) {
    var open = 0
    while at < bytes.count {
      switch bytes[at] {
      case .openParen, .openBracket, .openBrace: open += 1
      case .closeParen, .closeBracket, .closeBrace:
        guard open > 0 else { return }
        open -= 1
      case .semicolon where open == 0: return
      case .newline where open == 0 && stopsAtNewline: return
      case .hash where at == 0 || bytes[at - 1].endsWord:
        skipComment()
        continue
      case .singleQuote, .doubleQuote: skipString()
      default: break
      }
      at += 1
    }
  }

  /// Moves to the closing quote of a string on this line; stays if there is none.
  private mutating func skipString() {
    guard at >= unpairedUntil else { return }
    let quote = bytes[at]
    var end = at + 1
    while end < bytes.count, bytes[end] != quote {
      guard bytes[end] != .newline else {
        unpairedUntil = end
        return
      }
      end += bytes[end] == .backslash && quote == .doubleQuote ? 2 : 1
    }
    if end < bytes.count { at = end } else { unpairedUntil = bytes.count }
  }
}

/// Gives about where the stack stands in the caller.
@inline(never)
func stackAddress() -> UInt {
  var mark: UInt8 = 0
  return withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
}
