import Diagnostics
import Syntax

/// Gives what may stand at the cursor, a byte offset into a text that need not be finished or right.
///
/// It reads nothing but the text up to the cursor and the world, and changes nothing.
public func complete(_ text: String, cursor: Int, in world: CompletionWorld) -> Suggestions {
  let bytes = Array(text.utf8)
  let cursor = min(max(0, cursor), bytes.count)
  // Only its colon makes a word behind `{` or `,` a key.
  let asKey = CursorPlace(bytes, cursor: cursor, mark: .key)
  if case .key(of: .argument) = asKey.kind {
    let found = suggestions(asKey, bytes, cursor, world)
    if !found.candidates.isEmpty { return found }
  }
  return suggestions(CursorPlace(bytes, cursor: cursor), bytes, cursor, world)
}

private func suggestions(
  _ place: CursorPlace, _ bytes: [UInt8], _ cursor: Int, _ world: CompletionWorld
) -> Suggestions {
  var completer = Completer(world: world, names: place.names)
  completer.start = min(place.start, cursor)
  completer.word = String(decoding: bytes[completer.start..<cursor], as: UTF8.self)
  if let kind = place.kind { completer.add(kind) }
  return Suggestions(
    range: completer.start..<cursor, candidates: completer.sorted, subject: completer.subject,
    parameter: completer.parameter)
}

/// The gathering of candidates for one place.
struct Completer {
  let world: CompletionWorld
  /// What the text itself declares.
  let names: [String]
  /// Where the word begins, and the word as far as it is typed.
  var start = 0
  var word = ""
  var candidates: [Candidate] = []
  /// Those that fit, and begin with a quote that was not typed.
  var requoted: [Candidate] = []
  var subject: Suggestions.Subject?
  var parameter: ParameterSpec?

  /// Those that begin with the word, sorted: as it is typed, else with capital and small letters the same.
  var sorted: [Candidate] {
    var fitting = candidates.filter { $0.text.utf8.starts(with: word.utf8) }
    if fitting.isEmpty, requoted.isEmpty {
      fitting = candidates.filter { fits($0.text) }
    }
    // Options come behind what they stand beside.
    func isOption(_ candidate: Candidate) -> Bool { candidate.text.utf8.first == UInt8(ascii: "-") }
    let all = (fitting + requoted).sorted {
      if isOption($0) != isOption($1) { return isOption($1) }
      return $0.text == $1.text ? $0.description > $1.description : $0.text < $1.text
    }
    return all.indices.filter { $0 == 0 || all[$0].text != all[$0 - 1].text }.map { all[$0] }
  }

  mutating func add(_ kind: CursorPlace.Kind) {
    switch kind {
    case .head(let isStatement):
      addHeads()
      if isStatement { candidates += Self.keywords }
    case .program: candidates += world.programs()
    case .argument(let index, let call, let isPiped, let isProgram):
      if isProgram { addFiles() } else { addArgument(index, of: call, isPiped: isPiped) }
    case .variable: addVariables()
    case .field(let base, let steps): addFields(of: base, steps)
    case .key(let parent): addKeys(parent)
    case .word:
      if looksLikePath { addFiles() }
    case .module:
      candidates += world.modules()
      addFiles { $0.hasSuffix(".nsh") }
    case .target: addVariables(sign: "")
    }
  }

  // MARK: Commands

  /// The words that begin statements.
  static let keywords = [
    Candidate("let", "Declares a variable."), Candidate("set", "Assigns a variable, a field or an item."),
    Candidate("def", "Defines a command of one's own."), Candidate("if", "Runs a block if a condition holds."),
    Candidate("for", "Runs a block for each item."), Candidate("while", "Runs a block as long as a condition holds."),
    Candidate("loop", "Runs a block until `break`."), Candidate("break", "Leaves the loop."),
    Candidate("continue", "Goes on with the next item."), Candidate("return", "Leaves the function with a value."),
    Candidate("try", "Runs a block and catches its error."), Candidate("fail", "Ends with an error."),
    Candidate("assert", "Ends with status 3 if a condition does not hold."),
    Candidate("defer", "Runs a block at the end of the scope."), Candidate("use", "Makes a module's commands known."),
    Candidate("within", "Runs a block under a deadline."), Candidate("retry", "Runs a block until it does not fail."),
  ]

