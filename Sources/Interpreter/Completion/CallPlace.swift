import Syntax

/// A call as far as it is known which command it is of: what its name is, and which parameter an argument fills.
struct CallPlace {
  let name: String
  let sentence: String
  let parameters: [ParameterSpec]
  /// How many of the arguments belong to the name.
  let nameArguments: Int

  /// Finds the command or function of a call, looking at the arguments before a certain one only.
  init?(_ call: Call, before limit: Int, commands: CommandTable, functions: [CompletionWorld.Function]) {
    let known = Call(head: call.head, arguments: Array(call.arguments.prefix(limit)))
    if let (command, words) = commands.resolve(known) {
      self = CallPlace(command, words: words)
      return
    }
    let next = known.arguments.first?.bareWord
    let names = [next.map { "\(call.head.text) \($0)" }, call.head.text].compactMap { $0 }
    guard let function = names.lazy.compactMap({ name in functions.first { $0.name == name } }).first else {
      return nil
    }
    name = function.name
    sentence = function.comment
    parameters = function.parameters
    nameArguments = function.name == call.head.text ? 0 : 1
  }

  init(_ command: Command, words: Int) {
    name = command.name
    sentence = command.sentence
    parameters = command.parameters
    nameArguments = words - 1
  }

  var usage: String { parameters.usage(of: name) }

  /// Gives what each argument from the first behind the name on fills; nil for options themselves and what fits nowhere.
  func parameters(of arguments: ArraySlice<Argument>, isPiped: Bool) -> [ParameterSpec?] {
    let first = arguments.first?.firstExpression
    var mayBeConnection = false
    if case .variable = first?.kind { mayBeConnection = true }
    var places = parameters.filter { spec in
      guard spec.kind == .positional, !spec.isPipeOnly, !(isPiped && spec.isInput) else { return false }
      return !spec.isConnection || mayBeConnection
    }[...]
    let rest = parameters.first { $0.kind == .rest }
    var option: ParameterSpec?
    var optionsEnded = false
    return arguments.map { argument in
      switch argument.kind {
      case .endOfOptions:
        optionsEnded = true
        return nil
      case .option(let name, let value) where !optionsEnded:
        let spec = parameters.first { $0.name == name.text && $0.kind == .option }
        option = value == nil ? spec : nil
        return value == nil ? nil : spec
      case .option: return places.popFirst() ?? rest
      case .value:
        if let spec = option {
          option = nil
          return spec
        }
        if !optionsEnded, isFlag(argument) { return nil }
        return places.popFirst() ?? rest
      }
    }
  }

  /// Tells whether it is a declared short option, `-4`.
  private func isFlag(_ argument: Argument) -> Bool {
    guard let word = argument.bareWord, word.utf8.count == 2, word.hasPrefix("-") else { return false }
    return parameters.contains { $0.kind == .flag && $0.name == word.dropFirst() }
  }
}

extension Argument {
  var firstExpression: Expression? {
    if case .value(let expression) = kind { return expression }
    return nil
  }

  var bareWord: String? { firstExpression?.bareWord }
}

extension CommandTable {
  /// Finds the command with the longest name that the first words spell, and how many words that are.
  func resolve(_ call: Call) -> (Command, words: Int)? {
    var name = call.head.text
    var found: (Command, Int)?
    if let command = self[name] { found = (command, 1) }
    for (index, argument) in call.arguments.prefix(max(0, longest - 1)).enumerated() {
      guard let word = argument.bareWord else { break }
      name += " " + word
      if let command = self[name] { found = (command, index + 2) }
    }
    return found
  }
}
