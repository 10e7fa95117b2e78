import Syntax

/// A walk over a tree from the outside in, in the order of the text.
struct TreeWalk {
  /// What the walk comes upon.
  enum Node {
    case statement(Statement)
    /// A command, or a program where `isProgram` is set.
    case call(Call, isPiped: Bool, isProgram: Bool)
    case expression(Expression)
    /// A name that is declared: by `for`, `catch`, or as a parameter.
    case name(Name)
  }

  let visit: (Node) -> Void

  func walk(_ block: Block) { for statement in block.statements { walk(statement) } }

  private func walk(_ statement: Statement) {
    visit(.statement(statement))
    switch statement.kind {
    case .pipeline(let value), .fail(let value): walk(value)
    case .declare(_, let value): walk(value)
    case .assign(_, let path, let value):
      walk(path)
      walk(value)
    case .define(let definition):
      walk(definition.parameters)
      walk(definition.body)
    case .return(let value): value.map(walk)
    case .assert(let condition, let message):
      walk(condition)
      message.map(walk)
    case .defer(let block): walk(block)
    case .use(let path): walk(path)
    case .break, .continue, .broken: break
    }
  }

  private func walk(_ pipeline: Pipeline) {
    for (index, stage) in pipeline.stages.enumerated() {
      switch stage.kind {
      case .expression(let expression): walk(expression)
      case .call(let call): walk(call, isPiped: index > 0, isProgram: false)
      case .program(let call): walk(call, isPiped: index > 0, isProgram: true)
      }
    }
  }

  private func walk(_ call: Call, isPiped: Bool, isProgram: Bool) {
    visit(.call(call, isPiped: isPiped, isProgram: isProgram))
    for argument in call.arguments {
      switch argument.kind {
      case .value(let value), .option(_, let value?): walk(value)
      case .option(_, nil), .endOfOptions: break
      }
    }
  }

  private func walk(_ parameters: [ParameterSyntax]) {
    for parameter in parameters {
      visit(.name(parameter.name))
      parameter.defaultValue.map(walk)
    }
  }

  private func walk(_ steps: [Access]) {
    for step in steps {
      switch step.kind {
      case .field: break
      case .index(let index): walk(index)
      case .slice(let from, let to, _):
        from.map(walk)
        to.map(walk)
      }
    }
  }

  private func walk(_ expression: Expression) {
    visit(.expression(expression))
    switch expression.kind {
    case .text(let template): walk(template)
    case .access(let base, let steps):
      walk(base)
      walk(steps)
    case .list(let items): for item in items { walk(item) }
    case .record(let fields):
      for field in fields {
        walk(field.key)
        walk(field.value)
      }
    case .function(let function):
      walk(function.parameters)
      walk(function.body)
    case .block(let block): walk(block)
    case .group(let pipeline): walk(pipeline)
    case .chain(let first, let links):
      walk(first)
      for link in links { walk(link.operand) }
    case .not(let operand), .negate(let operand), .complement(let operand): walk(operand)
    case .range(let from, let to, _):
      walk(from)
      to.map(walk)
    case .control(let control): walk(control)
    case .word, .bytes, .regex, .variable, .emptyBraces, .missing: break
    }
  }

  private func walk(_ template: Template) {
    for part in template.parts {
      if case .value(let value) = part { walk(value) }
    }
  }

  private func walk(_ control: Control) {
    switch control {
    case .if(let branches):
      for branch in branches {
        branch.condition.map(walk)
        walk(branch.body)
      }
    case .forIn(let variable, let sequence, let body):
      visit(.name(variable))
      walk(sequence)
      walk(body)
    case .while(let condition, let body), .within(let condition, let body):
      walk(condition)
      walk(body)
    case .loop(let body): walk(body)
    case .try(let body, let name, let catchBlock, let finally):
      walk(body)
      if let name { visit(.name(name)) }
      catchBlock.map(walk)
      finally.map(walk)
    case .retry(let count, let every, let body):
      walk(count)
      every.map(walk)
      walk(body)
    }
  }
}