  /// Adds the first words of commands and functions, each with its sentence, or with the verbs that go with it.
  private mutating func addHeads() {
    for noun in world.commands.nouns where fits(noun) {
      if let command = world.commands[noun] {
        candidates.append(Candidate(noun, command.sentence))
        continue
      }
      let verbs = Set(world.commands.withNoun(noun).compactMap { $0.name.split(separator: " ").dropFirst().first })
      candidates.append(Candidate(noun, verbs.sorted().joined(separator: ", ")))
    }
    for function in world.functions {
      let words = function.name.split(separator: " ")
      guard let first = words.first else { continue }
      candidates.append(Candidate(String(first), words.count > 1 ? "a module" : function.sentence))
    }
  }

  /// Adds the words that make a longer name of a command with those that are there.
  private mutating func addVerbs(_ words: [String]) {
    let beginning = words.joined(separator: " ") + " "
    for command in world.commands.withNoun(words[0]) where command.name.hasPrefix(beginning) {
      let rest = command.name.dropFirst(beginning.count)
      let word = String(rest.prefix { $0 != " " })
      candidates.append(Candidate(word, word.count == rest.count ? command.sentence : ""))
    }
    for function in world.functions where function.name.hasPrefix(beginning) {
      candidates.append(Candidate(String(function.name.dropFirst(beginning.count)), function.sentence))
    }
  }

  private mutating func addArgument(_ index: Int, of call: Call, isPiped: Bool) {
    let place = CallPlace(call, before: index, commands: world.commands, functions: world.functions)
    let before = call.arguments[..<index].map(\.bareWord)
    if before.allSatisfy({ $0 != nil }) { addVerbs([call.head.text] + before.compactMap { $0 }) }
    guard let place, place.nameArguments <= index else { return }
    subject = Suggestions.Subject(name: place.name, usage: place.usage, sentence: place.sentence)
    let arguments = call.arguments[place.nameArguments...]
    let isAfterOptions = call.arguments[..<index].contains {
      if case .endOfOptions = $0.kind { true } else { false }
    }
    // An option that waits for its value takes the next word, whatever it looks like.
    let spec = place.parameters(of: arguments, isPiped: isPiped)[index - place.nameArguments]
    if !isAfterOptions, word.hasPrefix("-"), spec?.kind != .option {
      return addOptions(place, Array(call.arguments[..<index]))
    }
    parameter = spec
    if let spec { addValues(of: spec, for: place.name, behind: Array(before.dropFirst(place.nameArguments))) }
    // At an empty word all that may follow is shown, the options too.
    if word.isEmpty, !isAfterOptions, spec?.kind != .option { addOptions(place, Array(call.arguments[..<index])) }
  }

  private mutating func addOptions(_ place: CallPlace, _ before: [Argument]) {
    let given = Set(
      before.compactMap { argument -> String? in
        if case .option(let name, _) = argument.kind { name.text } else { nil }
      })
    for spec in place.parameters where spec.kind == .option || spec.kind == .flag {
      guard !given.contains(spec.name) else { continue }
      candidates.append(Candidate((spec.name.utf8.count == 1 ? "-" : "--") + spec.name, Help.explanation(spec)))
    }
    if word.hasPrefix("--") { candidates.append(Candidate("--help", "Shows the help of `\(place.name)`.")) }
  }

  // MARK: Variables

  mutating func addVariables(sign: String = "$", of types: Set<TypeName> = []) {
    for (name, value) in world.variables where types.isEmpty || types.contains(value.type) {
      candidates.append(Candidate(sign + name, value.outline, ending: ""))
    }
    guard types.isEmpty else { return }
    for name in names where !world.variables.contains(where: { $0.name == name }) {
      candidates.append(Candidate(sign + name, "", ending: ""))
    }
    guard !sign.isEmpty else { return }
    candidates += [
      Candidate("$_", "the last value", ending: ""), Candidate("$?", "the last status", ending: ""),
      Candidate("$in", "the input of the function or block", ending: ""),
    ]
  }

