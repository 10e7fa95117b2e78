import Diagnostics
import Glibc
import Interpreter
import Syntax

/// What is printed goes nowhere; nothing runs here.
private final class NoOutput: Output {
  func print(_ value: Value) {}
  func note(_ text: String) {}
  func ask(_ text: String) {}
  var letsProgramsWrite: Bool { false }
  func flush() {}
}

private let table = CommandTable(fuzzCommands)

/// A text that parses is checked and compiled: that ends, its findings lie within it, and one that is refused leaves nothing behind.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChecker(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let source = Source(name: "fuzz", bytes: Array(UnsafeBufferPointer(start: data, count: count)))
  let session = Session(commands: table, output: NoOutput())
  let parsed = session.parse(source)
  guard parsed.findings.isEmpty else { return 0 }
  let names = session.variableNames
  guard case .failure(let findings) = session.check(parsed.block, of: source) else { return 0 }
  if findings.all.isEmpty { fail("refused without a finding") }
  if session.variableNames != names { fail("a refused text left \(session.variableNames)") }
  for finding in findings.all {
    for span in [finding.span] + finding.labels.map(\.span) where finding.source === source {
      if span.start < 0 || span.end < span.start || span.end > count { fail("\(finding.code) is outside: \(span)") }
    }
  }
  return 0
}

private func fail(_ what: String) -> Never {
  let line = Array((what + "\n").utf8)
  _ = write(STDERR_FILENO, line, line.count)
  abort()
}
