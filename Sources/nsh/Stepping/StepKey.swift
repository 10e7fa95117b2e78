import Stage

/// What a key asks for while a step is held.
enum StepKey: Equatable {
  case run, inside, edit, skip, runOn, breakAt, stop, help

  struct Binding {
    let keys: [Key]
    let names: String
    let sentence: String
    let meaning: StepKey
  }

  /// All keys, in the order in which help shows them.
  static let bindings: [Binding] = [
    Binding(keys: [.enter, .character(" ")], names: "Enter", sentence: "does the step", meaning: .run),
    Binding(
      keys: [.character("i")], names: "i",
      sentence: "opens a prompt inside, in the same session; `resume` or Ctrl-D comes back to the step",
      meaning: .inside),
    Binding(
      keys: [.character("e")], names: "e", sentence: "edits the bytes that are about to be sent", meaning: .edit),
    Binding(keys: [.character("s")], names: "s", sentence: "skips the step, and says what that means", meaning: .skip),
    Binding(
      keys: [.character("c")], names: "c", sentence: "runs on, to the next break or the end; the steps are still told",
      meaning: .runOn),
    Binding(
      keys: [.character("b")], names: "b", sentence: "sets a break: at a step's number, or at dns, tcp, tls or http",
      meaning: .breakAt),
    Binding(
      keys: [.character("q"), .character("\u{4}")], names: "q, Ctrl-C", sentence: "stops the script here",
      meaning: .stop),
    Binding(keys: [.character("?"), .character("h")], names: "?", sentence: "shows these keys", meaning: .help),
  ]

  init?(_ key: Key) {
    guard let binding = Self.bindings.first(where: { $0.keys.contains(key) }) else { return nil }
    self = binding.meaning
  }

  /// The keys on one line of a window of so many columns.
  static func line(canEdit: Bool, columns: Int) -> String {
    let words = ["Enter run", "i inside", "e edit", "s skip", "c run on", "b break", "q stop", "? keys"]
    let long = words.filter { canEdit || $0 != "e edit" }.joined(separator: "  ")
    guard long.count + 5 > columns else { return long }
    return "Enter i" + (canEdit ? " e" : "") + " s c b q ?"
  }
}
