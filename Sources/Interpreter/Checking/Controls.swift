import Diagnostics
import Net
import Syntax

extension Compiler {
  /// Compiles a construct with blocks that run in place.
  func compile(_ control: Control, _ span: Span, _ mode: Mode) -> Exec {
    switch control {
    case .if(let branches): return compileIf(branches, mode)
    case .forIn(let variable, let sequence, let body): return compileFor(variable, sequence, body, span, mode)
    case .while(let condition, let body): return compileWhile(compileCondition(condition), body, span, mode)
    case .loop(let body): return compileWhile(Condition { _ in true }, body, span, mode)
    case .try(let body, let name, let handler, let finally): return compileTry(body, name, handler, finally, mode)
    case .within(let time, let body): return compileWithin(time, body, span, mode)
    case .retry(let count, let every, let body): return compileRetry(count, every, body, span, mode)
    }
  }

  /// Compiles a construct where a value is wanted; a `break` or `return` in it leaves the expression.
  func compileValue(of control: Control, _ span: Span) -> Code {
    let code = compile(control, span, .result)
    return Code { machine throws(Unwind) in
      machine.result = .null
      let completion = try code(machine)
      guard completion == .normal else { throw Unwind(.jump(completion)) }
      return machine.takeResult()
    }
  }

  private func compileIf(_ branches: [Control.Branch], _ mode: Mode) -> Exec {
    let codes = branches.map { branch -> (condition: Condition?, body: Exec) in
      (branch.condition.map { compileCondition($0) }, compile(branch.body, mode))
    }
    let isResult = mode == .result
    if codes.count == 1, let condition = codes[0].condition {
      let body = codes[0].body
      return Exec { machine throws(Unwind) in
        guard try condition(machine) else {
          if isResult { machine.result = .null }
          return .normal
        }
        return try body(machine)
      }
    }
    return Exec { machine throws(Unwind) in
      for (condition, body) in codes {
        guard try condition?(machine) ?? true else { continue }
        return try body(machine)
      }
      if isResult { machine.result = .null }
      return .normal
    }
  }

  private func compileLoopBody(_ body: Block, _ mode: Mode) -> Exec {
    scope.loops += 1
    defer { scope.loops -= 1 }
    return compile(body, mode == .result ? unusedMode : mode)
  }

  private func compileFor(_ variable: Name, _ sequence: Expression, _ body: Block, _ span: Span, _ mode: Mode) -> Exec {
    let items = compile(sequence)
    guard case .local(let slot) = declare(variable) else { return Exec { _ in .normal } }
    let code = compileLoopBody(body, mode)
    let place = place(sequence.span)
    let isResult = mode == .result
    return Exec { machine throws(Unwind) in
      let sequence = try items(machine)
      try machine.forEach(in: sequence, at: place) { (item) throws(Unwind) in
        machine.base[slot] = item
        return try machine.turn(code)
      }
      if machine.pendingReturn {
        machine.pendingReturn = false
        return .return
      }
      if isResult { machine.result = .null }
      return .normal
    }
  }

  private func compileWhile(_ condition: Condition, _ body: Block, _ span: Span, _ mode: Mode) -> Exec {
    let code = compileLoopBody(body, mode)
    let place = place(span)
    let isResult = mode == .result
    return Exec { machine throws(Unwind) in
      while try condition(machine) {
        try machine.checkpoint(place)
        let completion = try machine.turn(code)
        if completion == .break { break }
        if completion == .return { return .return }
      }
      if isResult { machine.result = .null }
      return .normal
    }
  }

  private func compileTry(_ body: Block, _ name: Name?, _ handler: Block?, _ finally: Block?, _ mode: Mode) -> Exec {
    scope.guards += 1
    defer { scope.guards -= 1 }
    let code = compile(body, mode)
    let slot: Int? = name.flatMap { if case .local(let slot) = declare($0) { slot } else { nil } }
    let caught = handler.map { compile($0, mode) }
    let last = finally.map { compile($0, mode == .result ? unusedMode : mode) }
    let guarded = Exec { machine throws(Unwind) in
      let (base, top, deadline) = (machine.base, machine.top, machine.deadline)
      do throws(Unwind) { return try code(machine) } catch {
        guard let caught, case .failure(let failure) = error.kind, !failure.isInterrupt else { throw error }
        // A failure may come from the middle of a call, with arguments pushed.
        machine.restore(base: base, top: top, deadline: deadline)
        machine.note(failure)
        if let slot {
          machine.base[slot] = .error(Box(failure.value))
        }
        return try caught(machine)
      }
    }
    guard let last else { return guarded }
    return Exec { machine throws(Unwind) in
      let (base, top, deadline) = (machine.base, machine.top, machine.deadline)
      let completion: Completion
      do throws(Unwind) { completion = try guarded(machine) } catch {
        let result = machine.takeResult()
        machine.restore(base: base, top: top, deadline: deadline)
        let after = try last(machine)
        guard after == .normal else { return after }
        machine.result = result
        throw error
      }
      let result = machine.result
      let after = try last(machine)
      guard after == .normal else { return after }
      machine.result = result
      return completion
    }
  }

  private func compileWithin(_ time: Expression, _ body: Block, _ span: Span, _ mode: Mode) -> Exec {
    let code = compile(time, as: .duration)
    let block = compile(body, mode)
    return Exec { machine throws(Unwind) in
      guard case .duration(let span) = try code(machine) else { return .normal }
      let outer = machine.deadline
      machine.deadline = min(outer, .after(span))
      defer { machine.deadline = outer }
      return try block(machine)
    }
  }

  private func compileRetry(_ count: Expression, _ every: Expression?, _ body: Block, _ span: Span, _ mode: Mode)
    -> Exec
  {
    let times = compile(count, as: .int)
    let pause = every.map { compile($0, as: .duration) }
    let block = compile(body, mode)
    let place = place(span)
    return Exec { machine throws(Unwind) in
      let limit = try times(machine)
      guard case .int(let count) = limit, count >= 1 else {
        throw machine.failure(
          ValueError("bad-argument", "`retry` wants a number of attempts, 1 or more, and this is \(limit.described)"),
          at: place)
      }
      let wait = try pause?(machine)
      var turn = 1
      while true {
        let (base, top, deadline) = (machine.base, machine.top, machine.deadline)
        do throws(Unwind) { return try block(machine) } catch {
          guard turn < count, case .failure(let failure) = error.kind, !failure.isInterrupt else { throw error }
          machine.restore(base: base, top: top, deadline: deadline)
        }
        turn += 1
        if case .duration(let span)? = wait { try machine.sleep(span, at: place) }
        try machine.checkpoint(place)
      }
    }
  }
}
