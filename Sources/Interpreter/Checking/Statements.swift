import Diagnostics
import Syntax

extension Compiler {
  /// Compiles statements that run one after the other; in `result` mode the last one's value is the block's.
  func compile(_ block: Block, _ mode: Mode) -> Exec {
    let inner: Mode = mode == .result ? unusedMode : mode
    var codes: [Exec] = []
    codes.reserveCapacity(block.statements.count)
    for (index, statement) in block.statements.enumerated() {
      let isLast = index == block.statements.count - 1
      if let code = compile(statement, isLast ? mode : inner) { codes.append(code) }
    }
    switch codes.count {
    case 0: return Exec { _ in .normal }
    case 1: return codes[0]
    case 2:
      let (first, second) = (codes[0], codes[1])
      return Exec { machine throws(Unwind) in
        let completion = try first(machine)
        guard completion == .normal else { return completion }
        return try second(machine)
      }
    default:
      return Exec { machine throws(Unwind) in
        for code in codes {
          let completion = try code(machine)
          guard completion == .normal else { return completion }
        }
        return .normal
      }
    }
  }

  /// What becomes of values that nobody uses in the scope that is being compiled.
  var unusedMode: Mode { scope.isOfText ? .print : .drop }

  /// Compiles a statement; nil if it does nothing when it runs, as a definition.
  func compile(_ statement: Statement, _ mode: Mode) -> Exec? {
    switch statement.kind {
    case .pipeline(let pipeline): return compileUnused(pipeline, mode)
    case .declare(let name, let value):
      let code = compileBound(value)
      return store(code, in: declare(name), mode)
    case .assign(let target, let path, let value): return compileAssignment(target, path, value, mode)
    case .define(let definition):
      if !scope.isOfText || scope.loops > 0 {
        find(
          "nested-def", "`def` belongs at the top level of a text", definition.name.span,
          hint: "`{|x| …}` makes a function anywhere")
      }
      return nil
    case .return(let value):
      guard let value else {
        return Exec { machine in
          machine.result = .null
          return .return
        }
      }
      let code = compileBound(value, isGiven: scope.guards == 0)
      return Exec { machine throws(Unwind) in
        machine.result = try code(machine)
        return .return
      }
    case .break, .continue: return compileJump(statement)
    case .fail(let value): return compileFail(value, statement.span)
    case .assert(let condition, let message): return compileAssert(condition, message, mode)
    case .defer(let block):
      scope.hasDefer = true
      let code = compile(block, .drop)
      return Exec { machine in
        machine.deferred.append(code)
        return .normal
      }
    case .use(let module): return compileUse(module)
    case .broken: return nil
    }
  }

  private func compileJump(_ statement: Statement) -> Exec? {
    guard scope.loops > 0 else {
      find("no-loop", "`\(source.text(statement.span))` stands in no loop", statement.span)
      return nil
    }
    if case .break = statement.kind { return Exec { _ in .break } }
    return Exec { _ in .continue }
  }

  private func store(_ code: Code, in variable: Variable, _ mode: Mode) -> Exec {
    let isResult = mode == .result
    guard case .local(let slot) = variable else { return Exec { _ in .normal } }
    return Exec { machine throws(Unwind) in
      machine.base[slot] = try code(machine)
      if isResult { machine.result = .null }
      return .normal
    }
  }

  // MARK: Values that nobody uses

  private func compileUnused(_ pipeline: Pipeline, _ mode: Mode) -> Exec {
    if pipeline.stages.count == 1, case .expression(let expression) = pipeline.stages[0].kind,
      case .control(let control) = expression.kind
    {
      return compile(control, expression.span, mode)
    }
    let code = compile(pipeline, isShown: mode == .print)
    let place = place(pipeline.span)
    switch mode {
    case .result:
      return Exec { machine throws(Unwind) in
        machine.result = try machine.settle(code(machine), at: place)
        return .normal
      }
    case .drop:
      return Exec { machine throws(Unwind) in
        if case .stream(let stream) = try code(machine) { try machine.runOut(stream, at: place) }
        return .normal
      }
    case .print:
      return Exec { machine throws(Unwind) in
        try machine.show(code(machine), at: place)
        return .normal
      }
    }
  }

  // MARK: set

  private func compileAssignment(_ target: Name, _ path: [Access], _ value: Pipeline, _ mode: Mode) -> Exec? {
    guard let variable = lookUp(target.text) else {
      _ = read(target.text, target.span)
      return nil
    }
    guard case .local(let slot) = variable, !scope.captured.contains(target.text) else {
      find(
        "outer-variable", "`$\(target.text)` belongs outside of this function and cannot be set here", target.span,
        hint: "give the new value back, or declare an own one with `let`")
      return nil
    }
    let isResult = mode == .result
    guard path.isEmpty else { return compilePathAssignment(target, slot, path, value) }
    if let inPlace = compileInPlace(target, slot, value) { return inPlace }
    let code = compileBound(value)
    let place = place(target.span)
    let name = target.text
    return Exec { machine throws(Unwind) in
      let value = try code(machine)
      guard machine.base[slot] != nil else { throw Compiler.unset(name, machine, place) }
      machine.base[slot] = value
      if isResult { machine.result = .null }
      return .normal
    }
  }

  /// Compiles `set x = $x + …` so that the old value is changed in place instead of copied.
  private func compileInPlace(_ target: Name, _ slot: Int, _ value: Pipeline) -> Exec? {
    guard value.stages.count == 1, case .expression(let expression) = value.stages[0].kind,
      case .chain(let first, let links) = expression.kind, links.count == 1, links[0].operation == .add,
      case .variable(target.text) = first.kind
    else { return nil }
    let place = place(expression.span)
    let name = target.text
    if case .word(let word) = links[0].operand.kind, case .value(.int(let step)) = Literal.read(word) {
      return Exec { machine throws(Unwind) in
        if case .int(let number)? = machine.base[slot] {
          let (sum, overflow) = number.addingReportingOverflow(step)
          if !overflow {
            machine.base[slot] = .int(sum)
            return .normal
          }
        }
        try machine.addInPlace(slot, .int(step), name, place)
        return .normal
      }
    }
    let operand = compile(links[0].operand)
    return Exec { machine throws(Unwind) in
      let added = try operand(machine)
      if case .int(let a)? = machine.base[slot], case .int(let b) = added {
        let (sum, overflow) = a.addingReportingOverflow(b)
        if !overflow {
          machine.base[slot] = .int(sum)
          return .normal
        }
      }
      try machine.addInPlace(slot, added, name, place)
      return .normal
    }
  }

  private func compilePathAssignment(_ target: Name, _ slot: Int, _ path: [Access], _ value: Pipeline) -> Exec? {
    var steps: [(Code, Span)] = []
    for access in path {
      switch access.kind {
      case .field(let name, _): steps.append((constant(.string(name)), access.span))
      case .index(let index): steps.append((compile(index), access.span))
      case .slice:
        find("bad-target", "a slice cannot be set", access.span)
        return nil
      }
    }
    let code = compileBound(value)
    let place = place(target.span)
    let name = target.text
    return Exec { machine throws(Unwind) in
      let value = try code(machine)
      var keys: [Value] = []
      for (step, _) in steps { keys.append(try step(machine)) }
      guard let old = machine.base[slot] else { throw Compiler.unset(name, machine, place) }
      machine.base[slot] = .null
      do throws(ValueError) {
        machine.base[slot] = try Assigning.replace(in: old, at: keys[...], with: value)
      } catch {
        machine.base[slot] = old
        throw machine.failure(error, at: place)
      }
      return .normal
    }
  }
}
