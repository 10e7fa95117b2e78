import Diagnostics
import Net
import Syntax

extension Compiler {
  // MARK: {|x| …}

  /// Compiles a function literal: code that makes the function with the variables it captures.
  func compileFunction(_ literal: FunctionLiteral, _ span: Span) -> Code {
    let inner = Scope(.function, parent: scope)
    let code = FunctionCode(name: "{|…|}")
    within(inner) { fill(code, literal.parameters, literal.body) }
    code.captureSlots = inner.captures.map(\.inner)
    let outer = inner.captures.map(\.outer)
    let place = place(span)
    if outer.isEmpty {
      let function = Value.function(Function(code, captured: []))
      return Code { _ in function }
    }
    return Code { machine throws(Unwind) in
      let function = Function(code, captured: outer.map { machine.base[$0] })
      return try machine.bounded(.function(function), at: place)
    }
  }

  /// Compiles a block that a command runs in the frame of its caller.
  func compileInPlace(_ block: Block) -> Code {
    scope.guards += 1
    defer { scope.guards -= 1 }
    let code = FunctionCode(name: "{ … }")
    code.inPlace = compile(block, .result)
    return constant(.function(Function(code, captured: [])))
  }

  /// Compiles parameters and body into a function's code, in the scope that is current.
  private func fill(_ code: FunctionCode, _ parameters: [ParameterSyntax], _ body: Block) {
    code.parameters = parameters.map { spec($0) }
    for (index, parameter) in parameters.enumerated() {
      let slot = scope.declare(variableName(parameter.name.text))
      if slot != index { find("twice", "the parameter `\(parameter.name.text)` is there twice", parameter.name.span) }
    }
    for (index, parameter) in parameters.enumerated() {
      guard let value = parameter.defaultValue else { continue }
      code.defaults[index] = compileArgument(value, for: code.parameters[index])
    }
    code.body = FunctionBody(compileBody(body))
    code.inputSlot = scope.slots["in"]
    let text = FunctionText(code.name, source, body.span, scope)
    code.text = text
    session.functionTexts.add(text)
    code.hasDefer = scope.hasDefer
    code.slotCount = max(scope.slotCount, parameters.count)
    let isPlain =
      !code.hasDefer && code.defaults.isEmpty
      && code.parameters.allSatisfy { $0.kind == .positional && $0.type == .any }
    code.plainCount = isPlain ? code.parameters.count : nil
    code.isPlain = code.inputSlot == nil && !code.hasDefer && scope.captures.isEmpty
  }

  /// Option `--max-time` is `$max_time` inside.
  private func variableName(_ name: String) -> String { name.replacing("-", with: "_") }

  private func spec(_ parameter: ParameterSyntax) -> ParameterSpec {
    let type: TypeName
    if let name = parameter.type {
      if let known = TypeName(rawValue: name.text) {
        type = known
      } else {
        let near = nearestNames(to: name.text, among: TypeName.allCases.map(\.rawValue))
        find(
          "unknown-type", "there is no type `\(name.text)`", name.span, hint: near.first.map { "did you mean `\($0)`?" }
        )
        type = .any
      }
    } else {
      type = .any
    }
    let kind: ParameterSpec.Kind
    switch parameter.kind {
    case .positional: kind = .positional
    case .rest: kind = .rest
    case .option: kind = parameter.type == nil && parameter.defaultValue == nil ? .flag : .option
    }
    return ParameterSpec(
      parameter.name.text, "", kind: kind, type: kind == .flag ? .bool : type,
      isRequired: kind == .positional && parameter.defaultValue == nil,
      defaultText: parameter.defaultValue.map { source.text($0.span) })
  }

  // MARK: def

  /// Declares the functions that a text defines, so that they can be called before their line.
  func declareDefinitions(_ block: Block) {
    for statement in block.statements {
      guard case .define(let definition) = statement.kind else { continue }
      let name = definition.name
      if session.commands[name.text] != nil, !isModule {
        find("bad-name", "`\(name.text)` is a command and cannot be defined again", name.span)
        continue
      }
      if definitions[name.text] != nil { find("twice", "`\(name.text)` is defined twice", name.span) }
      let code = FunctionCode(name: qualified(name.text))
      code.parameters = definition.parameters.map { spec($0) }
      code.comment = definition.comment
      definitions[name.text] = code
    }
  }

