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
  /// The modules whose commands this text can call, by name.
  private(set) var modules: [String: Module] = [:]
  /// Names of the top level that this text declares for the first time.
  private var newGlobals: [String] = []
  private let loading: Loading
  /// Functions of the files that this text sources.
  private var sourced: [String: FunctionCode] = [:]
  private(set) var foreseen: [String: Foreseen] = [:]
  /// The text that sources this one.
  private let outer: Compiler?
  /// The module that the text is, if it is one.
  private let module: Module?

  /// What becomes of the value of a statement that nobody uses.
  enum Mode { case print, drop, result }

  init(
    source: Source, session: Session, loading: Loading, module: Module? = nil, outer: Compiler? = nil,
    scope: Scope? = nil
  ) {
    self.source = source
    self.session = session
    self.loading = loading
    self.module = module
    self.outer = outer
    self.scope = scope ?? Scope(.script, parent: nil)
  }

  /// Takes back what a text declared that is not going to run.
  func abandon() { for name in newGlobals { session.globals.forget(name) } }

  /// Compiles a whole text: what it uses and defines is known from its beginning.
  func compileText(_ block: Block) -> Exec {
    for case .use(let wanted) in block.statements.lazy.map(\.kind) { use(wanted) }
    declareDefinitions(block)
    if module == nil { foresee(block) }
    let code = compile(block, .print)
    compileDefinitions(block)
    return code
  }

  private func use(_ wanted: Expression) {
    guard let name = constantValue(of: wanted)?.scalarText ?? wanted.bareWord else {
      return find("bad-module", "`use` wants a name or a path as it is, known before anything runs", wanted.span)
    }
    guard let used = loading.module(name, wanted.span, for: self) else { return }
    modules[used.name] = used
  }

  /// Gives the code of a `use`, which runs the module's statements unless they have run.
  func compileUse(_ wanted: Expression) -> Exec? {
    guard scope.isOfText, scope.loops == 0 else {
      find("nested-use", "`use` belongs at the top level of a text", wanted.span)
      return nil
    }
    guard let name = constantValue(of: wanted)?.scalarText ?? wanted.bareWord else { return nil }
    guard let module = modules[Loading.name(of: name)] else { return nil }
    return Exec { machine throws(Unwind) in
      guard !module.hasRun else { return .normal }
      module.hasRun = true
      do throws(Unwind) { return try module.code(machine) } catch {
        module.hasRun = false
        throw error
      }
    }
  }

  /// Finds a function by its words: one of this text or session, of the module that the text is, or of one that it uses.
  func definition(_ head: String, _ next: String?) -> (code: FunctionCode, words: Int)? {
    if let next {
      if let module, module.name == head, let code = definitions[next] { return (code, 2) }
      if let used = modules[head] ?? (module == nil ? session.used[head] : nil), let code = used.definitions[next] {
        return (code, 2)
      }
    }
    if let code = definitions[head] ?? sourced[head] { return (code, 1) }
    if let outer { return outer.definition(head, next) }
    guard module == nil, let code = session.definitions[head] else { return nil }
    return (code, 1)
  }

  /// The functions of this text and of those that it sources, for messages.
  var knownFunctions: [String] { Array(definitions.keys) + Array(sourced.keys) + (outer?.knownFunctions ?? []) }

  /// Gives the functions of a module that is used here, for messages.
  func functions(of name: String) -> [String]? {
    (modules[name] ?? (module == nil ? session.used[name] : nil))?.definitions.keys.sorted()
  }

  /// Whether functions of this text may have the names of commands; a module's are called with its name before theirs.
  var isModule: Bool { module != nil }

  /// Gives the name of a function of this text as callers elsewhere write it.
  func qualified(_ name: String) -> String { module.map { "\($0.name) \(name)" } ?? name }

  /// Takes over what the check of a module found and declared.
  func adopt(_ inner: Compiler) {
    findings += inner.findings
    newGlobals += inner.newGlobals
  }

  func add(_ more: [Finding]) { findings += more }

  /// Checks the files that this text sources under names known now, so that their functions and variables are known too.
  private func foresee(_ block: Block) {
    for path in block.statements.compactMap(\.sourcedPath) {
      guard let text = loading.sourced(path) else { continue }
      defer { loading.endSourced(path) }
      let parsed = session.parse(text)
      guard parsed.findings.isEmpty else {
        add(parsed.findings)
        continue
      }
      let inner = Compiler(source: text, session: session, loading: loading, outer: self)
      let code = inner.compileText(parsed.block)
      adopt(inner)
      sourced.merge(inner.sourced) { $1 }
      sourced.merge(inner.definitions) { $1 }
      guard inner.findings.isEmpty else { continue }
      foreseen.merge(inner.foreseen) { $1 }
      foreseen[path] = Foreseen(
        text: text,
        program: Program(
          code: code, scope: inner.scope, definitions: inner.definitions, used: inner.modules, loaded: [:],
          foreseen: [:]))
    }
  }

  /// Gives the name under which the session keeps a variable of this text's top level.
  private func key(_ name: String) -> String { module?.key(name) ?? name }

  func place(_ span: Span) -> Place { Place(source, span) }

  // MARK: Findings

  func find(_ code: String, _ message: String, _ span: Span, labels: [Finding.Label] = [], hint: String? = nil) {
    // What is looked at twice, as the head of a function is, is told once.
    if findings.contains(where: { $0.span == span && $0.code == code && $0.message == message }) { return }
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
    let key = key(name.text)
    let isNew = session.globals.numbers[key] == nil
    guard let slot = session.globals.declare(key) else {
      find("too-many", "there are more than \(Globals.limit) variables", name.span)
      return .local(0)
    }
    if isNew { newGlobals.append(key) }
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
    case .script: return session.globals.numbers[key(name)].map { .local($0) }
    case .definition, .prompt:
      if let slot = scope.slots[name] { return .local(slot) }
      if name == "in" { return .local(scope.declare("in")) }
      return session.globals.numbers[key(name)].map { .global($0) }
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
    var names = session.variableNames
    var scope: Scope? = scope
    while let current = scope {
      names += current.slots.keys
      scope = current.parent
    }
    return names
  }

  func read(_ name: String, _ span: Span) -> Code {
    guard let variable = lookUp(name) else {
      find("unknown-variable", "there is no variable `$\(name)`", span, hint: advice(for: name))
      return nothing
    }
    let place = place(span)
    switch variable {
    case .status: return Code { .int(Int($0.lastStatus)) }
    case .last: return Code { $0.lastValue }
    case .local(let slot):
      return Code(.local(slot)) { machine throws(Unwind) in
        guard let value = machine.base[slot] else { throw Compiler.unset(name, machine, place) }
        return value
      }
    case .global(let slot):
      return Code { machine throws(Unwind) in
        guard let value = machine.globals[slot] else { throw Compiler.unset(name, machine, place) }
        return value
      }
    }
  }

  private func advice(for name: String) -> String {
    guard name != "in" else { return "it is the input of a function, a block or a stage behind `|`" }
    let near = nearestNames(to: name, among: visibleNames)
    if let near = near.first { return "did you mean `$\(near)`?" }
    if name == "env" { return "`env` gives the variables of the environment, `(env HOME)` one of them" }
    let isLarge = name.utf8.count > 1 && name == name.uppercased()
    return isLarge ? "a variable of the environment is `(env \(name))`" : "declare it first: `let \(name) = …`"
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
