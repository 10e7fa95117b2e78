/// The tree as a compact S-expression without spans, for tests and for telling whether two texts mean the same.
package struct Dump {
  package init() {}

  package func block(_ block: Block) -> String { block.statements.map(statement).joined(separator: " ") }

  func statement(_ statement: Statement) -> String {
    switch statement.kind {
    case .pipeline(let pipeline): self.pipeline(pipeline)
    case .declare(let name, let value): "(let \(name.text) \(pipeline(value)))"
    case .assign(let target, let path, let value): "(set \(target.text)\(accesses(path)) \(pipeline(value)))"
    case .define(let definition): define(definition)
    case .return(let value): value.map { "(return \(pipeline($0)))" } ?? "(return)"
    case .break: "(break)"
    case .continue: "(continue)"
    case .fail(let value): "(fail \(pipeline(value)))"
    case .assert(let value, let message): list("assert", pipeline(value), message.map(expression))
    case .defer(let block): "(defer \(braced(block)))"
    case .use(let module): "(use \(expression(module)))"
    case .broken: "BROKEN"
    }
  }

  private func define(_ definition: Definition) -> String {
    let comment = definition.comment.isEmpty ? nil : quoted(definition.comment)
    return list(
      "def", definition.name.text, comment, "[\(parameters(definition.parameters))]", braced(definition.body))
  }

  private func parameters(_ parameters: [ParameterSyntax]) -> String {
    parameters.map { parameter in
      let mark =
        switch parameter.kind {
        case .positional: ""
        case .option: "--"
        case .rest: "..."
        }
      let type = parameter.type.map { ":\($0.text)" } ?? ""
      return mark + parameter.name.text + type + (parameter.defaultValue.map { "=\(expression($0))" } ?? "")
    }.joined(separator: " ")
  }

  private func braced(_ block: Block) -> String { "{\(self.block(block))}" }

  func pipeline(_ pipeline: Pipeline) -> String {
    let stages = pipeline.stages.map(stage)
    guard stages.count == 1, let only = stages.first else { return "(| \(stages.joined(separator: " ")))" }
    return only
  }

  private func stage(_ stage: Stage) -> String {
    switch stage.kind {
    case .expression(let value): expression(value)
    case .call(let call): "<\(words(call))>"
    case .program(let call): "<^\(words(call))>"
    }
  }

  private func words(_ call: Call) -> String {
    ([call.head.text] + call.arguments.map(argument)).joined(separator: " ")
  }

  private func argument(_ argument: Argument) -> String {
    switch argument.kind {
    case .value(let value): expression(value)
    case .option(let name, let value): "--" + name.text + (value.map { "=\(expression($0))" } ?? "")
    case .endOfOptions: "--"
    }
  }

  func expression(_ expression: Expression) -> String {
    switch expression.kind {
    case .word(let word): word
    case .text(let template): self.template(template)
    case .bytes(let bytes): "0x[\(bytes.map { String($0, radix: 16) }.joined(separator: " "))]"
    case .regex(let pattern): "re\(quoted(pattern))"
    case .variable(let name): "$\(name)"
    case .access(let base, let steps): self.expression(base) + accesses(steps)
    case .list(let elements): "[\(elements.map(self.expression).joined(separator: " "))]"
    case .record(let fields):
      "{\(fields.map { "\(template($0.key)): \(self.expression($0.value))" }.joined(separator: ", "))}"
    case .function(let function): "{|\(parameters(function.parameters))| \(block(function.body))}"
    case .block(let block): braced(block)
    case .emptyBraces: "{}"
    case .group(let pipeline): "(group \(self.pipeline(pipeline)))"
    case .chain(let first, let links):
      "(\(self.expression(first))\(links.map { " \($0.operation.rawValue) \(self.expression($0.operand))" }.joined()))"
    case .not(let value): "(not \(self.expression(value)))"
    case .negate(let value): "(- \(self.expression(value)))"
    case .complement(let value): "(bnot \(self.expression(value)))"
    case .range(let from, let to, let includesEnd):
      "(\(self.expression(from)) \(includesEnd ? ".." : "..<")\(to.map { " " + self.expression($0) } ?? ""))"
    case .control(let control): self.control(control)
    case .missing: "MISSING"
    }
  }

  private func template(_ template: Template) -> String {
    let parts = template.parts.map { part in
      switch part {
      case .text(let text): quoted(text)
      case .value(let value): expression(value)
      }
    }
    return parts.joined(separator: "~")
  }

  private func accesses(_ steps: [Access]) -> String {
    steps.map { step in
      switch step.kind {
      case .field(let name, let optional): (optional ? "?." : ".") + name
      case .index(let value): "[\(expression(value))]"
      case .slice(let from, let to, let includesEnd):
        "[\(from.map(expression) ?? "")\(includesEnd ? ".." : "..<")\(to.map(expression) ?? "")]"
      }
    }.joined()
  }

  private func control(_ control: Control) -> String {
    switch control {
    case .if(let branches):
      list("if", branches.map { list($0.condition.map(expression), braced($0.body)) }.joined(separator: " "))
    case .forIn(let variable, let sequence, let body): list("for", variable.text, expression(sequence), braced(body))
    case .while(let condition, let body): list("while", expression(condition), braced(body))
    case .loop(let body): list("loop", braced(body))
    case .try(let body, let name, let catchBlock, let finally):
      list(
        "try", braced(body), catchBlock.map { list("catch", name?.text, braced($0)) },
        finally.map { list("finally", braced($0)) })
    case .within(let time, let body): list("within", expression(time), braced(body))
    case .retry(let count, let every, let body):
      list("retry", expression(count), every.map { "every \(expression($0))" }, braced(body))
    }
  }

  private func list(_ parts: String?...) -> String { "(\(parts.compactMap { $0 }.joined(separator: " ")))" }

  private func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || scalar == "'" || scalar == "\\" {
        quoted += scalar.escaped(asASCII: true)
      } else {
        quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "'"
  }
}
