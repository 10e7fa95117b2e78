import Diagnostics
import Net
import Syntax

extension Compiler {
  /// Compiles a pipeline; what the last stage gives may still be a stream.
  func compile(_ pipeline: Pipeline) -> Code {
    guard let first = pipeline.stages.first else { return nothing }
    if pipeline.stages.count == 1 {
      if case .expression(let expression) = first.kind { return compile(expression) }
      return call(compileStage(first, isPiped: false))
    }
    var stages: [StageCode] = []
    for (index, stage) in pipeline.stages.enumerated() { stages.append(compileStage(stage, isPiped: index > 0)) }
    return Code { machine throws(Unwind) in
      var value = try stages[0](machine, nil)
      for stage in stages.dropFirst() { value = try stage(machine, value) }
      return value
    }
  }

  /// Compiles a pipeline whose value is kept: streams are collected.
  func compileBound(_ pipeline: Pipeline) -> Code {
    if pipeline.stages.count == 1 {
      switch pipeline.stages[0].kind {
      case .expression(let expression): if isSettled(expression) { return compile(expression) }
      case .call:
        let stage = compileStage(pipeline.stages[0], isPiped: false)
        if let direct = stage.direct { return direct }
        let place = place(pipeline.span)
        return Code { machine throws(Unwind) in try machine.settle(stage(machine, nil), at: place) }
      case .program: break
      }
    }
    let code = compile(pipeline)
    let place = place(pipeline.span)
    return Code { machine throws(Unwind) in try machine.settle(code(machine), at: place) }
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

  private func compileStage(_ stage: Stage, isPiped: Bool) -> StageCode {
    switch stage.kind {
    case .call(let call): return compileCall(call, stage.span, isPiped: isPiped)
    case .program(let call): return compileProgram(call, stage.span, isPiped: isPiped)
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

  private func compileProgram(_ call: Call, _ span: Span, isPiped: Bool) -> StageCode {
    find("unknown-command", "programs cannot be run in this version", span)
    return StageCode { _, _ in .null }
  }
}
