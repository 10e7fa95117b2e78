import Commands
import Diagnostics
import Interpreter
import Syntax
import System
import Terminal

/// The interactive shell: reads a statement, runs it, shows its value, until Ctrl-D or `exit`.
struct Prompt {
  private let shell: Shell
  /// The function in which it opens.
  private let frame: HeldFrame?

  init(_ shell: Shell, in frame: HeldFrame? = nil) {
    self.shell = shell
    self.frame = frame
  }

  private static let banner = "nsh \(Invocation.version): `help` lists the commands, Ctrl-D leaves"
  /// Where a statement goes on; inside a string its quote is named, since a forgotten one takes in all that follows.
  private static func continued(_ reason: Incompleteness?) -> String {
    if case .string(let quote)? = reason { return "...\(quote)> " }
    return "...> "
  }

  /// Runs until the person leaves, and gives the exit status.
  func run() -> Int32 {
    guard let editor = editor() else { return ExitStatus.failed }
    Signals.installStop()
    shell.console.beginPaging(ofAll: true)
    announceJobs()
    Configuration(shell).run()
    shell.console.report(line: Self.banner)
    return converse(editor) ?? 0
  }

  /// Runs until `resume` or Ctrl-D goes on with a talk or a held step, which gives nil, or `exit` ends it with a status.
  func live() -> Int32? {
    guard let editor = editor() else { return ExitStatus.failed }
    shell.session.livePrompt.open()
    defer { shell.session.livePrompt.close() }
    return converse(editor, isLive: true)
  }

  private func editor() -> LineEditor? {
    let assistance = Assistance(shell.session, shell.console)
    let editor = LineEditor(interrupt: shell.session.interrupt, console: shell.console, assistance: assistance)
    if editor == nil { shell.console.report(Report("this terminal cannot be used for a prompt")) }
    return editor
  }

  /// Reads statements and runs them until the person leaves; gives the exit status, nil for a talk that goes on.
  private func converse(_ editor: LineEditor, isLive: Bool = false) -> Int32? {
    var position = PromptPosition(shell)
    var wasAsked = false
    while true {
      switch readStatement(editor, &position) {
      case .statement(let source, let parsed):
        wasAsked = false
        let isKept = remember(source)
        if let status = run(parsed, of: source) { return status }
        if isKept { shell.session.history.end(status: shell.machine.lastStatus) }
        // A closed terminal shows as the end of the input.
        try? shell.console.flush()
        if isLive, shell.session.livePrompt.isLeft { return nil }
      case .nothing: wasAsked = false
      case .end:
        shell.console.report(line: "")
        if isLive { return nil }
        guard !wasAsked, Signals.ending == 0, let question = leavingQuestion else { return 0 }
        shell.console.report(line: question)
        wasAsked = true
      }
    }
  }

  /// What Ctrl-D asks if jobs run.
  private var leavingQuestion: String? {
    let running = shell.session.jobs.count { $0.isRunning }
    guard running > 0 else { return nil }
    return running == 1
      ? "1 job is running: Ctrl-D again stops it and leaves"
      : "\(running) jobs are running: Ctrl-D again stops them and leaves"
  }

  /// Lets jobs tell of their end above the line that is typed.
  private func announceJobs() {
    shell.session.onJobEnd = { [console = shell.console] job in
      guard !job.isKnown, job.stateName != "stopped" else { return }
      var text = console.text(forErrors: true)
      text.add("[\(job.id)] \(job.stateName)", job.unseenFailure == nil ? .success : .error)
      if let failure = job.unseenFailure { text.add(": " + failure.error.headline) }
      text.endLine()
      console.held.add(text)
    }
  }

  private enum Input {
    case statement(Source, ParseResult)
    case nothing
    case end
  }

  /// Reads lines until they are a complete statement.
  private func readStatement(_ editor: LineEditor, _ position: inout PromptPosition) -> Input {
    var text = ""
    var reason: Incompleteness?
    let first = position.text()
    let refreshed = position.isOwn ? nil : { [position] in position.builtIn() }
    while true {
      editor.assistance.linesAbove = text.isEmpty ? "" : text + "\n"
      switch text.isEmpty
        ? editor.read(prompt: first, refreshed: refreshed) : editor.read(prompt: PromptText(Self.continued(reason)))
      {
      case .interrupted:
        shell.console.report(line: "^C")
        return .nothing
      case .end:
        guard !text.isEmpty, Signals.ending == 0 else { return .end }
        shell.console.report(line: "")
        return .nothing
      case .text(let line):
        text += text.isEmpty ? line : "\n" + line
        if text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }) { return .nothing }
        let source = shell.session.prepare(Source(name: "prompt", text: text))
        let parsed = shell.session.parse(source)
        if parsed.incomplete == nil { return .statement(source, parsed) }
        reason = parsed.incomplete
      }
    }
  }

  /// Keeps a statement in the history before it runs, and tells whether it is kept.
  private func remember(_ source: Source) -> Bool {
    do throws(FileError) {
      return try shell.session.history.add(
        String(decoding: source.written.bytes, as: UTF8.self), shell.session)
    } catch {
      shell.console.report(Report(error))
      return true
    }
  }

  /// Runs a statement; gives a status if the shell is to end.
  private func run(_ parsed: ParseResult, of source: Source) -> Int32? {
    let session = shell.session
    guard parsed.findings.isEmpty else { return refuse(parsed.findings) }
    switch session.check(parsed.block, of: source, in: frame) {
    case .failure(let findings): return refuse(findings.all)
    case .success(let program):
      session.interrupt.clear()
      switch frame.map({ shell.machine.run(program, in: $0) }) ?? shell.machine.run(program) {
      case .done:
        shell.machine.lastStatus = 0
        // Ctrl-C in a pager or another program was for that one.
        session.interrupt.clear()
      case .exit(let status): return status
      case .failed(let failure):
        shell.machine.lastStatus = failure.status
        if failure.isInterrupt, Signals.ending == 0 {
          // The terminal has echoed ^C; where it struck is of no interest to who pressed it.
          shell.console.report(line: "\ninterrupted")
        } else if shell.report(failure) == .end {
          return shell.status
        }
      }
      return Signals.ending == 0 ? nil : 128 + Signals.ending
    }
  }

  private func refuse(_ findings: [Finding]) -> Int32? {
    shell.report(findings)
    shell.machine.note(findings)
    shell.machine.lastStatus = ExitStatus.usage
    return nil
  }
}
