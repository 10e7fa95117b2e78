import Diagnostics
import Net
import Syntax

extension Compiler {
  /// Compiles the call of a command or of a function that was defined with `def`.
  func compileCall(_ call: Call, _ span: Span, isPiped: Bool, isContinued: Bool = false) -> StageCode {
    if let (command, words) = session.commands.resolve(call) {
      let nameSpan = words > 1 ? call.head.span.through(call.arguments[words - 2].span) : call.head.span
      let arguments = Array(call.arguments.dropFirst(words - 1))
      return compileCall(of: command, arguments, nameSpan, span, isPiped: isPiped, isContinued: isContinued)
    }
    let next = call.arguments.first.flatMap { argument in
      if case .value(let expression) = argument.kind { expression.bareWord } else { nil }
    }
    if let (definition, words) = definition(call.head.text, next) {
      return compileCall(
        of: definition, Array(call.arguments.dropFirst(words - 1)), call.head.span, span, isPiped: isPiped)
    }
    reportUnknown(call)
    for argument in call.arguments {
      if case .value(let expression) = argument.kind { _ = compile(expression) }
    }
    return StageCode { _, _ in .null }
  }

  private func reportUnknown(_ call: Call) {
    let verbs = session.commands.withNoun(call.head.text).map { String($0.name.dropFirst(call.head.text.count + 1)) }
    let known = functions(of: call.head.text) ?? verbs
    if !known.isEmpty {
      var hint = "`\(call.head.text)` goes with " + known.joined(separator: ", ")
      var span = call.head.span
      if let first = call.arguments.first, case .value(let expression) = first.kind,
        case .word(let word) = expression.kind
      {
        span = first.span
        let longer = known.filter { $0.hasPrefix(word) }
        let near = longer.isEmpty ? Array(nearestNames(to: word, among: known).prefix(1)) : longer
        if !near.isEmpty { hint = Self.meant(near.map { "\(call.head.text) \($0)" }) }
        return find("unknown-command", "there is no command `\(call.head.text) \(word)`", span, hint: hint)
      }
      return find("unknown-command", "`\(call.head.text)` alone is no command", span, hint: hint)
    }
    if let fault = NumberFault.message(for: call.head.text) {
      return find("bad-number", "`\(call.head.text)` is no number: \(fault)", call.head.span)
    }
    let names = session.commands.nouns + knownFunctions + session.definitionNames + Completer.keywords.map(\.text)
    let near = nearestNames(to: call.head.text, among: names)
    find(
      "unknown-command", "there is no command `\(call.head.text)`", call.head.span,
      hint: ForeignWords.advice[call.head.text] ?? (near.isEmpty ? Self.advice(for: call.head.text) : Self.meant(near)))
  }

  private static func meant(_ names: [String]) -> String {
    "did you mean " + names.prefix(3).map { "`\($0)`" }.joined(separator: " or ") + "?"
  }

  /// What to try where a word is near to nothing that is known.
  private static func advice(for word: String) -> String {
    if word.contains("/") { return "`source \(word)` runs a script of nsh, `^\(word)` a program" }
    if let sign = word.firstIndex(of: "="), sign != word.startIndex {
      return "`let \(word[..<sign]) = …` declares a variable, with blanks around the sign"
    }
    return "`help` lists the commands; a program is run as `^\(word)`"
  }

  private func compileCall(
    of command: Command, _ arguments: [Argument], _ nameSpan: Span, _ span: Span, isPiped: Bool,
    isContinued: Bool
  ) -> StageCode {
    if wantsHelp(arguments, command) { return helpCode(for: command, place(span)) }
    if let first = firstValue(arguments), !isPiped, command.parameters.contains(where: \.isConnection) {
      return compileConnectionCall(of: command, arguments, first, nameSpan, span)
    }
    let binding = bind(
      arguments, to: command.parameters, of: command.name, nameSpan, input: isPiped ? .pipe : .firstPositional)
    var place = place(span)
    place.isContinued = isContinued
    return run(command, binding, place)
  }

  /// Runs a command with bound arguments.
  private func run(_ command: Command, _ binding: Binding, _ place: Place) -> StageCode {
    let sources = binding.sources
    return StageCode { machine, input throws(Unwind) in
      var values: [Value?] = []
      values.reserveCapacity(sources.count)
      for source in sources { values.append(try machine.argument(source, input)) }
      if machine.interrupt.isRaised { try machine.checkpoint(place) }
      let outer = (machine.place, machine.placeBase)
      (machine.place, machine.placeBase) = (place, machine.base)
      defer { (machine.place, machine.placeBase) = outer }
      do { return try command.run(machine, values) } catch { throw machine.unwind(error, at: place) }
    }
  }

  /// Compiles a call whose first positional may be the connection that the command is for, or its first other argument.
  private func compileConnectionCall(
    of command: Command, _ arguments: [Argument], _ first: (index: Int, expression: Expression), _ nameSpan: Span,
    _ span: Span
  ) -> StageCode {
    let parameters = command.parameters
    guard !isCertainlyNoConnection(first.expression) else {
      return run(command, bind(arguments, to: parameters, of: command.name, nameSpan, input: .none), place(span))
    }
    // Evaluated once, looked at, and then bound either way.
    let slot = temporary()
    let code = compile(first.expression)
    let others = arguments.enumerated().filter { $0.offset != first.index }.map(\.element)
    let connectionCall = tentatively {
      run(command, bind(others, to: parameters, of: command.name, nameSpan, input: .slot(slot)), Place(source, span))
    }
    let valueCall = tentatively {
      let binding = bind(
        arguments, to: parameters, of: command.name, nameSpan, input: .none, replacing: (first.index, slot))
      return run(command, binding, Place(source, span))
    }
    if connectionCall == nil, valueCall == nil {
      _ = bind(arguments, to: parameters, of: command.name, nameSpan, input: .none)
      return StageCode { _, _ in .null }
    }
    let place = place(span)
    return StageCode { machine, input throws(Unwind) in
      let value = try code(machine)
      machine.base[slot] = value
      defer { machine.base[slot] = nil }
      if case .resource = value, let connectionCall { return try connectionCall(machine, input) }
      guard let valueCall else {
        throw machine.failure(
          ValueError(
            "wrong-type", "`\(command.name)` wants a connection first, and this is \(value.described)", layer: .command),
          at: place)
      }
      return try valueCall(machine, input)
    }
  }

  private func firstValue(_ arguments: [Argument]) -> (index: Int, expression: Expression)? {
    for (index, argument) in arguments.enumerated() {
      if case .value(let expression) = argument.kind { return (index, expression) }
    }
    return nil
  }

  private func isCertainlyNoConnection(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .variable, .access, .group: false
    default: true
    }
  }

  // MARK: --help

  private func wantsHelp(_ arguments: [Argument], _ command: Command) -> Bool {
    arguments.contains { argument in
      if case .option(let name, nil) = argument.kind { name.text == "help" } else { false }
    }
  }

  private func helpCode(for command: Command, _ place: Place) -> StageCode {
    StageCode { _, _ in .string(Help.text(for: command)) }
  }
}
