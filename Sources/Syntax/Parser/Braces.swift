import Diagnostics

extension Parser {
  // braces = "{" "}" | record | function | block, a block only where it may be an argument
  mutating func braces(blockIsValue: Bool) -> Expression {
    let start = at
    guard open("{", .elements) else { return Expression(.missing, Span(start, at)) }
    let kind = bracesContent(blockIsValue: blockIsValue)
    close()
    guard case .block(let block) = kind else { return Expression(kind, Span(start, at)) }
    let expression = Expression(.block(Block(block.statements, Span(start, at))), Span(start, at))
    guard !blockIsValue else { return expression }
    lose(
      "syntax", "a block is no value here", Span(start, start + 1),
      hint: "a function is `{|| … }`, a record is `{name: value}`; a text key or a key with a `$` may want quotes")
    return Expression(.missing, expression.span)
  }

  private mutating func bracesContent(blockIsValue: Bool) -> Expression.Kind {
    skipBlanks()
    if byte == .closeBrace { return .emptyBraces }
    if byte == .bar { return function() }
    if startsKey() { return .record(fields()) }
    place = .statements
    let start = (brackets.last?.start ?? at) + 1
    let statements = statements(from: start)
    return .block(Block(statements, span(from: start)))
  }

  /// Tells whether the `{` here begins a block; nothing is read.
  mutating func bracesAreBlock() -> Bool {
    let start = at
    defer { at = start }
    let outside = place
    defer { place = outside }
    place = .elements
    at += 1
    skipBlanks()
    // What begins with a string is read as an expression, which reports a block itself.
    return byte != .closeBrace && byte != .bar && byte != .doubleQuote && byte != .singleQuote && !startsKey()
  }

  // function = "{" "|" parameters "|" statements "}"
  private mutating func function() -> Expression.Kind {
    at += 1
    let parameters = self.parameters(until: .bar)
    skipBlanks()
    guard !isLost, byte == .bar else {
      lose("syntax", "expected `|` behind the parameters", here)
      return .missing
    }
    at += 1
    place = .statements
    let start = at
    let statements = statements()
    let body = Block(statements, span(from: start))
    return .function(FunctionLiteral(parameters: parameters, body: body))
  }

  /// Tells whether a key stands here: a word or a string, and a colon directly behind it.
  private mutating func startsKey() -> Bool {
    if byte == .singleQuote || byte == .doubleQuote {
      let start = at
      let key = string()
      let isKey = !isLost && byte == .colon
      at = start
      stringAhead = key
      return isKey
    }
    return keyEnd() != nil
  }

  /// Gives where the colon stands that ends the word here, if it has one.
  private func keyEnd() -> Int? {
    var end = at
    while true {
      switch self[end] {
      case .colon: return end > at ? end : nil
      case .dollar where self[end + 1] == .openBrace:
        end += 2
        while self[end].continuesName { end += 1 }
        guard self[end] == .closeBrace else { return nil }
      case .comma: return nil
      default: guard !endsWord(end) else { return nil }
      }
      end += 1
    }
  }

  // record = "{" { key value [ "," ] } "}"
  private mutating func fields() -> [RecordField] {
    var fields: [RecordField] = []
    while true {
      skipBlanks()
      guard !isLost, startsValue else { return fields }
      let start = at
      guard let key = key() else { return fields }
      let keySpan = Span(start, at)
      at += 1
      skipBlanks()
      guard startsValue else {
        lose("syntax", "a value is missing after `\(source.text(keySpan)):`", here)
        return fields
      }
      let value = value()
      fields.append(RecordField(key: key, keySpan: keySpan, value: value))
      checkGap(after: value.span)
      skipBlanks()
      if byte == .comma { at += 1 }
    }
  }

  // key = ( word | string ) ":"
  private mutating func key() -> Template? {
    let start = at
    if byte == .singleQuote || byte == .doubleQuote {
      let key = string()
      if !isLost, byte == .colon, case .text(let template) = key.kind { return template }
      if isAtEnd { lose("syntax", "a colon is missing after the key", here) }
    } else if let end = keyEnd() {
      return keyTemplate(to: end)
    }
    guard !isLost else { return nil }
    at = start
    let span = wordSpan()
    let isOperator = BinaryOperator(rawValue: source.text(span)) != nil
    lose(
      "syntax", "expected a key and a colon, found `\(source.text(span))`", span,
      hint: isOperator ? "arithmetic in a record wants ( )" : "write `{name: value}`")
    return nil
  }
}
