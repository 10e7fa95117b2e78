import Diagnostics

extension Parser {
  // control = if | for | while | loop | try | within | retry
  // loop = "loop" block
  mutating func control(_ keyword: Keyword) -> Expression {
    let start = at
    at += keyword.rawValue.utf8.count
    let control: Control =
      switch keyword {
      case .for: forLoop()
      case .while: whileLoop()
      case .loop: .loop(wantedBlock(after: "loop"))
      case .try: attempt()
      case .within: within()
      case .retry: retry()
      default: conditional()
      }
    return Expression(.control(control), span(from: start))
  }

  // if = "if" expression block { "else" "if" expression block } [ "else" block ]
  private mutating func conditional() -> Control {
    var branches: [Control.Branch] = []
    while true {
      let condition = condition(after: "if")
      branches.append(Control.Branch(condition: condition, body: wantedBlock(after: "if …")))
      guard takeKeyword("else") else { return .if(branches) }
      guard takeKeyword("if") else {
        branches.append(Control.Branch(condition: nil, body: wantedBlock(after: "else")))
        return .if(branches)
      }
    }
  }

  // for = "for" name "in" expression block
  private mutating func forLoop() -> Control {
    skipBlanks()
    if byte == .dollar {
      report("syntax", "a name is declared without its `$`", here)
      at += 1
    }
    let variable = name("a name after `for`") ?? Name("", here)
    skipBlanks()
    if !isLost, !looking(atWord: "in") { lose("syntax", "expected `in` after `for \(variable.text)`", here) }
    guard !isLost else {
      return .forIn(variable: variable, sequence: Expression(.missing, here), body: Block([], here))
    }
    at += 2
    let sequence = condition(after: "in")
    return .forIn(variable: variable, sequence: sequence, body: wantedBlock(after: "for …"))
  }

  // while = "while" expression block
  private mutating func whileLoop() -> Control {
    let condition = condition(after: "while")
    return .while(condition, wantedBlock(after: "while …"))
  }

  // try = "try" block [ "catch" [ name ] block ] [ "finally" block ]
  private mutating func attempt() -> Control {
    let body = wantedBlock(after: "try")
    var catchName: Name?
    var catchBlock: Block?
    if takeKeyword("catch") {
      skipBlanks()
      if byte == .dollar {
        report("syntax", "a name is declared without its `$`", here)
        at += 1
      }
      if byte != .openBrace { catchName = name("a name or a block after `catch`") }
      catchBlock = wantedBlock(after: "catch")
    }
    let finally = takeKeyword("finally") ? wantedBlock(after: "finally") : nil
    return .try(body, catchName: catchName, catchBlock: catchBlock, finally: finally)
  }

  // within = "within" expression block
  private mutating func within() -> Control {
    let time = condition(after: "within")
    return .within(time, wantedBlock(after: "within …"))
  }

  // retry = "retry" expression [ "--every" [ "=" ] expression ] block
  private mutating func retry() -> Control {
    let count = condition(after: "retry")
    skipBlanks()
    var every: Expression?
    if !isLost, looking(at: "--every"), endsKeyword(at + 7) || peek(7) == .equals {
      at += peek(7) == .equals ? 8 : 7
      every = condition(after: "--every")
    } else if !isLost, looking(at: "--") {
      lose("syntax", "`retry` has only the option `--every`", wordSpan())
    }
    return .retry(count: count, every: every, wantedBlock(after: "retry …"))
  }

  /// Reads the expression that stands between a keyword and a block; a command there is reported and skipped.
  private mutating func condition(after keyword: String) -> Expression {
    skipBlanks()
    guard !isLost, !endsStage else {
      lose("syntax", "an expression is missing after `\(keyword)`", here)
      return Expression(.missing, here)
    }
    guard byte != .openBrace || !bracesAreBlock() else {
      report("syntax", "an expression is missing between `\(keyword)` and its block", here)
      return Expression(.missing, here)
    }
    guard beginning() == .call else { return expression() }
    let start = at
    while !endsStage, byte != .openBrace {
      _ = value()
      skipBlanks()
    }
    let span = span(from: start)
    report(
      "command-in-expression", "after `\(keyword)` stands an expression, and `\(source.text(span))` is a command", span,
      hint: "write `(\(source.text(span)))`, or quotes if it is a text")
    return Expression(.missing, span)
  }

  /// Reads a keyword that may follow a block on the line of its brace.
  private mutating func takeKeyword(_ word: StaticString) -> Bool {
    guard !isLost else { return false }
    skipBlanks()
    guard looking(atWord: word) else { return false }
    at += word.utf8CodeUnitCount
    skipBlanks()
    return true
  }

  /// Reads the block that has to follow here.
  mutating func wantedBlock(after what: String) -> Block {
    skipBlanks()
    guard !isLost, byte == .openBrace else {
      if !isLost, reportForeignOperator() { return Block([], here) }
      lose(
        "syntax", "a block `{ … }` is missing after `\(what)`", isAtNewline ? here : wordSpan(),
        hint: isAtEnd
          ? "write `\(what) { … }`"
          : isAtNewline
            ? "its `{` stands on the same line" : "write `\(what) { … }`; several values stand in one list: `[1 2 3]`")
      return Block([], here)
    }
    return block()
  }

  // block = "{" statements "}"
  mutating func block() -> Block {
    let start = at
    var statements: [Statement] = []
    if open("{", .statements) {
      statements = self.statements()
      close()
    }
    return Block(statements, span(from: start))
  }
}
