/// The variables that a function's text, or the top level, may name, with their slots.
final class Scope {
  /// A prompt's is that of a function in whose call it opens.
  enum Kind { case script, definition, function, prompt }

  let kind: Kind
  let parent: Scope?
  /// Whether it is that of a text, and not of a function in it.
  var isOfText: Bool { kind == .script || kind == .prompt }
  private(set) var slots: [String: Int] = [:]
  private(set) var slotCount = 0
  /// The outer slot of each variable that a function captures, with its own slot for it.
  private(set) var captures: [(outer: Int, inner: Int)] = []
  /// The variables that were captured and so cannot be set.
  private(set) var captured: Set<String> = []
  var hasDefer = false
  /// How many loops stand around the place that is being compiled.
  var loops = 0
  /// How many blocks stand around it whose end has to see what a `return` gives made: those of `try` and of commands such as `within`.
  var guards = 0

  init(_ kind: Kind, parent: Scope?) {
    self.kind = kind
    self.parent = parent
  }

  /// Makes one that a prompt in the middle of a function can add to, or another text of the same prompt.
  init(promptIn known: Scope) {
    kind = .prompt
    parent = nil
    slots = known.slots
    slotCount = known.slotCount
    captured = known.captured
  }

  func declare(_ name: String) -> Int {
    if let slot = slots[name] {
      captured.remove(name)
      return slot
    }
    slots[name] = slotCount
    slotCount += 1
    return slotCount - 1
  }

  /// Gives a slot without a name.
  func temporary() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  func capture(_ name: String, from outer: Int) -> Int {
    let inner = declare(name)
    captures.append((outer, inner))
    captured.insert(name)
    return inner
  }
}

/// Where a variable is found when code runs.
enum Variable {
  /// A slot of the running function; at the top level of a script too.
  case local(Int)
  /// A slot of the top level, seen from a `def`.
  case global(Int)
  /// `$?` and `$_`
  case status, last
}
