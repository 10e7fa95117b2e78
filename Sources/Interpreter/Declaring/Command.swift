/// A command: its name, what it is for, its parameters, examples and body, declared once; everything else is derived from it.
public struct Command: Sendable {
  /// One to three words: `tcp connect`.
  public let name: String
  /// One sentence that begins with a verb and ends with a full stop.
  public let sentence: String
  public let parameters: [ParameterSpec]
  /// The type of what it gives.
  public let gives: TypeName
  public let examples: [Example]
  /// Runs it with one value a parameter, nil where nothing was given.
  let run: @Sendable (Machine, [Value?]) throws -> Value

  /// Declares a command; the body receives each parameter as a value of its own type.
  public init<each Content>(
    _ name: String, _ sentence: String, _ parameters: repeat Parameter<each Content>, gives: TypeName = .any,
    examples: [Example], body: @escaping @Sendable (Machine, repeat each Content) throws -> Value
  ) {
    self.name = name
    self.sentence = sentence
    var count = 0
    for _ in repeat each parameters { count += 1 }
    var specs: [ParameterSpec] = []
    specs.reserveCapacity(count)
    var places = Arguments(count: count)
    for parameter in repeat each parameters {
      specs.append(parameter.spec)
      places.add(parameter)
    }
    self.parameters = specs
    self.gives = gives
    self.examples = examples
    run = { [places] machine, given in
      let result = try places.with(given, of: name) { arguments in
        try body(machine, repeat arguments.value((each Content).self))
      }
      guard result.depth <= depthLimit else { throw ValueError.tooDeep }
      return result
    }
  }

  /// Makes a command that is another one with its first parameter given: `http get` is `http request GET`.
  public init(
    _ name: String, _ sentence: String, as general: Command, with value: Value, examples: [Example]
  ) {
    self.name = name
    self.sentence = sentence
    self.examples = examples
    parameters = Array(general.parameters.dropFirst())
    gives = general.gives
    run = { machine, given in try general.run(machine, [value] + given) }
  }

  /// How it is called: the name and its parameters.
  public var usage: String { parameters.usage(of: name) }
}

/// A line to type and what comes of it; the tests run it.
public struct Example: Sendable {
  public let line: String
  /// What is printed, as into a pipe; nil where it depends on time or place, so that the tests only run it.
  public let output: String?
  /// What it shows, if the line alone does not say so.
  public let note: String?
  /// Whether the tests start the lab before it.
  public let needsLab: Bool

  public init(_ line: String, _ output: String? = nil, note: String? = nil, needsLab: Bool = false) {
    self.line = line
    self.output = output
    self.note = note
    self.needsLab = needsLab
  }
}
