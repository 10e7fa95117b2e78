import Diagnostics
import Net
import Syntax

/// A text that was checked and can run.
public struct Program {
  let code: Exec
  /// What its text declares.
  let scope: Scope
  let definitions: [String: FunctionCode]
  /// The modules that the text uses, by name, and all that came in with them, by path.
  let used: [String: Module]
  let loaded: [String: Module]
  /// The files that the text sources, as they were when it was checked, by path.
  let foreseen: [String: Foreseen]
}

/// A file to be sourced that was checked together with the text that sources it.
struct Foreseen {
  let text: Source
  let program: Program
}

/// What came of a text.
public enum Outcome: Sendable {
  case done
  case failed(Failure)
  case exit(Int32)
}

extension Session {
  /// Parses a text.
  public func parse(_ source: Source) -> ParseResult { Syntax.parse(source, literals: Literals()) }

  /// Checks a tree against everything the session knows; either all findings, or a program that can run.
  ///
  /// A module is checked as `use` would, and what is typed inside a function with its variables.
  public func check(
    _ block: Block, of source: Source, asModule: Bool = false, in frame: HeldFrame? = nil
  ) -> Result<Program, Findings> {
    let loading = Loading(self)
    let module = asModule ? Module(name: Loading.name(of: source.name), path: source.name) : nil
    let compiler = Compiler(
      source: source, session: self, loading: loading, module: module,
      scope: frame.map { Scope(promptIn: $0.scope) })
    let code = compiler.compileText(block)
    guard compiler.findings.isEmpty else {
      compiler.abandon()
      return .failure(Findings(compiler.findings))
    }
    return .success(
      Program(
        code: code, scope: compiler.scope, definitions: compiler.definitions, used: compiler.modules,
        loaded: loading.loaded,
        foreseen: compiler.foreseen))
  }

  /// Parses and checks a text.
  public func check(_ source: Source) -> Result<Program, Findings> {
    let parsed = parse(source)
    guard parsed.findings.isEmpty else { return .failure(Findings(parsed.findings)) }
    return check(parsed.block, of: source)
  }
}

extension Session {
  /// Takes over what a text defines and uses.
  func adopt(_ program: Program) {
    definitions.merge(program.definitions) { $1 }
    used.merge(program.used) { $1 }
    modules.merge(program.loaded) { $1 }
    foreseen.merge(program.foreseen) { $1 }
  }
}

/// All that is wrong with a text.
public struct Findings: Error, Sendable {
  public let all: [Finding]

  public init(_ all: [Finding]) { self.all = all }
}

extension Machine {
  /// Runs a program at the top level of the session.
  public func run(_ program: Program) -> Outcome {
    session.adopt(program)
    base = globals
    deadline = session.timeout.map { .after($0) } ?? .never
    let start = top
    defer { unwind(to: start) }
    do throws(Unwind) {
      _ = try program.code(self)
      return .done
    } catch { return outcome(of: error) }
  }

  /// Runs what `defer` registered at the top level; for the end of a script.
  public func finish() -> Outcome {
    base = globals
    var result = Outcome.done
    do throws(Unwind) { try runDeferred() } catch { result = outcome(of: error) }
    guard let failure = endJobs() else { return result }
    if case .done = result {
      note(failure)
      return .failed(failure)
    }
    session.output.note(failure.error.headline)
    return result
  }

  func outcome(of error: Unwind) -> Outcome {
    switch error.kind {
    case .failure(let failure):
      note(failure)
      return .failed(failure)
    case .exit(let status):
      lastStatus = status
      return .exit(status)
    case .jump: return .done
    }
  }

  /// Keeps a failure as the last one, with its status.
  func note(_ failure: Failure) {
    lastStatus = failure.status
    // A question about failures is none that anybody asks about.
    if failure.error.code != "no-failure" { lastFailure = failure.value }
  }

  /// Keeps what is wrong with a text that was not run as the last failure, where it is a literal that cannot be; a mistyped
  /// word is none that anybody has to look into.
  public func note(_ findings: [Finding]) {
    guard let finding = findings.first(where: { $0.code == "bad-literal" }) else { return }
    lastFailure = ErrorValue(
      ValueError(finding.code, finding.message, hint: finding.hint, layer: .command),
      at: Place(finding.source, finding.span))
  }

  /// Ends the shell with a status; the `exit` command's body throws it.
  public static func exit(_ status: Int32) -> any Error { Unwind(.exit(status)) }
}
