import Diagnostics
import Net

extension Machine {
  /// Runs a text at the top level of the session from within a command; what it defers runs at its own end.
  ///
  /// The whole text is checked before anything of it runs.
  public func source(_ text: Source) throws {
    let program: Program
    switch session.check(text) {
    case .success(let checked): program = checked
    case .failure(let findings): throw SourceError(text.name, findings)
    }
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
