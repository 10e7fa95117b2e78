import Diagnostics
import Net
import Syntax

extension Compiler {
  /// Compiles a pipeline; what the last stage gives may still be a stream.
  func compile(_ pipeline: Pipeline) -> Code {
    guard let first = pipeline.stages.first else { return nothing }
    if pipeline.stages.count == 1 {
      if case .expression(let expression) = first.kind { return compile(expression) }
      let stage = compileStage(first, isPiped: false)
      return { machine throws(Unwind) in try stage(machine, nil) }
    }
    var stages: [StageCode] = []
    for (index, stage) in pipeline.stages.enumerated() { stages.append(compileStage(stage, isPiped: index > 0)) }
    return { machine throws(Unwind) in
      var value = try stages[0](machine, nil)
      for stage in stages.dropFirst() { value = try stage(machine, value) }
      return value
    }
  }

  /// Compiles a pipeline whose value is kept: streams are collected.
  func compileBound(_ pipeline: Pipeline) -> Code {
    let code = compile(pipeline)
    let place = place(pipeline.span)
    if pipeline.stages.count == 1, case .expression(let expression) = pipeline.stages[0].kind {
      switch expression.kind {
      case .chain, .word, .text, .list, .record, .bytes, .variable: return code
      default: break
      }
    }
    return { machine throws(Unwind) in try machine.settle(code(machine), at: place) }
  }

  private func compileStage(_ stage: Stage, isPiped: Bool) -> StageCode {
    switch stage.kind {
    case .call(let call): return compileCall(call, stage.span, isPiped: isPiped)
    case .program(let call): return compileProgram(call, stage.span, isPiped: isPiped)
    case .expression(let expression):
      guard isPiped else {
        let code = compile(expression)
        return { machine, _ throws(Unwind) in try code(machine) }
      }
      // `… | $in.name`: the expression sees the input as `$in`.
      let function = compileFunction(
        FunctionLiteral(
          parameters: [],
          body: Block([Statement(.pipeline(Pipeline([stage], stage.span)), stage.span)], stage.span)), stage.span)
      let place = place(stage.span)
      return { machine, input throws(Unwind) in
        guard case .function(let function) = try function(machine) else { return .null }
        return try machine.invoke(function, [machine.settle(input ?? .null, at: place)], at: place)
      }
    }
  }

  private func compileProgram(_ call: Call, _ span: Span, isPiped: Bool) -> StageCode {
    find("unknown-command", "programs cannot be run in this version", span)
    return { _, _ in .null }
  }
}
