import Diagnostics
import Net
import Syntax

/// Which argument goes to which parameter.
struct Binding {
  /// Where a parameter's value comes from when the call runs.
  enum Source {
    case nothing
    /// The pipe.
    case input
    case slot(Int)
    case code(Code)
    case list([Code])
  }

  /// One for each parameter.
  var sources: [Source]
}

/// How the parameter that the pipe may fill is filled.
enum InputSource: Equatable {
  case pipe
  case firstPositional
  /// Not at all: the command finds the current connection.
  case none
  case slot(Int)
}

extension Compiler {
  /// Matches arguments with parameters, checks literals against their types, and reports what is missing, too much or unknown.
  func bind(
    _ arguments: [Argument], to parameters: [ParameterSpec], of name: String, _ nameSpan: Span, input: InputSource,
    replacing: (index: Int, slot: Int)? = nil
  ) -> Binding {
    var filling = Filling(parameters, input)
    var optionsEnded = false
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      defer { index += 1 }
      switch argument.kind {
      case .endOfOptions: optionsEnded = true
      case .option(let option, let given) where !optionsEnded:
        guard let target = parameters.firstIndex(where: { $0.name == option.text && $0.isNamed }) else {
          reportUnknownOption(option.text, argument.span, parameters, name)
          continue
        }
        var value = given
        if value == nil, parameters[target].kind == .option, index + 1 < arguments.count,
          case .value(let next) = arguments[index + 1].kind
        {
          value = next
          index += 1
        }
        filling.give(option: target, optionSource(parameters[target], value, argument.span))
      case .option(let option, _):
        give(Expression(.word("--" + option.text), argument.span), to: &filling, of: name)
      case .value(let expression):
        if !optionsEnded, let target = shortOption(expression, parameters) {
          filling.give(option: target, optionSource(parameters[target], nil, argument.span))
          continue
        }
        if !optionsEnded, let option = foreignOption(expression, parameters) {
          reportUnknownOption(option, expression.span, parameters, name)
          // What follows may be the value of that option: whether it fits a parameter nobody can tell.
          for case .value(let other) in arguments[(index + 1)...].map(\.kind) where other.bareWord == nil {
            _ = compile(other)
          }
          return filling.finish()
        }
        if let replacing, replacing.index == index {
          give(slot: replacing.slot, expression, to: &filling, of: name)
        } else {
          give(expression, to: &filling, of: name)
        }
      }
    }
    reportMissing(filling, of: name, nameSpan)
    return filling.finish()
  }

  private func give(_ expression: Expression, to filling: inout Filling, of name: String) {
    guard let spec = filling.next else {
      _ = compile(expression)
      return reportTooMany(expression, filling.parameters, name)
    }
    let code = compileArgument(expression, for: spec)
    filling.give(.code(code), code)
  }

  /// Gives the next parameter the value of a slot, in the place of the expression that it was read from.
  private func give(slot: Int, _ expression: Expression, to filling: inout Filling, of name: String) {
    guard filling.next != nil else { return reportTooMany(expression, filling.parameters, name) }
    filling.give(.slot(slot), Code { machine in machine.base[slot] ?? .null })
  }

  private func reportMissing(_ filling: Filling, of name: String, _ nameSpan: Span) {
    for (index, spec) in filling.parameters.enumerated()
    where spec.isRequired && spec.kind == .positional && !filling.filled.contains(index) {
      if case .input = filling.sources[index] { continue }
      if case .slot = filling.sources[index] { continue }
      return find(
        "missing-argument", "`\(name)` wants `\(spec.name)`: \(spec.purpose)", nameSpan,
        hint: "usage: " + filling.parameters.usage(of: name))
    }
  }

  private func optionSource(_ spec: ParameterSpec, _ value: Expression?, _ span: Span) -> Binding.Source {
    if spec.kind == .flag {
      if let value { return .code(compileArgument(value, for: spec)) }
      return .code(constant(.bool(true)))
    }
    guard let value else {
      find("missing-argument", "`--\(spec.name)` wants \(spec.type.noun)", span)
      return .nothing
    }
    return .code(compileArgument(value, for: spec))
  }

  /// Gives the parameter if the word is a declared short option: `-4`.
  private func shortOption(_ expression: Expression, _ parameters: [ParameterSpec]) -> Int? {
    guard case .word(let word) = expression.kind, word.utf8.count >= 2, word.hasPrefix("-") else { return nil }
    let name = String(word.dropFirst())
    if let known = parameters.firstIndex(where: { $0.name == name && $0.kind == .flag && name.utf8.count == 1 }) {
      return known
    }
    return nil
  }

  /// Gives the word if it is written like a short option, `-la`, and the command does not take any texts there may be.
  private func foreignOption(_ expression: Expression, _ parameters: [ParameterSpec]) -> String? {
    guard let word = expression.bareWord, word.hasPrefix("-"),
      !parameters.contains(where: { $0.kind == .rest && $0.type == .string })
    else { return nil }
    let second = word.utf8.dropFirst().first ?? 0
    guard second & 0xDF >= 0x41, second & 0xDF <= 0x5A, case .word = Literal.read(word) else { return nil }
    return word
  }

  /// Reports an option that is not declared: `max-time` of `--max-time`, or `-la` as it stands.
  private func reportUnknownOption(_ option: String, _ span: Span, _ parameters: [ParameterSpec], _ name: String) {
    let options = parameters.filter(\.isNamed).map(\.name)
    let isShort = option.hasPrefix("-")
    let near =
      isShort
      ? options.filter { $0.utf8.count > 1 && $0.utf8.first == option.utf8.dropFirst().first }
      : nearestNames(to: option, among: options)
    let known = options.map { $0.utf8.count == 1 ? "-\($0)" : "--\($0)" }.joined(separator: ", ")
    find(
      "unknown-option", "`\(name)` has no option `\(isShort ? "" : "--")\(option)`", span,
      hint: near.first.map { "did you mean `--\($0)`?" }
        ?? (options.isEmpty ? "it has no options" : "it has \(known)")
        + (isShort ? "; a text that begins so stands in quotes" : ""))
  }

  private func reportTooMany(_ expression: Expression, _ parameters: [ParameterSpec], _ name: String) {
    find(
      "too-many-arguments", "`\(name)` takes no further argument", expression.span,
      hint: "usage: " + parameters.usage(of: name))
  }

  // MARK: One argument

  /// Compiles an argument for its parameter; a literal that does not fit is a finding.
  func compileArgument(_ expression: Expression, for spec: ParameterSpec) -> Code {
    if let value = given(expression, for: spec) {
      if !spec.choices.isEmpty, let text = value.scalarText, !spec.choices.contains(text) {
        let near = nearestNames(to: text, among: spec.choices)
        find(
          "bad-choice", "`\(spec.name)` is one of \(spec.choices.joined(separator: ", "))", expression.span,
          hint: near.first.map { "did you mean `\($0)`?" })
      }
      return check(value, as: spec.type, expression.span, "`\(spec.name)`")
    }
    switch expression.kind {
    case .emptyBraces where spec.type == .function || spec.type == .block:
      return compileFunction(FunctionLiteral(parameters: [], body: Block([], expression.span)), expression.span)
    case .block(let block) where spec.runsInPlace: return compileInPlace(block)
    default: return compile(expression)
    }
  }

  /// Gives the constant that an argument stands for; where text is wanted, a word is its text as typed.
  private func given(_ expression: Expression, for spec: ParameterSpec) -> Value? {
    guard case .word(let word) = expression.kind else { return constantValue(of: expression) }
    if [.string, .bytes, .regex, .pattern].contains(spec.type) { return .string(word) }
    if AddressLiteral.wants(spec.type, word) { return .string(word) }
    switch Literal.read(word) {
    case .value(let value): return value
    case .word: return .string(word)
    case .malformed(let message, let hint):
      guard spec.type != .any else { return .string(word) }
      find("bad-literal", message, expression.span, hint: hint)
      return .null
    }
  }

  private func check(_ value: Value, as type: TypeName, _ span: Span, _ what: String) -> Code {
    if value.isNull { return constant(value) }
    do throws(ValueError) { return constant(try type.convert(value)) } catch {
      let isWord = if case .string = value { true } else { false }
      find(
        error.code == "wrong-type" ? "bad-argument" : error.code, "\(what): \(error.message)", span,
        hint: error.hint ?? (isWord ? example(of: type) : nil))
      return nothing
    }
  }

  private func example(of type: TypeName) -> String? {
    switch type {
    case .endpoint: "an endpoint is HOST:PORT, such as example.test:80 or [2001:db8::1]:443"
    case .duration: "a duration is a number with a unit, such as 250ms, 5s, 5min"
    case .url, .web: "a URL begins with http:// or https://"
    case .network: "a network is ADDRESS/LENGTH, such as 10.0.0.0/8"
    default: nil
    }
  }

  /// Compiles an expression that must have a certain type, as the duration of `within`.
  func compile(_ expression: Expression, as type: TypeName) -> Code {
    if let value = constantValue(of: expression) { return check(value, as: type, expression.span, "this place") }
    let code = compile(expression)
    let place = place(expression.span)
    return Code { machine throws(Unwind) in
      let value = try code(machine)
      do throws(ValueError) { return try type.convert(value) } catch { throw machine.failure(error, at: place) }
    }
  }
}

extension Expression {
  /// The text of a bare word; nil for anything else.
  var bareWord: String? {
    if case .word(let word) = kind { return word }
    return nil
  }
}

extension Machine {
  /// Evaluates what a parameter is filled with.
  @inline(__always)
  func argument(_ source: Binding.Source, _ input: Value?) throws(Unwind) -> Value? {
    switch source {
    case .nothing: return nil
    case .input: return input
    case .slot(let slot): return base[slot]
    case .code(let code): return try code(self)
    case .list(let codes):
      var items: [Value] = []
      for code in codes { items.append(try code(self)) }
      return .list(items)
    }
  }
}
