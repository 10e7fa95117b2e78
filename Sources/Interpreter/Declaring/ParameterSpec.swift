/// What a declaration says of one parameter: everything that checking, help and completion need.
public struct ParameterSpec: Sendable {
  public enum Kind: Sendable, Equatable {
    case positional
    /// All positionals that remain.
    case rest
    /// `--name VALUE`
    case option
    /// `--name` alone, which is true.
    case flag
  }

  /// Without dashes: `server`, `max-time`; of a short option one character, `4`.
  public let name: String
  public let sentence: String
  public let kind: Kind
  public let type: TypeName
  public let isRequired: Bool
  /// The pipe fills it; without a pipe it is the first positional.
  public let isInput: Bool
  /// Only the pipe fills it, never a positional.
  public let isPipeOnly: Bool
  /// A connection, which may also be left out: then the current one serves.
  public let isConnection: Bool
  /// The words that may stand here, if only certain ones may.
  public let choices: [String]
  /// The value when it is left out, as text for help.
  public let defaultText: String?
  /// Its value must never be kept in history or shown.
  public let isSecret: Bool
  /// It may be given several times; the body gets all of them.
  public let isRepeatable: Bool
  /// A block that runs in the frame of the caller, as that of `within` does.
  public let runsInPlace: Bool
  /// A flag by which the command goes on with an earlier transfer: the stage before it leaves its request to this one.
  public let continuesTransfer: Bool

  public init(
    _ name: String, _ sentence: String, kind: Kind = .positional, type: TypeName = .any, isRequired: Bool = true,
    isInput: Bool = false, isPipeOnly: Bool = false, isConnection: Bool = false, choices: [String] = [],
    defaultText: String? = nil,
    isSecret: Bool = false, isRepeatable: Bool = false, runsInPlace: Bool = false, continuesTransfer: Bool = false
  ) {
    self.name = name
    self.sentence = sentence
    self.kind = kind
    self.type = type
    self.isRequired = isRequired
    self.isInput = isInput
    self.isPipeOnly = isPipeOnly
    self.isConnection = isConnection
    self.choices = choices
    self.defaultText = defaultText
    self.isSecret = isSecret
    self.isRepeatable = isRepeatable
    self.runsInPlace = runsInPlace
    self.continuesTransfer = continuesTransfer
  }

  /// Whether it is given by its name, as `--name`.
  var isNamed: Bool { kind == .option || kind == .flag }

  /// What it is for; of a function's parameter, which has no sentence, its type.
  var purpose: String { sentence.isEmpty ? type.noun : sentence }

  /// How it stands in a signature: `NAME`, `[NAME]`, `[NAME…]`, `[--name TYPE]`, `[--name]`.
  public var usage: String {
    let upper = name.uppercased()
    switch kind {
    case .rest: return "[\(upper)…]"
    case .flag: return "[\(name.utf8.count == 1 ? "-" : "--")\(name)]"
    case .option: return "[--\(name) \(type.rawValue.uppercased())]\(isRepeatable ? "…" : "")"
    case .positional: return isRequired && !isInput && !isConnection ? upper : "[\(upper)]"
    }
  }
}

extension [ParameterSpec] {
  /// Tells how a command with these parameters is called.
  ///
  /// Of very many options only the fact is told; `help` lists them.
  func usage(of name: String) -> String {
    let shown = filter { !$0.isPipeOnly }
    let options = shown.filter(\.isNamed)
    guard options.count > 16 else { return ([name] + shown.map(\.usage)).joined(separator: " ") }
    let places = shown.filter { $0.kind == .positional || $0.kind == .rest }
    return ([name] + places.map(\.usage) + ["[--OPTION…]"]).joined(separator: " ")
  }
}
