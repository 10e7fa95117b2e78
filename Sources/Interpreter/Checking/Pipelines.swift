import Diagnostics
import Net
import Syntax

extension Machine {
  /// Gives a value as arguments of a program: a list gives one for each item.
  func programArguments(_ value: Value, at place: Place) throws(Unwind) -> [String] {
    if case .list(let list) = value {
      var texts: [String] = []
      for item in list { texts += try programArguments(item, at: place) }
      return texts
    }
    guard let text = value.scalarText, !value.isNull, !text.utf8.contains(0) else {
      throw failure(
        ValueError("wrong-type", "\(value.described) cannot be a program's argument", layer: .command), at: place)
    }
    return [text]
  }
}

extension Compiler {
  /// Compiles a pipeline; what the last stage gives may still be a stream.
  ///
  /// Where it is shown as soon as it comes, a program at its end writes to standard output itself.
  func compile(_ pipeline: Pipeline, isShown: Bool = false) -> Code {
    guard let first = pipeline.stages.first else { return nothing }
    guard pipeline.stages.count <= 1_000 else {
      find("too-long", "a pipeline has at most 1000 stages", pipeline.span)
      return nothing
    }
    if pipeline.stages.count == 1 {
      if case .expression(let expression) = first.kind { return compile(expression) }
      return call(compileStage(first, isPiped: false, isShown: isShown))
    }
    var stages: [StageCode] = []
    for (index, stage) in pipeline.stages.enumerated() {
      let isLast = index == pipeline.stages.count - 1
      let isContinued = !isLast && continues(pipeline.stages[index + 1])
      stages.append(compileStage(stage, isPiped: index > 0, isShown: isShown && isLast, isContinued: isContinued))
    }
    return Code { machine throws(Unwind) in
      var value = try stages[0](machine, nil)
      for stage in stages.dropFirst() { value = try stage(machine, value) }
      return value
    }
  }

  /// Compiles a pipeline whose value is kept: streams are collected, but for what a function gives to somebody who wants it as it flows.
  func compileBound(_ pipeline: Pipeline, isGiven: Bool = false) -> Code {
    if pipeline.stages.count == 1 {
      switch pipeline.stages[0].kind {
      case .expression(let expression): if isSettled(expression) { return compile(expression) }
      case .call:
        let stage = compileStage(pipeline.stages[0], isPiped: false)
        if let direct = stage.direct { return direct }
        let place = place(pipeline.span)
        return bound(Code { machine throws(Unwind) in try stage(machine, nil) }, place, isGiven)
      case .program: break
      }
    }
    return bound(compile(pipeline), place(pipeline.span), isGiven)
  }

  private func bound(_ code: Code, _ place: Place, _ isGiven: Bool) -> Code {
    guard isGiven else { return Code { machine throws(Unwind) in try machine.settle(code(machine), at: place) } }
    return Code { machine throws(Unwind) in
      let value = try code(machine)
      if case .stream = value, machine.flows { return value }
      return try machine.settle(value, at: place)
    }
  }

  private func call(_ stage: StageCode) -> Code {
    stage.direct ?? Code { machine throws(Unwind) in try stage(machine, nil) }
  }

  /// Tells whether an expression can never give a stream.
  private func isSettled(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .chain, .word, .text, .list, .record, .bytes, .variable, .group, .negate, .not, .range, .regex, .function: true
    default: false
    }
  }

  private func compileStage(
    _ stage: Stage, isPiped: Bool, isShown: Bool = false, isContinued: Bool = false
  ) -> StageCode {
    switch stage.kind {
    case .call(let call): return compileCall(call, stage.span, isPiped: isPiped, isContinued: isContinued)
    case .program(let call): return compileProgram(call, stage.span, isShown: isShown)
    case .expression(let expression):
      guard isPiped else {
        let code = compile(expression)
        return StageCode { machine, _ throws(Unwind) in try code(machine) }
      }
      // `… | $in.name`: the expression sees the input as `$in`.
      let function = compileFunction(
        FunctionLiteral(
          parameters: [],
          body: Block([Statement(.pipeline(Pipeline([stage], stage.span)), stage.span)], stage.span)), stage.span)
      let place = place(stage.span)
      return StageCode { machine, input throws(Unwind) in
        guard case .function(let function) = try function(machine) else { return .null }
        return try machine.invoke(function, [machine.settle(input ?? .null, at: place)], at: place)
      }
    }
  }

  /// Tells whether a stage goes on with what an earlier transfer left, as `save --continue` does.
  private func continues(_ stage: Stage) -> Bool {
    guard case .call(let call) = stage.kind, let (command, _) = session.commands.resolve(call) else { return false }
    let options = call.arguments.prefix { if case .endOfOptions = $0.kind { false } else { true } }
    return options.contains { argument in
      guard case .option(let name, nil) = argument.kind else { return false }
      return command.parameters.contains { $0.continuesTransfer && $0.name == name.text }
    }
  }

  /// Compiles `^prog args…`: a stream of what it writes; at the end its status must be 0.
  private func compileProgram(_ call: Call, _ span: Span, isShown: Bool) -> StageCode {
    let words = programArguments(call.arguments)
    let place = place(span)
    let name = call.head.text
    return StageCode { machine, input throws(Unwind) in
      let outer = (machine.place, machine.placeBase)
      (machine.place, machine.placeBase) = (place, machine.base)
      defer { (machine.place, machine.placeBase) = outer }
      var arguments: [String] = []
      for word in words { arguments += try machine.programArguments(word(machine), at: place) }
      do {
        let output = machine.session.output
        try output.flush()
        let writesItself = isShown && output.letsProgramsWrite
        let program = try RunningProgram(
          name, arguments, input: input, output: writesItself ? .inherited : .pipe, errors: .inherited, machine)
        return .stream(
          Stream(bytes: true, close: { program.stop() }) {
            if let (_, bytes) = try program.next() { return .bytes(bytes) }
            try program.finish()
            return nil
          })
      } catch { throw machine.unwind(error, at: place) }
    }
  }

  /// Compiles arguments that go to a program as they are typed, options too.
  private func programArguments(_ arguments: [Argument]) -> [Code] {
    let text = ParameterSpec("argument", "", type: .string)
    return arguments.map { argument in
      switch argument.kind {
      case .value(let expression):
        if case .word = expression.kind { return compileArgument(expression, for: text) }
        return compile(expression)
      case .endOfOptions: return constant(.string("--"))
      case .option(let name, nil): return constant(.string("--" + name.text))
      case .option(let name, let value?):
        let code = compile(value)
        let option = "--\(name.text)="
        return Code { machine throws(Unwind) in .string(option + (try code(machine).scalarText ?? "")) }
      }
    }
  }
}
