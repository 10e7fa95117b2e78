import ArgumentParser
import Commands
import Diagnostics
import Interpreter
import Net
import Stage
import System
import Terminal

/// `nsh export`: a script run and written as a page.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nsh export",
    abstract: "Runs a script and writes a page: what it tells, its statements, results and bytes.",
    usage: "nsh export FILE --html | --markdown [--output PAGE] [--keep-going] [--live] [ARG…]",
    discussion: """
      The page needs no network and nothing beside it. What a statement did on the wire is folded under its result. A script
      stops at its first error, which the page shows too; the exit status is that of the script.
      """)

  enum Form: String, EnumerableFlag { case html, markdown }

  @ArgumentParser.Argument(help: "The script.", completion: .file())
  var file: String

  @Flag(help: "Write HTML, or Markdown.")
  var form: Form

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; standard output if none is named.", valueName: "page"))
  var output: String?

  @Flag(help: "Go on after an error, and end with the first error's status.")
  var keepGoing = false

  @Flag(help: "Run it on the real internet: no lab is started, and its names are replaced by real ones.")
  var live = false

  @ArgumentParser.Argument(help: ArgumentHelp("What goes to its $args.", valueName: "arg"))
  var arguments: [String] = []

  /// Of the bytes of one step so many are written.
  private static let bytesShown = 4 << 10

  /// Runs it and writes the page; gives the exit status.
  func status(stackSize: Int) -> Int32 {
    guard let script = StageScript.load(Invocation(words: ["--", file] + arguments, live: live), stackSize: stackSize)
    else {
      return ExitStatus.usage
    }
    // Kept to the end, as in main.swift.
    _ = Unmanaged.passRetained(script.shell)
    Signals.install(script.shell.session.interrupt)
    return script.shell.end(run(script))
  }

  private func run(_ script: StageScript) -> Int32 {
    let console = script.shell.console
    script.output.setColumns { Page.columns }
    var results = script.talk.statements.map { _ in StatementResult() }
    var wires: [WirePart?] = results.map { _ in nil }
    var status: Int32 = 0
    for number in script.talk.statements.indices {
      let start = monotonicNow()
      results[number] = script.run(number)
      wires[number] = WireView(of: script.shell.machine, since: start).map {
        WirePart(summary: $0.summary, steps: $0.rows, dump: $0.dump(atMost: Self.bytesShown))
      }
      let result = results[number]
      if result.status == ExitStatus.interrupted || Signals.ending != 0 { return ExitStatus.interrupted }
      if let exit = script.exitStatus {
        status = exit
        break
      }
      guard result.state == .failed else { continue }
      for case .report(let report) in result.printed { console.report(report) }
      if status == 0 { status = result.status }
      guard keepGoing else { break }
    }
    let colophon = "Made by nsh \(Invocation.version) of \(script.talk.title) on \(Timestamp.now().dayAndMinute)"
    let page = Page(talk: script.talk, results: results, wires: wires, colophon: colophon)
    do {
      let text = Array((form == .html ? HTMLPage.text(page) : MarkdownPage.text(page)).utf8)
      guard let output else {
        try console.print(raw: text)
        return status
      }
      let file = try NewFile(output)
      try file.write(text)
      try file.finish()
      return status
    } catch let error as any LayeredError {
      console.report(Report(error))
      return ExitStatus.failed
    } catch { return ExitStatus.failed }
  }
}
