import Commands
import Diagnostics
import Interpreter
import Net
import Stage
import Syntax
import System
import Terminal

/// A script that was checked whole and can be run one statement at a time, in one session.
final class StageScript {
  let shell: Shell
  let output: StageOutput
  let talk: Talk
  private let source: Source

  /// Set when a statement was `exit`: the status with which the talk ends.
  private(set) var exitStatus: Int32?

  private init(_ shell: Shell, _ output: StageOutput, _ talk: Talk, _ source: Source) {
    self.shell = shell
    self.output = output
    self.talk = talk
    self.source = source
  }

  /// Reads and checks a script; what is wrong with it is told, and then there is nil.
  static func load(_ invocation: Invocation, stackSize: Int) -> StageScript? {
    var output: StageOutput?
    let shell = Shell(invocation, stackSize: stackSize) { console in
      let made = StageOutput(console)
      output = made
      return made
    }
    guard let output, case .file(let path) = invocation.script else { return nil }
    do throws(FileError) {
      let source = shell.session.prepare(Source(name: path, bytes: try FileText.read(path)))
      let parsed = shell.session.parse(source)
      guard parsed.findings.isEmpty else {
        shell.report(parsed.findings)
        return nil
      }
      if case .failure(let findings) = shell.session.check(parsed.block, of: source) {
        shell.report(findings.all)
        return nil
      }
      let script = StageScript(shell, output, Talk(parsed.block, of: source), source)
      return script.define() ? script : nil
    } catch {
      shell.console.report(Report(error))
      return nil
    }
  }

  /// Makes the script's functions known, which may be used before their line.
  private func define() -> Bool {
    let definitions = talk.statements.filter(\.isDefinition).map(\.statement)
    switch shell.session.check(Block(definitions, Span(0, source.bytes.count)), of: source) {
    case .failure(let findings):
      shell.report(findings.all)
      return false
    case .success(let program):
      _ = shell.machine.run(program)
      return true
    }
  }

  /// Runs a statement and gives what came of it.
  func run(_ number: Int) -> StatementResult {
    let statement = talk.statements[number].statement
    let start = monotonicNow()
    output.begin()
    shell.session.interrupt.clear()
    var result = StatementResult()
    result.state = .done
    switch shell.session.check(Block([statement], statement.span), of: source) {
    case .failure(let findings):
      for finding in findings.all { output.add(.report(Report(finding))) }
      (result.state, result.status) = (.failed, ExitStatus.usage)
    case .success(let program):
      switch shell.machine.run(program) {
      case .done: break
      case .exit(let status): exitStatus = status
      case .failed(let failure):
        output.add(.report(Report(failure)))
        (result.state, result.status) = (.failed, failure.status)
      }
    }
    shell.machine.lastStatus = result.status
    shell.session.interrupt.clear()
    (result.printed, result.dropped) = output.printed
    result.took = monotonicNow() - start
    return result
  }
}

extension Timestamp {
  /// Today or another day as people read it, `2026-11-23 14:05 UTC`.
  var dayAndMinute: String {
    let text = description.prefix(16).replacing("T", with: " ")
    return text + " UTC"
  }
}
