import Commands
import Net
import Terminal

/// What a start of the shell asks for.
struct Invocation: Sendable {
  static let version = "0.1.0"

  /// The text of `-c`.
  var text: String?
  /// The file or `-`, and its arguments; with `-c` only arguments.
  var words: [String] = []
  var staysAtPrompt = false
  var check = false
  var json = false
  var color = ColorChoice.auto
  var timeout: TimeSpan?
  var echo = false
  var keepGoing = false
  /// Whether scripts run on the real internet and not in the lab.
  var live = false
  var readsConfiguration = true
  /// How deep the whole run is walked step by step; nil if it is not.
  var stepDepth: StepDepth?

  /// Where the script comes from.
  enum Script {
    case text(String)
    case file(String)
    case standardInput
    /// Nothing was given: the prompt on a terminal, else standard input.
    case none
  }

  var script: Script {
    if let text { return .text(text) }
    guard let first = operands.first else { return .none }
    return first == "-" ? .standardInput : .file(first)
  }

  var isFile: Bool { if case .file = script { true } else { false } }

  /// What the script finds in `$args`.
  var arguments: [String] { text == nil ? Array(operands.dropFirst()) : operands }

  /// The words without the `--` that ended the options.
  private var operands: [String] { words.first == "--" ? Array(words.dropFirst()) : words }
}

extension Invocation {
  /// Reads a command line that has no option but `-c`; nil for any other.
  ///
  /// Most starts are of this kind, and the parser of options would take longer than all the rest of an empty script.
  init?(plain words: [String]) {
    if words.first == "-c", words.count > 1, !words.dropFirst(2).contains(where: { $0.hasPrefix("-") }) {
      self.init(text: words[1], words: Array(words.dropFirst(2)))
    } else if words.first == nil || words.first == "-" || words.first?.hasPrefix("-") == false {
      self.init(words: words)
    } else {
      return nil
    }
  }
}
