import Diagnostics
import Syntax

extension Compiler {
  /// Compiles the body of a function to code that gives its value.
  ///
  /// Most bodies are statements, perhaps `if … { return … }` among them, and a value at their end: those need no way for `return` to
  /// come out of a block.
  func compileBody(_ block: Block) -> Code {
    if Compiler.isStraight(block) { return compileStraight(block.statements[...]) }
    if let last = block.statements.last, case .pipeline = last.kind, last.control == nil {
      let first = compile(Block(Array(block.statements.dropLast()), block.span), unusedMode)
      let late = compileLast(last)
      return Code { machine throws(Unwind) in
        machine.result = .null
        guard try first(machine) == .normal else { return machine.takeResult() }
        return try late(machine)
      }
    }
    let code = compile(block, .result)
    return Code { machine throws(Unwind) in
      machine.result = .null
      _ = try code(machine)
      return machine.takeResult()
    }
  }

  /// Tells whether a `return` stands only at the end of the block, or of an `if` that is a statement of it.
  private static func isStraight(_ block: Block) -> Bool {
    // Each statement is code inside the code of the one before, which costs stack.
    guard block.statements.count <= 16 else { return false }
    for (index, statement) in block.statements.enumerated() {
      let isLast = index == block.statements.count - 1
      switch statement.kind {
      case .return: if !isLast { return false }
      case .pipeline:
        guard let control = statement.control else { continue }
        guard case .if(let branches) = control, branches.allSatisfy({ isStraight($0.body) }) else { return false }
        if !isLast, branches.count != 1 || !branches[0].endsWithReturn { return false }
      case .declare, .assign, .fail, .assert: break
      default: return false
      }
    }
    return true
  }

  private func compileStraight(_ statements: ArraySlice<Statement>) -> Code {
    guard let first = statements.first else { return constant(.null) }
    let rest = statements.dropFirst()
    if case .if(let branches)? = first.control {
      if rest.isEmpty { return compileStraight(branches[...]) }
      guard let condition = branches[0].condition.map({ compileCondition($0) }) else { return nothing }
      let early = compileStraight(branches[0].body.statements[...])
      let late = compileStraight(rest)
      return Code { machine throws(Unwind) in
        if try condition(machine) { return try early(machine) }
        return try late(machine)
      }
    }
    if rest.isEmpty { return compileLast(first) }
    guard let code = compile(first, unusedMode) else { return compileStraight(rest) }
    let late = compileStraight(rest)
    return Code { machine throws(Unwind) in
      _ = try code(machine)
      return try late(machine)
    }
  }

  /// Compiles the branches of an `if` at the end of a body.
  private func compileStraight(_ branches: ArraySlice<Control.Branch>) -> Code {
    guard let first = branches.first else { return constant(.null) }
    let condition = first.condition.map { compileCondition($0) }
    let body = compileStraight(first.body.statements[...])
    guard let condition else { return body }
    let otherwise = compileStraight(branches.dropFirst())
    return Code { machine throws(Unwind) in
      if try condition(machine) { return try body(machine) }
      return try otherwise(machine)
    }
  }

  /// Compiles the last statement of a body: its value is the function's.
  private func compileLast(_ statement: Statement) -> Code {
    switch statement.kind {
    case .return(let value): return value.map { compileBound($0, isGiven: true) } ?? constant(.null)
    case .pipeline(let pipeline): return compileBound(pipeline, isGiven: true)
    default:
      guard let code = compile(statement, unusedMode) else { return constant(.null) }
      return Code { machine throws(Unwind) in
        _ = try code(machine)
        return .null
      }
    }
  }
}

extension Statement {
  /// The construct with blocks that the statement is, if it is one.
  fileprivate var control: Control? {
    guard case .pipeline(let pipeline) = kind, pipeline.stages.count == 1,
      case .expression(let expression) = pipeline.stages[0].kind, case .control(let control) = expression.kind
    else { return nil }
    return control
  }
}

extension Control.Branch {
  fileprivate var endsWithReturn: Bool {
    if case .return? = body.statements.last?.kind { return true }
    return false
  }
}
