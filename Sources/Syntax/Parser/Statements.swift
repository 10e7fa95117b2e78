import Diagnostics

/// A word that says what a statement or a value is.
enum Keyword: String {
  case `let`, set, def, `return`, `break`, `continue`, fail, assert, `defer`, use
  case `if`, `for`, `while`, loop, `try`, within, retry
  case `else`, `catch`, finally

  /// Whether it begins a construct that may also stand where a value may.
  var isControl: Bool {
    switch self {
    case .if, .for, .while, .loop, .try, .within, .retry: true
    default: false
    }
  }
}

extension Parser {
  // statements = { [ statement ] ( newline | ";" ) }, up to the end or a closing bracket that has a partner
  mutating func statements(from start: Int? = nil) -> [Statement] {
    let start = start ?? at
    var statements: [Statement] = []
    while true {
      skipSeparators()
      if isAtEnd || (byte.closesBracket && (brackets.isEmpty || closesOpenBracket(byte))) {
        layout?.add(statements, brace: brackets.last?.start, start: start, end: at)
        return statements
      }
      if byte.closesBracket {
        report("syntax", "nothing is open that `\(source.text(here))` could close", here)
        at += 1
        continue
      }
      statements.append(statement())
      endStatement()
    }
  }

  private mutating func endStatement() {
    skipBlanks()
    if !isLost, !isAtEnd, !isAtNewline, byte != .semicolon, !byte.closesBracket { reportUnexpected() }
    guard isLost else { return }
    skipToStatementEnd()
    findBack()
  }

  /// Gives the keyword that stands here, if one does.
  func keyword() -> Keyword? {
    var end = at
    while self[end] >= 0x61, self[end] <= 0x7A, end - at < 9 { end += 1 }
    guard end - at > 1, endsKeyword(end) else { return nil }
    return Keyword(rawValue: text(from: at, to: end))
  }

  // statement = let | set | def | return | "break" | "continue" | fail | assert | defer | use | pipeline
  private mutating func statement() -> Statement {
    let start = at
    guard let keyword = keyword(), !keyword.isControl else { return pipelineStatement() }
    return Statement(statement(keyword), span(from: start))
  }

  // fail = "fail" pipeline
  // defer = "defer" block
  private mutating func statement(_ keyword: Keyword) -> Statement.Kind {
    let start = at
    let comment = keyword == .def ? commentAbove() : ""
    at += keyword.rawValue.utf8.count
    switch keyword {
    case .let: return declaration()
    case .set: return assignment()
    case .def: return definition(comment: comment)
    case .return: return returning()
    case .break: return .break
    case .continue: return .continue
    case .fail: return .fail(wantedPipeline(after: "fail"))
    case .assert: return assertion()
    case .defer: return .defer(wantedBlock(after: "defer"))
    case .use: return use()
    default: return misplaced(keyword, start)
    }
  }

  private mutating func pipelineStatement() -> Statement {
    let pipeline = pipeline()
    if !isLost { reportBareAssignment(pipeline) }
    return Statement(.pipeline(pipeline), pipeline.span)
  }

  /// Reports `x = 3` and `$x = 3` as a forgotten `let` or `set`.
  private mutating func reportBareAssignment(_ pipeline: Pipeline) {
    guard pipeline.stages.count == 1, let stage = pipeline.stages.first else { return }
    switch stage.kind {
    case .call(let call):
      guard case .value(let second) = call.arguments.first?.kind, case .word("=") = second.kind else { return }
      let name = call.head.text
      lose(
        "syntax", "`=` stands only in `let` and `set`", second.span,
        hint: "`let \(name) = …` declares, `set \(name) = …` assigns")
    case .expression(let expression):
      guard byte == .equals else { return }
      switch expression.kind {
      case .variable, .access:
        let target = source.text(stage.span)
        lose(
          "syntax", "`=` stands only in `let` and `set`", here,
          hint: "`set \(target.drop { $0 == "$" }) = …` assigns, `==` compares")
      default: return
      }
    case .program: return
    }
  }

  // let = "let" name "=" pipeline
  private mutating func declaration() -> Statement.Kind {
    skipBlanks()
    if byte == .dollar {
      report("syntax", "a name is declared without its `$`", here)
      at += 1
    }
    guard let name = name("a name after `let`") else { return .broken }
    assignmentSign(after: name)
    return .declare(name: name, value: isLost ? Pipeline([], here) : wantedPipeline(after: "="))
  }

  // set = "set" [ "$" ] name { "." field | "[" expression "]" } "=" pipeline
  private mutating func assignment() -> Statement.Kind {
    skipBlanks()
    if byte == .dollar { at += 1 }
    guard let name = name("a name after `set`") else { return .broken }
    let path = accesses(optional: false)
    assignmentSign(after: name)
    return .assign(target: name, path: path, value: isLost ? Pipeline([], here) : wantedPipeline(after: "="))
  }

  private mutating func assignmentSign(after name: Name) {
    skipBlanks()
    if byte == .equals, peek(1) != .equals {
      at += 1
    } else if peek(1) == .equals {
      let sign = source.text(here)
      lose(
        "syntax", "expected `=`, found `\(sign)=`", Span(at, at + 2), hint: "write `set x = $x \(sign) …`")
    } else {
      lose("syntax", "expected `=` after `\(name.text)`", here, hint: "write `let \(name.text) = …`")
    }
  }

  /// Reads a name of letters, digits and `_`, or reports that one is wanted.
  mutating func name(_ wanted: String) -> Name? {
    skipBlanks()
    guard byte.startsName else {
      lose("syntax", "expected \(wanted)", here, hint: "a name has letters a to z, digits and `_`, and no digit first")
      return nil
    }
    let start = at
    while byte.continuesName { at += 1 }
    return Name(text(from: start, to: at), Span(start, at))
  }

  /// Reads the pipeline that has to follow a keyword or a sign.
  private mutating func wantedPipeline(after what: String) -> Pipeline {
    skipBlanks()
    guard !endsStage else {
      lose("syntax", "a value is missing after `\(what)`", here)
      return Pipeline([], here)
    }
    return pipeline()
  }

  // return = "return" [ pipeline ]
  private mutating func returning() -> Statement.Kind {
    skipBlanks()
    return .return(endsStage ? nil : pipeline())
  }

  // assert = "assert" pipeline [ "," argument ]
  private mutating func assertion() -> Statement.Kind {
    let condition = wantedPipeline(after: "assert")
    skipBlanks()
    guard !isLost, byte == .comma else { return .assert(condition, message: nil) }
    at += 1
    skipBlanks()
    guard !endsStage else {
      lose("syntax", "a message is missing after the comma", here)
      return .assert(condition, message: nil)
    }
    return .assert(condition, message: expression())
  }

  // use = "use" ( word | string )
  private mutating func use() -> Statement.Kind {
    skipBlanks()
    guard !endsStage else {
      lose("syntax", "the name or the path of a module is missing after `use`", here)
      return .broken
    }
    return .use(value())
  }

  private mutating func misplaced(_ keyword: Keyword, _ start: Int) -> Statement.Kind {
    lose(
      "syntax", "`\(keyword.rawValue)` stands on the line of the brace before it", Span(start, at),
      hint: "write `} \(keyword.rawValue) {`")
    return .broken
  }
}