  /// Compiles the bodies of the functions that a text defines; they see the top level's variables as they are when they run.
  func compileDefinitions(_ block: Block) {
    for statement in block.statements {
      guard case .define(let definition) = statement.kind, let code = definitions[definition.name.text] else {
        continue
      }
      within(Scope(.definition, parent: nil)) { fill(code, definition.parameters, definition.body) }
    }
  }

  // MARK: Calls

  /// Compiles the call of a defined function.
  func compileCall(
    of code: FunctionCode, _ arguments: [Argument], _ nameSpan: Span, _ span: Span, isPiped: Bool
  ) -> StageCode {
    let place = place(span)
    let binding = bind(
      arguments, to: code.parameters, of: code.name, nameSpan, input: isPiped ? .pipe : .none)
    if let direct = directArguments(binding, code, place) { return directCall(code, direct, place) }
    let sources = binding.sources
    let name = code.name
    return StageCode { machine, input throws(Unwind) in
      let start = machine.top
      for (index, source) in sources.enumerated() {
        let spec = code.parameters[index]
        let value = try machine.argument(source, input)
        guard let value else {
          try machine.push(spec.kind == .flag ? .bool(false) : .null)
          continue
        }
        guard spec.type != .any, spec.kind != .rest else {
          try machine.push(machine.settle(value, at: place))
          continue
        }
        let converted: Value
        do throws(ValueError) { converted = try spec.type.convert(value) } catch {
          throw machine.failure(
            ValueError(error.code, "`\(spec.name)` of `\(name)`: \(error.message)", hint: error.hint, layer: .command),
            at: place)
        }
        try machine.push(converted)
      }
      return try machine.run(code, from: start, pushed: sources.count, given: 0, place) { (machine) throws(Unwind) in
        if let slot = code.inputSlot { machine.base[slot] = try machine.settle(input ?? .null, at: place) }
      }
    }
  }

  /// Gives the arguments' code if every parameter has exactly one.
  private func directArguments(_ binding: Binding, _ code: FunctionCode, _ place: Place) -> [Code]? {
    var codes: [Code] = []
    for (source, spec) in zip(binding.sources, code.parameters) {
      guard case .code(let argument) = source, spec.kind == .positional else { return nil }
      codes.append(typed(argument, spec, code, place))
    }
    return codes
  }

  /// Converts an argument to its parameter's type; a constant was converted when it was checked.
  private func typed(_ argument: Code, _ spec: ParameterSpec, _ code: FunctionCode, _ place: Place) -> Code {
    let type = spec.type
    if type == .any { return argument }
    if case .constant = argument.form { return argument }
    return Code { machine throws(Unwind) in
      let value = try argument(machine)
      if value.type == type { return value }
      return try machine.convert(value, for: spec, of: code, at: place)
    }
  }

  /// Compiles a call that pushes its arguments straight into the new frame.
  private func directCall(_ code: FunctionCode, _ arguments: [Code], _ place: Place) -> StageCode {
    if arguments.count == 1 {
      let argument = arguments[0].body
      let direct = Code { machine throws(Unwind) in
        let start = machine.top
        try machine.push(argument(machine))
        return try machine.runDirect(code, from: start, count: 1, nil, place)
      }
      return StageCode(direct: direct) { machine, input throws(Unwind) in
        let start = machine.top
        try machine.push(argument(machine))
        return try machine.runDirect(code, from: start, count: 1, input, place)
      }
    }
    let stage = StageCode { machine, input throws(Unwind) in
      let start = machine.top
      for argument in arguments { try machine.push(argument(machine)) }
      return try machine.runDirect(code, from: start, count: arguments.count, input, place)
    }
    return StageCode(direct: Code { machine throws(Unwind) in try stage(machine, nil) }, stage.body)
  }
}

extension Machine {
  /// Runs a function whose parameters are all pushed and need no defaults.
  @inline(__always)
  func runDirect(
    _ code: FunctionCode, from start: UnsafeMutablePointer<Value?>, count: Int, _ input: Value?, _ place: Place
  ) throws(Unwind) -> Value {
    guard !code.isPlain else { return try runPlain(code, from: start, count: count, place) }
    return try run(code, from: start, pushed: count, given: count, place) { (machine) throws(Unwind) in
      if let slot = code.inputSlot { machine.base[slot] = try machine.settle(input ?? .null, at: place) }
    }
  }
}
