import Diagnostics
import Net
import Syntax

extension Machine {
  /// Runs a text at the top level of the session from within a command; what it defers runs at its own end.
  ///
  /// The whole text is checked before anything of it runs.
  public func source(_ text: Source) throws {
    let program = try checked(text)
    session.adopt(program)
    let outer = deferred
    deferred = []
    defer { deferred = outer }
    try enter(top, slotCount: 0, pushed: 0, at: place ?? session.noPlace) { () throws(Unwind) in
      base = globals
      do throws(Unwind) { _ = try program.code(self) } catch {
        try? runDeferred()
        throw error
      }
      try runDeferred()
      result = .null
    }
  }
}

extension Machine {
  /// Gives the program of a text: the one that was checked with the text that runs, unless the file has changed since.
  private func checked(_ text: Source) throws -> Program {
    if let foreseen = session.foreseen[text.name], foreseen.text.bytes == text.bytes { return foreseen.program }
    switch session.check(text) {
    case .success(let checked): return checked
    case .failure(let findings): throw SourceError(text.name, findings)
    }
  }
}

extension Statement {
  /// The path of a `source` of the top level that is written as it is; nil for any other statement.
  var sourcedPath: String? {
    guard case .pipeline(let pipeline) = kind, pipeline.stages.count == 1,
      case .call(let call) = pipeline.stages[0].kind,
      call.head.text == "source", call.arguments.count == 1, case .value(let argument) = call.arguments[0].kind
    else { return nil }
    switch argument.kind {
    case .word(let word): return word
    case .text(let template):
      guard template.parts.count == 1, case .text(let text) = template.parts[0] else { return nil }
      return text
    default: return nil
    }
  }
}

/// A file that was not run, because something in it is wrong.
struct SourceError: LayeredError {
  let message: String
  let hint: String?

  init(_ name: String, _ findings: Findings) {
    let count = findings.all.count
    message = count == 1 ? "something in \(name) is wrong" : "\(count) things in \(name) are wrong"
    hint = findings.all.prefix(10).map { finding in
      let position = finding.source.position(of: finding.span.start)
      return "\(finding.source.name):\(position.line):\(position.column): \(finding.message)"
    }.joined(separator: "; ")
  }

  var layer: Layer { .command }
  var code: String { "check" }
}
