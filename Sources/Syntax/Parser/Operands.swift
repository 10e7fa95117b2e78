import Diagnostics

extension Parser {
  // operand = ( path | string | group | list | braces | bytes | regex | control | literal | bare-text ) { access }
  mutating func operand() -> Expression { postfix(primary()) }

  private mutating func primary() -> Expression {
    switch byte {
    case .dollar: return pathOrText()
    case .openParen: return group()
    case .singleQuote, .doubleQuote: return string()
    case .openBrace: return braces(blockIsValue: false)
    case .openBracket where !startsEndpoint: return list()
    default: return wordOperand()
    }
  }

  private mutating func wordOperand() -> Expression {
    if let keyword = keyword(), keyword.isControl { return control(keyword) }
    if startsBytes { return byteString() }
    if startsRegex { return regex() }
    if let literal = literal() { return self.literal(literal) }
    if startsBareText { return word() }
    return missingOperand()
  }

  private mutating func literal(_ literal: Literal) -> Expression {
    at = literal.span.end
    guard let mistake = literal.mistake else { return Expression(.word(literal.text), literal.span) }
    report("bad-literal", mistake.message, literal.span, hint: mistake.hint)
    return Expression(.missing, literal.span)
  }

  /// Reports what stands where an operand should.
  private mutating func missingOperand() -> Expression {
    guard startsValue, byte != .comma, byte != .equals else {
      lose("syntax", "a value is missing here", here)
      return Expression(.missing, here)
    }
    guard !reportForeignOperator() else { return Expression(.missing, here) }
    let start = at
    if infix() != nil || byte == .exclamation {
      let span = infix()?.span ?? here
      lose(
        "syntax", "a value is missing before `\(source.text(span))`", span,
        hint: byte == .exclamation ? "write `not`" : nil)
      return Expression(.missing, span)
    }
    let word = word()
    reportBareWord(word.span, after: start)
    return Expression(.missing, word.span)
  }

  private mutating func reportBareWord(_ span: Span, after start: Int) {
    let text = source.text(span)
    if let fault = literals.fault(inNumber: text) {
      return report("bad-number", "`\(text)` is no number: \(fault)", span)
    }
    var before = start - 1
    while before > 0, bytes[before] == .space { before -= 1 }
    let isRedirect = before >= 0 && bytes[before] == .greater
    let isName = self[start].startsName && text.utf8.allSatisfy(\.continuesName)
    var hint = isName ? "quote it, or write $\(text), or (\(text)) for a command" : "quote it: \"\(text)\""
    if isRedirect { hint = "quote it; to write a file use `| save \(text)`" }
    report("bare-word", "`\(text)` is no value in an expression", span, hint: hint)
  }

  /// Reads a variable; one with a colon and more glued to it, as in `$host:$port`, is a text.
  private mutating func pathOrText() -> Expression {
    if peek(1) == .openBrace { return pathOrWord() }
    guard peek(1).startsName || peek(1) == .question else {
      lose("syntax", "a name is missing after `$`", here)
      return Expression(.missing, here)
    }
    return isGluedText ? word() : variable()
  }

  /// Whether a colon and more are glued to the variable and the fields that stand here.
  private var isGluedText: Bool {
    var end = at + 2
    while self[end].continuesName { end += 1 }
    while let fieldEnd = fieldEnd(end) { end = fieldEnd }
    let next = self[end + 1]
    return self[end] == .colon && (next == .dollar || next.isDigit || next.isLetter)
  }

  // access = "." field | "?." field | "[" expression "]" | "[" [ expression ] ( ".." | "..<" ) [ expression ] "]"
  // Nothing stands between a value and its access.
  mutating func postfix(_ value: Expression) -> Expression {
    guard byte == .dot || byte == .openBracket || byte == .question else { return value }
    let steps = accesses(optional: true)
    guard !steps.isEmpty else { return value }
    guard case .access(let base, let before) = value.kind else {
      return Expression(.access(value, steps), Span(value.span.start, at))
    }
    return Expression(.access(base, before + steps), Span(value.span.start, at))
  }

  /// Reads the steps that are glued here; `?.` only where it makes sense.
  mutating func accesses(optional: Bool) -> [Access] {
    var steps: [Access] = []
    while !isLost {
      guard let step = byte == .openBracket ? indexStep() : fieldStep(optional: optional) else { break }
      steps.append(step)
    }
    return steps
  }

  private mutating func fieldStep(optional: Bool) -> Access? {
    let start = at
    let isOptional = optional && byte == .question
    guard let end = fieldEnd(isOptional ? at + 1 : at) else { return nil }
    at = end
    let name = text(from: isOptional ? start + 2 : start + 1, to: end)
    return Access(.field(name, optional: isOptional), Span(start, end))
  }

  private mutating func indexStep() -> Access? {
    let start = at
    guard open("[", .group) else { return nil }
    let kind = index()
    close()
    return Access(kind, Span(start, at))
  }

  /// Reads what stands between the brackets of an index or a slice.
  private mutating func index() -> Access.Kind {
    skipBlanks()
    if let dots = infix(), case .range(let includesEnd) = dots.kind {
      at = dots.span.end
      skipBlanks()
      return .slice(from: nil, to: byte == .closeBracket ? nil : expression(), includesEnd: includesEnd)
    }
    let expression = expression()
    guard case .range(let from, let to, let includesEnd) = expression.kind else { return .index(expression) }
    return .slice(from: from, to: to, includesEnd: includesEnd)
  }
}
