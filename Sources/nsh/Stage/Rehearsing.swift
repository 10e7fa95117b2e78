import Commands
import Diagnostics
import Interpreter
import Net
import Stage
import System
import Terminal

/// A run of a whole talk without an audience, whose results are kept in a file beside the script.
struct Rehearsing {
  private let script: StageScript
  private let path: String

  init(_ script: StageScript, path: String) {
    self.script = script
    self.path = path
  }

  /// Runs all statements, also behind one that fails, and gives the first status.
  func run() -> Int32 {
    let console = script.shell.console
    script.output.setColumns { Rehearsal.columns }
    var performance = Performance(script.talk)
    var status: Int32 = 0
    for (number, statement) in script.talk.statements.enumerated() where !statement.isDefinition {
      let result = script.run(number)
      performance.end(number, with: result)
      let first = statement.text.split(separator: "\n").first ?? ""
      let took = TimeSpan(nanoseconds: result.took / 1_000_000 * 1_000_000)
      console.report(line: "\(result.state == .done ? "ok    " : "failed") \(statement.line): \(first) (\(took))")
      for case .report(let report) in result.printed where result.state == .failed { console.report(report) }
      if status == 0 { status = result.status }
      if result.status == ExitStatus.interrupted { return result.status }
      if let exit = script.exitStatus {
        status = exit
        break
      }
    }
    do {
      let file = try NewFile(path)
      try file.write(Rehearsal(performance, date: Timestamp.now().dayAndMinute).json())
      try file.finish()
      console.report(line: "kept in \(path)")
    } catch let error as any LayeredError {
      console.report(Report(error))
      return ExitStatus.failed
    } catch { return ExitStatus.failed }
    return status
  }

  /// Reads the rehearsal of a script, if there is one; what is wrong with it is told and is no reason not to begin.
  static func read(for script: String, _ console: Console) -> Rehearsal? {
    guard let bytes = try? FileText.read(Rehearsal.path(for: script)) else { return nil }
    let rehearsal = (try? JSONValues.read(bytes)).flatMap { Rehearsal($0) }
    if rehearsal == nil { console.report(line: "\(Rehearsal.path(for: script)) is no rehearsal, and is left aside") }
    return rehearsal
  }
}
