import Diagnostics
import Interpreter
import Net
import Terminal

/// Where the next prompt comes from: the function `prompt` of the person, else the built-in line.
struct PromptPosition {
  private let shell: Shell
  /// The definition that failed, which is not called again.
  private var failed: ObjectIdentifier?

  /// Whether the last text was the person's.
  private(set) var isOwn = false

  private static let definition = "prompt"
  /// How long that function may take.
  private static let patience = TimeSpan(nanoseconds: 2_000_000_000)

  init(_ shell: Shell) { self.shell = shell }

  mutating func text() -> PromptText {
    let own = own()
    isOwn = own != nil
    guard let own else { return builtIn() }
    var styled = shell.console.text()
    for (index, line) in own.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { styled.endLine() }
      styled.add(colored: String(line))
    }
    return PromptText(styled)
  }

  func builtIn() -> PromptText {
    let console = shell.console
    return PromptText(PromptLine(shell.machine).text(window: console.width, empty: console.text()))
  }

  private mutating func own() -> String? {
    let identity = shell.session.definitionIdentity(Self.definition)
    guard let identity, identity != failed else { return nil }
    switch shell.machine.result(ofDefinition: Self.definition, within: Self.patience) {
    case .success(let value): return (try? PlainText.cell(value)) ?? value.described
    case .failure(let failure):
      failed = identity
      shell.session.interrupt.clear()
      shell.console.report(Report(failure))
      return nil
    case nil: return nil
    }
  }
}