  private mutating func addFields(of base: Expression, _ steps: ArraySlice<Access>) {
    guard case .variable(let name) = base.kind,
      var value = world.variables.first(where: { $0.name == name })?.value
    else { return }
    for step in steps {
      switch step.kind {
      case .field(let field, _):
        guard let next = value.rows?.fields[field] ?? value.fields[field] else { return }
        value = next
      case .index(let index):
        guard case .list(let list) = value, case .word(let digits) = index.kind, let number = Int(digits),
          let item = list.items.dropFirst(max(0, number)).first
        else { return }
        value = item
      case .slice: break
      }
    }
    for (field, content) in (value.rows ?? value).fields.pairs {
      candidates.append(Candidate(field, content.outline, ending: ""))
    }
  }

  /// Adds the keys of a record: names of header fields where headers are wanted.
  private mutating func addKeys(_ parent: CursorPlace.Kind?) {
    guard case .argument(let index, let call, let isPiped, false) = parent,
      let place = CallPlace(call, before: index, commands: world.commands, functions: world.functions)
    else { return }
    let arguments = call.arguments[place.nameArguments...]
    guard let spec = place.parameters(of: arguments, isPiped: isPiped)[index - place.nameArguments] else { return }
    subject = Suggestions.Subject(name: place.name, usage: place.usage, sentence: place.sentence)
    parameter = spec
    guard spec.name == "headers" || spec.name == "header" else { return }
    candidates += KnownWords.headerFields.map { Candidate($0.text + ":", $0.description) }
  }

  /// Tells whether a text begins with the word; capital and small letters of ASCII are the same.
  func fits(_ text: String) -> Bool { text.begins(like: word) }
}

extension CompletionWorld.Function {
  /// The first line of the comment, else that it is a function.
  var sentence: String { comment.split(separator: "\n").first.map(String.init) ?? "a function of this session" }
}

extension Value {
  /// The first item of a table, which has the fields of all; nil for anything else.
  fileprivate var rows: Value? {
    guard case .list(let list) = self, let first = list.items.first, case .record = first else { return nil }
    return first
  }

  /// The value in a few words: a scalar's text, else its type and how much it holds.
  var outline: String {
    switch self {
    case .list(let list): "list of \(list.items.count)"
    case .record(let record): "record: " + record.names.prefix(8).joined(separator: " ")
    case .bytes(let bytes): "bytes, \(bytes.count)"
    case .string(let text): "'" + text.prefix(40) + (text.utf8.count > 40 ? "…'" : "'")
    case .resource(let resource):
      resource.type.rawValue
        + ["id", "remote", "local", "state"].compactMap { resource.fields[$0]?.scalarText }
        .map { " " + $0 }.joined()
    default: scalarText.map { String($0.prefix(60)) } ?? type.rawValue
    }
  }
}

/// Tells whether a `?` typed at the end of a text asks what can follow; where it could be part of a word it does not.
public func asksForHelp(_ text: String, in world: CompletionWorld) -> Bool {
  let bytes = Array(text.utf8)
  let place = CursorPlace(bytes, cursor: bytes.count)
  let word = bytes[min(place.start, bytes.count)...]
  switch place.kind {
  case .head: return true
  case .argument(_, _, _, isProgram: true): return false
  case .argument(let index, let call, _, _):
    if word.isEmpty || word.starts(with: Array("--".utf8)) { return true }
    let words = [call.head.text] + call.arguments[..<index].compactMap(\.bareWord)
    guard words.count == index + 1 else { return false }
    let name = words.joined(separator: " ") + " " + String(decoding: word, as: UTF8.self)
    return world.commands.names.contains { $0.hasPrefix(name) } || world.functions.contains { $0.name.hasPrefix(name) }
  case .key, .module: return word.isEmpty
  case .program, .variable, .field, .word, .target: return false
  case nil: return bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
  }
}

extension StringProtocol {
  /// Tells whether the text begins with another; capital and small letters of ASCII are the same.
  public func begins(like other: some StringProtocol) -> Bool {
    func small(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
    return utf8.count >= other.utf8.count && zip(utf8, other.utf8).allSatisfy { small($0) == small($1) }
  }
}
