import Diagnostics

/// What a statement, a stage or the inside of `( )` begins with.
enum Beginning {
  case expression, call, program
}

extension Parser {
  /// Whether a stage ends here: at the end, a newline, `;`, `|` or a closing bracket.
  var endsStage: Bool {
    switch byte {
    case .semicolon, .bar, .closeParen, .closeBracket, .closeBrace, .newline: true
    case .carriageReturn: isAtNewline
    default: isAtEnd
    }
  }

  // pipeline = stage { "|" { newline } stage }
  mutating func pipeline() -> Pipeline {
    let start = at
    var stages: [Stage] = []
    while true {
      stages.append(stage())
      guard !isLost else { break }
      skipBlanks()
      guard byte == .bar else { break }
      if peek(1) == .bar {
        reportUnexpected()
        break
      }
      guard nextStage() else { break }
    }
    return Pipeline(stages, span(from: start))
  }

  /// Reads a `|` and moves to the stage behind it.
  private mutating func nextStage() -> Bool {
    let bar = Span(at, at + 1)
    layout?.pipes.insert(at)
    at += 1
    skipSeparators(semicolons: false)
    if isAtEnd {
      reportEnd(.continued, "a stage is missing after `|`", bar)
      return false
    }
    guard !endsStage else {
      lose("syntax", "a stage is missing after `|`", bar)
      return false
    }
    return true
  }

  // stage = expression | call | program
  private mutating func stage() -> Stage {
    let start = at
    let kind: Stage.Kind =
      switch beginning() {
      case .expression: .expression(expression())
      case .call: call()
      case .program: program()
      }
    return Stage(kind, span(from: start))
  }

  /// Tells by the first token whether an expression or a command stands here.
  mutating func beginning() -> Beginning {
    switch byte {
    case .dollar, .openParen, .openBracket, .openBrace, .singleQuote, .doubleQuote, .minus: return .expression
    case .caret: return .program
    case .greater, .less, .ampersand, .bar: return .call
    default: break
    }
    if keyword()?.isControl == true || looking(atWord: "not") || looking(atWord: "bnot") { return .expression }
    if startsBytes || startsRegex { return .expression }
    return literal() != nil || startsBareText ? .expression : .call
  }

  // call = word { argument }, the word being no literal
  private mutating func call() -> Stage.Kind {
    guard let head = head() else { return .expression(Expression(.missing, here)) }
    return .call(Call(head: head, arguments: arguments(verbatim: false, behindFirst: head.text == "sh")))
  }

  private mutating func head() -> Name? {
    guard !reportForeignOperator() else { return nil }
    guard startsValue, byte != .exclamation else {
      lose(
        "syntax", byte == .exclamation ? "`!` is no operator" : "a command is missing before `\(source.text(here))`",
        here, hint: byte == .exclamation ? "write `not`" : nil)
      return nil
    }
    let head = value()
    guard case .word(let word) = head.kind else {
      lose("syntax", "the name of a command cannot have a `$` in it", head.span)
      return nil
    }
    if !isLost { checkHead(word, head.span) }
    return isLost ? nil : Name(word, head.span)
  }

  /// Reports first words that cannot name a command.
  private mutating func checkHead(_ word: String, _ span: Span) {
    if let keyword = Keyword(rawValue: word) {
      let ends = keyword == .else || keyword == .catch || keyword == .finally
      lose(
        "syntax", "`\(word)` begins a statement and cannot stand here", span,
        hint: ends ? "it stands on the line of the brace before it" : nil)
    } else if BinaryOperator(rawValue: word) != nil || word == "=" {
      lose("syntax", "a value is missing before `\(word)`", span)
    } else if isDottedName(word) {
      reportDottedName(word, span)
    }
  }

  private func isDottedName(_ word: String) -> Bool {
    let bytes = word.utf8
    guard let first = bytes.first, first.isLetter || first.isDigit, let last = bytes.last else { return false }
    return bytes.contains(.dot) && (last.continuesName || last == .minus || last == .dot || bytes.contains(.slash))
  }

  private mutating func reportDottedName(_ word: String, _ span: Span) {
    let isInterpolated = brackets.last?.opening == "${"
    let hint =
      isInterpolated
      ? "write `${$\(word)}` for fields of a variable" : "write \"\(word)\" for a text, `dns \(word)` for its addresses"
    lose("dotted-name", "`\(word)` is no command", span, hint: hint)
  }

  // program = "^" ( word | string ) { argument }
  private mutating func program() -> Stage.Kind {
    at += 1
    guard startsValue, byte != .openBrace, byte != .openParen, byte != .openBracket else {
      lose("syntax", "the name of a program is missing after `^`", Span(at - 1, at))
      return .expression(Expression(.missing, here))
    }
    let head = value()
    guard let name = plainText(head) else {
      lose("syntax", "the name of a program cannot have a `$` in it", head.span)
      return .expression(Expression(.missing, head.span))
    }
    return .program(Call(head: Name(name, head.span), arguments: arguments(verbatim: true)))
  }

  private func plainText(_ expression: Expression) -> String? {
    switch expression.kind {
    case .word(let word): return word
    case .text(let template):
      guard template.parts.count == 1, case .text(let text) = template.parts.first else { return nil }
      return text
    default: return nil
    }
  }
}
