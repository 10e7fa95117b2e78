import Net

/// A parameter of a command with the Swift type in which the command's body receives it.
public struct Parameter<Content>: Sendable {
  public let spec: ParameterSpec
  /// Makes the body's value from what was given, nil when nothing was.
  let take: @Sendable (Value?) throws -> Content

  init(_ spec: ParameterSpec, take: @escaping @Sendable (Value?) throws -> Content) {
    self.spec = spec
    self.take = take
  }
}

extension Parameter where Content: ValueConvertible {
  public static func required(
    _ name: String, _ sentence: String, choices: [String] = [], isSecret: Bool = false
  ) -> Parameter {
    Parameter(
      ParameterSpec(name, sentence, type: Content.type, choices: choices, isSecret: isSecret), take: wanted(name))
  }

  /// Declares a block that runs in place, by `Machine.run(inPlace:)`.
  public static func block(_ name: String, _ sentence: String) -> Parameter where Content == Function {
    Parameter(ParameterSpec(name, sentence, type: .function, runsInPlace: true), take: wanted(name))
  }

  /// Declares the parameter that the pipe fills.
  public static func input(_ sentence: String, named name: String = "input") -> Parameter {
    Parameter(ParameterSpec(name, sentence, type: Content.type, isInput: true), take: wanted(name))
  }

  /// Declares a positional that may be left out and then has this value.
  public static func positional(_ name: String, _ sentence: String, default value: Content, shown: String) -> Parameter
  {
    Parameter(ParameterSpec(name, sentence, type: Content.type, isRequired: false, defaultText: shown)) { given in
      try given.map { try Content.convert($0) } ?? value
    }
  }

  public static func option(_ name: String, _ sentence: String, default value: Content, shown: String) -> Parameter {
    Parameter(
      ParameterSpec(name, sentence, kind: .option, type: Content.type, isRequired: false, defaultText: shown)
    ) { given in try given.map { try Content.convert($0) } ?? value }
  }

  private static func wanted(_ name: String) -> @Sendable (Value?) throws -> Content {
    { given in
      guard let given else { throw ValueError("missing-argument", "`\(name)` is missing", layer: .command) }
      return try Content.convert(given)
    }
  }
}

extension Parameter {
  /// Declares a positional that may be left out.
  public static func optional<Wrapped: ValueConvertible>(
    _ name: String, _ sentence: String, choices: [String] = []
  ) -> Parameter where Content == Wrapped? {
    Parameter(ParameterSpec(name, sentence, type: Wrapped.type, isRequired: false, choices: choices)) {
      try $0.map { try Wrapped.convert($0) }
    }
  }

  /// Input of the pipe that may be missing.
  public static func optionalInput<Wrapped: ValueConvertible>(
    _ sentence: String, named name: String = "input"
  ) -> Parameter where Content == Wrapped? {
    Parameter(ParameterSpec(name, sentence, type: Wrapped.type, isRequired: false, isInput: true)) {
      try $0.map { try Wrapped.convert($0) }
    }
  }

  /// Declares what comes through the pipe, if anything does; no positional stands for it.
  public static func pipe<Wrapped: ValueConvertible>(_ sentence: String) -> Parameter where Content == Wrapped? {
    Parameter(ParameterSpec("input", sentence, type: Wrapped.type, isRequired: false, isInput: true, isPipeOnly: true))
    {
      try $0.map { try Wrapped.convert($0) }
    }
  }

  public static func option<Wrapped: ValueConvertible>(
    _ name: String, _ sentence: String, choices: [String] = [], isSecret: Bool = false
  ) -> Parameter where Content == Wrapped? {
    Parameter(
      ParameterSpec(
        name, sentence, kind: .option, type: Wrapped.type, isRequired: false, choices: choices, isSecret: isSecret)
    ) { try $0.map { try Wrapped.convert($0) } }
  }

  /// Declares an option that may be given several times, each time with one value or a list of them.
  public static func options<Element: ValueConvertible>(
    _ name: String, _ sentence: String, isSecret: Bool = false
  ) -> Parameter where Content == [Element] {
    let spec = ParameterSpec(
      name, sentence, kind: .option, type: Element.type, isRequired: false, isSecret: isSecret, isRepeatable: true)
    return Parameter(spec) { given in
      guard case .list(let items)? = given else { return try given.map { [try Element.convert($0)] } ?? [] }
      return try items.map { try Element.convert($0) }
    }
  }

  public static func rest<Element: ValueConvertible>(
    _ name: String, _ sentence: String
  ) -> Parameter where Content == [Element] {
    Parameter(ParameterSpec(name, sentence, kind: .rest, type: Element.type, isRequired: false)) { given in
      guard case .list(let items)? = given else { return [] }
      return try items.flatMap { item throws in
        // Of words, such as those of a program, a list is one for each item.
        guard Element.type == .string, case .list(let parts) = item else { return [try Element.convert(item)] }
        return try parts.map { try Element.convert($0) }
      }
    }
  }

  ///
  /// - Parameter continuesTransfer: whether the command then makes the request of the stage before it.
  public static func flag(
    _ name: String, _ sentence: String, continuesTransfer: Bool = false
  ) -> Parameter where Content == Bool {
    let spec = ParameterSpec(
      name, sentence, kind: .flag, type: .bool, isRequired: false, continuesTransfer: continuesTransfer)
    return Parameter(spec) { given in
      guard case .bool(let isSet)? = given else { return false }
      return isSet
    }
  }

  /// Declares a connection: from the pipe, else the first positional that is one, else the current connection.
  public static func connection<Wrapped: ValueConvertible>(
    _ sentence: String
  ) -> Parameter where Content == Wrapped? {
    Parameter(
      ParameterSpec(
        "connection", sentence, type: .connection, isRequired: false, isInput: true, isConnection: true)
    ) { try $0.map { try Wrapped.convert($0) } }
  }
}
