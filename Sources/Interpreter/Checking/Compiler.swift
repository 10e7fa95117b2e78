import Diagnostics
import Net
import Syntax

/// Checks a tree against the session's commands and variables and compiles it to closures, collecting all findings on the way.
final class Compiler {
  let source: Source
  let session: Session
  var scope: Scope
  private(set) var findings: [Finding] = []
  /// Functions that this text defines.
  var definitions: [String: FunctionCode] = [:]
  /// Names of the top level that this text declares for the first time.
  private var newGlobals: [String] = []

  /// What becomes of the value of a statement that nobody uses.
  enum Mode { case print, drop, result }

  init(source: Source, session: Session) {
    self.source = source
    self.session = session
    scope = Scope(.script, parent: nil)
  }

  /// Takes back what a text declared that is not going to run.
  func abandon() { for name in newGlobals { session.globals.forget(name) } }

  func place(_ span: Span) -> Place { Place(source, span) }

  // MARK: Findings

  func find(_ code: String, _ message: String, _ span: Span, labels: [Finding.Label] = [], hint: String? = nil) {
    findings.append(Finding(code, message, in: source, at: span, labels: labels, hint: hint))
  }

  /// Compiles something that may turn out not to fit: nil, and no findings, if it has any.
  func tentatively<Result>(_ compile: () -> Result) -> Result? {
    let known = findings.count
    let result = compile()
    guard findings.count == known else {
      findings.removeSubrange(known...)
      return nil
    }
    return result
  }

  /// Gives code for a place that is wrong; it is never run.
  var nothing: Code { Code { _ in .null } }

  // MARK: Variables

  func declare(_ name: Name) -> Variable {
    if ["in", "args", "_"].contains(name.text) {
      find("bad-name", "`\(name.text)` has a meaning of its own and cannot be declared", name.span)
    }
    guard scope.kind == .script else { return .local(scope.declare(name.text)) }
    let isNew = session.globals.numbers[name.text] == nil
    guard let slot = session.globals.declare(name.text) else {
      find("too-many", "there are more than \(Globals.limit) variables", name.span)
      return .local(0)
    }
    if isNew { newGlobals.append(name.text) }
    return .local(slot)
  }

  /// Gives a slot that no name reaches.
  func temporary() -> Int {
    guard scope.kind == .script else { return scope.temporary() }
    return session.globals.declare(" temporary \(temporaries)") ?? 0
  }
  private var temporaries: Int { scope.temporary() }

  func lookUp(_ name: String, in scope: Scope? = nil) -> Variable? {
    let scope = scope ?? self.scope
    switch name {
    case "?": return .status
    case "_": return .last
    default: break
    }
    switch scope.kind {
    case .script: return session.globals.numbers[name].map { .local($0) }
    case .definition:
      if let slot = scope.slots[name] { return .local(slot) }
      if name == "in" { return .local(scope.declare("in")) }
      return session.globals.numbers[name].map { .global($0) }
    case .function:
      if let slot = scope.slots[name] { return .local(slot) }
      if name == "in" { return .local(scope.declare("in")) }
      guard let parent = scope.parent, let outer = lookUp(name, in: parent) else { return nil }
      guard case .local(let slot) = outer else { return outer }
      return .local(scope.capture(name, from: slot))
    }
  }

  /// All names that could be meant here, for suggestions.
  var visibleNames: [String] {
    var names = session.globals.names.filter { !$0.hasPrefix(" ") }
    var scope: Scope? = scope
    while let current = scope {
      names += current.slots.keys
      scope = current.parent
    }
    return names
  }

  func read(_ name: String, _ span: Span) -> Code {
    guard let variable = lookUp(name) else {
      let near = nearestNames(to: name, among: visibleNames)
      find(
        "unknown-variable", "there is no variable `$\(name)`", span,
        hint: near.first.map { "did you mean `$\($0)`?" } ?? "declare it first: `let \(name) = …`")
      return nothing
    }
    let place = place(span)
    switch variable {
    case .status: return Code { .int(Int($0.session.lastStatus)) }
    case .last: return Code { $0.session.lastValue }
    case .local(let slot):
      return Code(.local(slot)) { machine throws(Unwind) in
        guard let value = machine.base[slot] else { throw Compiler.unset(name, machine, place) }
        return value
      }
    case .global(let slot):
      return Code { machine throws(Unwind) in
        guard let value = machine.session.globals.slots[slot] else { throw Compiler.unset(name, machine, place) }
        return value
      }
    }
  }

  static func unset(_ name: String, _ machine: Machine, _ place: Place) -> Unwind {
    machine.failure(
      ValueError("unset", "`$\(name)` has no value yet", hint: "its `let` has not been run", layer: .command), at: place
    )
  }

  // MARK: Scopes

  /// Compiles something in a scope of its own.
  func within<Result>(_ inner: Scope, _ compile: () -> Result) -> Result {
    let outer = scope
    scope = inner
    defer { scope = outer }
    return compile()
  }
}

/// Finds the known names that are nearest to a mistyped one.
public func nearestNames(to word: String, among names: [String]) -> [String] { nearest(word, among: names) }
