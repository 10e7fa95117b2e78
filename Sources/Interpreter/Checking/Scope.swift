/// The variables that a function's text, or the top level, may name, with their slots.
final class Scope {
  enum Kind { case script, definition, function }

  let kind: Kind
  let parent: Scope?
  private(set) var slots: [String: Int] = [:]
  private(set) var slotCount = 0
  /// The outer slot of each variable that a function captures, with its own slot for it.
  private(set) var captures: [(outer: Int, inner: Int)] = []
  /// The variables that were captured and so cannot be set.
  private(set) var captured: Set<String> = []
  var hasDefer = false
  /// How many loops stand around the place that is being compiled.
  var loops = 0

  init(_ kind: Kind, parent: Scope?) {
    self.kind = kind
    self.parent = parent
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
