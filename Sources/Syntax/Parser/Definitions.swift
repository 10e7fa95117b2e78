import Diagnostics

extension Parser {
  // def = "def" word "[" parameters "]" block
  mutating func definition(comment: String) -> Statement.Kind {
    skipBlanks()
    let start = at
    while byte.continuesName || byte == .minus { at += 1 }
    guard at > start else {
      lose("syntax", "expected a name after `def`", here)
      return .broken
    }
    let name = Name(text(from: start, to: at), Span(start, at))
    if !canBeginCall(name.text) {
      report(
        "bad-name", "`\(name.text)` has a meaning of its own and cannot name a function", name.span,
        hint: "a call that begins with it could not be told from something else")
    }
    skipBlanks()
    guard byte == .openBracket else {
      lose(
        "syntax", "expected `[` and the parameters after `def \(name.text)`", here,
        hint: "write `def \(name.text) [] { … }` if there are none; a name is one word")
      return .broken
    }
    var parameters: [ParameterSyntax] = []
    if open("[", .elements) {
      parameters = self.parameters(until: .closeBracket)
      close()
    }
    let body = wantedBlock(after: "def … […]")
    return .define(Definition(name: name, parameters: parameters, body: body, comment: comment))
  }

  /// Tells whether a call could begin with this word: it is no keyword, operator or literal.
  private func canBeginCall(_ word: String) -> Bool {
    guard Keyword(rawValue: word) == nil, BinaryOperator(rawValue: word) == nil else { return false }
    guard word != "not", word != "bnot", word.utf8.first != .minus else { return false }
    if case .word = literals.recognize(word) { return true }
    return false
  }

  // parameters = { parameter [ "," ] }
  mutating func parameters(until closing: UInt8) -> [ParameterSyntax] {
    var parameters: [ParameterSyntax] = []
    while true {
      skipBlanks()
      guard !isAtEnd, !isLost, byte != closing else { return parameters }
      guard let parameter = parameter() else { return parameters }
      parameters.append(parameter)
      skipBlanks()
      if byte == .comma { at += 1 }
    }
  }

  // parameter = ( name | "--" option-name | "..." name ) [ ":" type ] [ "=" argument ]
  private mutating func parameter() -> ParameterSyntax? {
    var kind = ParameterSyntax.Kind.positional
    if looking(at: "--") {
      kind = .option
      at += 2
    } else if looking(at: "...") {
      kind = .rest
      at += 3
    } else if byte == .dollar {
      report("syntax", "a parameter is declared without `$`", here)
      at += 1
    }
    let start = at
    guard byte.startsName else {
      lose("syntax", "expected a parameter, found `\(source.text(wordSpan()))`", wordSpan())
      return nil
    }
    while byte.continuesName || (kind == .option && byte == .minus) { at += 1 }
    let name = Name(text(from: start, to: at), Span(start, at))
    guard !isLost else { return nil }
    return ParameterSyntax(name: name, kind: kind, type: parameterType(), defaultValue: defaultValue(kind))
  }

  private mutating func parameterType() -> Name? {
    skipBlanks()
    guard byte == .colon else { return nil }
    at += 1
    skipBlanks()
    let start = at
    while byte.continuesName || byte == .minus { at += 1 }
    guard at > start else {
      lose("syntax", "a type is missing after the colon", here)
      return nil
    }
    return Name(text(from: start, to: at), Span(start, at))
  }

  private mutating func defaultValue(_ kind: ParameterSyntax.Kind) -> Expression? {
    skipBlanks()
    guard !isLost, byte == .equals else { return nil }
    if kind == .rest { report("syntax", "the rest of the arguments has no default value", here) }
    at += 1
    skipBlanks()
    guard startsValue else {
      lose("syntax", "a default value is missing after `=`", here)
      return nil
    }
    return value()
  }

  /// Gives the comment lines that stand directly above the line of this place, without `#`.
  mutating func commentAbove() -> String {
    var lineStart = at
    while lineStart > 0, bytes[lineStart - 1] == .space || bytes[lineStart - 1] == .tab { lineStart -= 1 }
    guard lineStart > 0, bytes[lineStart - 1] == .newline else { return "" }
    var lines: [String] = []
    for comment in comments.reversed() {
      let end = comment.span.end + (self[comment.span.end] == .carriageReturn ? 2 : 1)
      guard comment.standsAlone, end == lineStart, !isShebang(comment.span) else { break }
      let afterHash = comment.span.start + 1
      lines.append(text(from: self[afterHash] == .space ? afterHash + 1 : afterHash, to: comment.span.end))
      lineStart = comment.span.start
      while lineStart > 0, bytes[lineStart - 1] == .space || bytes[lineStart - 1] == .tab { lineStart -= 1 }
    }
    return lines.reversed().joined(separator: "\n")
  }

  private func isShebang(_ span: Span) -> Bool { span.start <= 3 && self[span.start + 1] == .exclamation }
}
