import ArgumentParser
import Diagnostics
import Glibc
import Interpreter
import Net
import Stage
import Syntax
import System
import Terminal

/// `nsh demo`: a script shown as a talk.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nsh demo",
    abstract: "Shows a script as a talk: what comments tell, and each statement typed and run.",
    usage: """
      nsh demo [--auto] [--speed N] [--record CAST] [--live] FILE [ARG…]
      nsh demo --rehearse [--live] FILE [ARG…]
      """,
    discussion: """
      Comments that stand alone on their lines are told. `## Heading` begins a section; an empty line between comments, or a
      comment behind statements, begins another slide. `- ` and `1. ` begin items; what is indented stays as it is.

      Keys:
      \(Cue.bindings.map { "  \($0.names): \($0.sentence)" }.joined(separator: "\n"))

      A rehearsal runs everything and keeps what came in FILE.rehearsal, from where a statement that fails on the day can be
      shown. Exit status: 0, with --auto or --rehearse that of the first statement that failed, 130 for Ctrl-C.
      """)

  @Flag(help: "Go on without keys, at the pace of somebody who reads.")
  var auto = false

  @Option(
    help: ArgumentHelp(
      "How fast statements are typed, and with --auto all goes on: 2 is twice as fast.", valueName: "n"))
  var speed = 1.0

  @Option(help: ArgumentHelp("Record the talk as an asciicast of version 2, for asciinema.", valueName: "cast"))
  var record: String?

  @Flag(help: "Run everything at once, and keep the results in FILE.rehearsal.")
  var rehearse = false

  @Flag(help: "Run it on the real internet: no lab is started, and its names are replaced by real ones.")
  var live = false

  @Option(help: "Colours: auto, always or never. NO_COLOR is honoured.")
  var color = ColorChoice.auto

  @ArgumentParser.Argument(help: "The script.", completion: .file())
  var file: String

  @ArgumentParser.Argument(
    parsing: .captureForPassthrough, help: ArgumentHelp("What goes to its $args.", valueName: "arg"))
  var arguments: [String] = []

  func validate() throws {
    guard speed.isFinite, speed >= 0.05, speed <= 1_000 else { throw ValidationError("--speed is 0.05 to 1000") }
    guard !rehearse || (!auto && record == nil) else {
      throw ValidationError("a rehearsal has no --auto and no --record")
    }
  }

  /// Shows it, and gives the exit status.
  func status(stackSize: Int) -> Int32 {
    let invocation = Invocation(words: ["--", file] + arguments, color: color, live: live)
    guard let script = StageScript.load(invocation, stackSize: stackSize) else { return ExitStatus.usage }
    // Kept to the end, as in main.swift.
    _ = Unmanaged.passRetained(script.shell)
    let console = script.shell.console
    Signals.install(script.shell.session.interrupt)
    if rehearse { return script.shell.end(Rehearsing(script, path: Rehearsal.path(for: file)).run()) }
    let isTerminal = isatty(0) == 1 && console.output.isTerminal
    // A dumb one cannot place its cursor (terminfo(5)).
    let hasTerminal = isTerminal && getenv("TERM").map { String(cString: $0) } != "dumb"
    guard hasTerminal || (auto && record != nil) else {
      let what = "a talk needs a terminal" + (isTerminal ? ", and TERM is dumb" : "")
      console.report(Report(what, rows: [.init("hint", "--auto --record talk.cast needs none")]))
      return script.shell.end(ExitStatus.usage)
    }
    do throws(FileError) {
      let cast = try recording(of: script.talk, console, hasTerminal)
      let show = Show(
        script, self, rehearsal: Rehearsing.read(for: file, console), cast: cast, hasTerminal: hasTerminal)
      if let cast, hasTerminal { DescriptorWriter.witness.withLock { $0 = { cast.add($0) } } }
      let status = show.run()
      DescriptorWriter.witness.withLock { $0 = nil }
      try cast?.finish()
      return script.shell.end(status)
    } catch {
      console.report(Report(error))
      return script.shell.end(ExitStatus.failed)
    }
  }

  private func recording(of talk: Talk, _ console: Console, _ hasTerminal: Bool) throws(FileError) -> CastFile? {
    guard let record else { return nil }
    let size = StageScreen.size(of: console, hasTerminal: hasTerminal)
    let term = getenv("TERM").map { String(cString: $0) } ?? "xterm-256color"
    return try CastFile(record, columns: size.columns, rows: size.rows, title: talk.title, term: term)
  }
}
