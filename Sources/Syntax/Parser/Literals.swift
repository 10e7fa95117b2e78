import Diagnostics

/// A word that the recognizer takes for a literal, right or malformed.
struct Literal {
  let text: String
  let span: Span
  /// What is wrong with it, and a hint.
  let mistake: (message: String, hint: String?)?
}

extension Parser {
  // literal = the longest beginning of a word that the recognizer takes for a literal, where a beginning ends at the end
  //           of the word or before an operator sign
  //
  // No literal but a URL has `< > = ! * ,` or `..` in it, so they end the word; `+ - / %` stand in networks, times,
  // exponents and zones, so the recognizer is asked, with at most eight beginnings of a word.
  /// Gives the literal that stands here, if one does; nothing is read.
  mutating func literal() -> Literal? {
    if literalAhead.start == at { return literalAhead.literal }
    let found = findLiteral()
    literalAhead = (at, found)
    return found
  }

  private func findLiteral() -> Literal? {
    if let end = startsEndpoint ? endpointEnd() : nil { return recognize(to: end) }
    guard let (end, cuts) = literalRun() else { return nil }
    if let literal = recognize(to: end) { return literal }
    for cut in cuts.reversed() {
      if let literal = recognize(to: cut) { return literal }
    }
    return nil
  }

  private func recognize(to end: Int) -> Literal? {
    guard end > at else { return nil }
    let word = text(from: at, to: end)
    let span = Span(at, end)
    switch literals.recognize(word) {
    case .word: return nil
    case .literal: return Literal(text: word, span: span, mistake: nil)
    case .malformed(let message, let hint): return Literal(text: word, span: span, mistake: (message, hint))
    }
  }

  /// Gives where the word here ends in an expression, and the places inside where a shorter literal may end.
  private func literalRun() -> (end: Int, cuts: [Int])? {
    var end = at
    var cuts: [Int] = []
    let startsWithLetter = byte.isLetter
    while true {
      let byte = self[end]
      switch byte {
      case .dollar: return self[end - 1] == .colon && end > at ? nil : (end, cuts)
      case .less, .greater, .equals, .exclamation, .star, .comma: return (end, cuts)
      case .dot where self[end + 1] == .dot: return (end, cuts)
      case .colon where isURLColon(end): return urlEnd(end).map { ($0, []) }
      case .plus, .slash, .percent, .minus:
        // A command such as `null-route` is no subtraction.
        if byte == .minus, startsWithLetter { break }
        if end > at, endsPlainNumber(end, before: byte) { return (end, []) }
        cuts.append(end)
        guard cuts.count <= 8 else { return (end, cuts) }
      default:
        if byte.endsWord || isContinuation(end) { return (end, cuts) }
      }
      end += 1
    }
  }

  /// Tells whether the word up to an operator sign is a decimal number that no longer literal begins with: a time begins
  /// with four digits and `-`, a MAC address may begin with two.
  private func endsPlainNumber(_ end: Int, before sign: UInt8) -> Bool {
    guard sign != .minus || (end - at != 4 && end - at != 2) else { return false }
    return bytes[at..<end].allSatisfy { $0.isDigit || $0 == .underscore }
  }

  private func isURLColon(_ offset: Int) -> Bool {
    guard self[offset + 1] == .slash, self[offset + 2] == .slash, byte.isLetter else { return false }
    return bytes[at..<offset].allSatisfy { $0.isLetter || $0.isDigit || $0 == .plus || $0 == .minus || $0 == .dot }
  }

  /// Gives where a URL ends, a comma behind it not included; nil if something is interpolated.
  private func urlEnd(_ colon: Int) -> Int? {
    var end = colon + 3
    if self[end] == .openBracket { end = hostEnd(from: end) ?? end }
    while !self[end].endsWord, !isContinuation(end) {
      if self[end] == .dollar, self[end + 1].startsName || self[end + 1] == .openBrace { return nil }
      end += 1
    }
    return self[end - 1] == .comma ? end - 1 : end
  }

  private func endpointEnd() -> Int? {
    var end = at
    while end < bytes.count, bytes[end] != .closeBracket { end += 1 }
    end += 1
    while self[end] == .colon || self[end].isDigit || self[end].isLetter || self[end] == .minus || self[end] == .hash {
      end += 1
    }
    return self[end] == .dollar ? nil : end
  }

  // bare-text = a URL, or a name and ":", with an interpolation in it
  /// Whether a word stands here that has a `$` in it and can only be a text: a URL, or a name and a colon before `$`.
  var startsBareText: Bool {
    if byte == .openBracket { return startsEndpoint && literalAhead.literal == nil }
    guard byte.isLetter || byte.isDigit || byte == .colon else { return false }
    var end = at
    while !self[end].endsWord, self[end] != .dollar {
      if self[end] == .colon, isURLColon(end) { return urlEnd(end) == nil }
      end += 1
    }
    let next = self[end + 1]
    return self[end] == .dollar && self[end - 1] == .colon && (next.startsName || next == .openBrace)
  }

  var startsBytes: Bool { byte == .zero && peek(1) == 0x78 && peek(2) == .openBracket }

  var startsRegex: Bool {
    byte == 0x72 && peek(1) == 0x65 && (peek(2) == .singleQuote || peek(2) == .doubleQuote)
  }

  // bytes = "0x[" { hex-digit hex-digit | blank | newline | ":" | "," } "]"
  mutating func byteString() -> Expression {
    let start = at
    var values: [UInt8] = []
    guard open("0x[", .elements) else { return Expression(.missing, Span(start, at)) }
    while true {
      skipBlanks()
      if let high = byte.hexValue, let low = peek(1).hexValue {
        values.append(high << 4 | low)
        at += 2
      } else if byte == .colon || byte == .comma {
        at += 1
      } else {
        break
      }
    }
    if byte != .closeBracket, !endsStage {
      let span = wordSpan()
      let isHalf = byte.hexValue != nil
      lose(
        "bad-literal", isHalf ? "a byte has two hexadecimal digits" : "`\(source.text(span))` is no byte", span,
        hint: "write 0x[16 03 01] or 0x[160301]")
    }
    close()
    return Expression(.bytes(values), Span(start, at))
  }

  // regex = "re'" { any byte but "'" } "'" | "re" '"' { any byte but '"' } '"'
  // Nothing is escaped in it but for the pattern's own sake: one with a ' in it stands between ".
  mutating func regex() -> Expression {
    let start = at
    at += 2
    let quote = byte
    at += 1
    let patternStart = at
    while at < bytes.count, bytes[at] != quote { at += 1 }
    guard !isAtEnd else {
      reportOpenString(quote == .singleQuote ? "'" : "\"", at: Span(start, start + 3))
      return Expression(.missing, Span(start, at))
    }
    at += 1
    layout?.verbatim.append(Span(start, at))
    return Expression(.regex(text(from: patternStart, to: at - 1)), Span(start, at))
  }
}
