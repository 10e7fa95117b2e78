import Commands
import Diagnostics
import Glibc
import Interpreter
import Net
import Syntax
import System
import Terminal

/// One run of the program: a session, where it writes, and the status with which it will end.
final class Shell {
  let options: Invocation
  let console: Console
  let session: Session
  let machine: Machine
  /// The status of the first error; 0 as long as there was none.
  private(set) var status: Int32 = 0

  /// Whether a text goes on after one of its statements.
  enum Next { case goOn, end }

  /// Makes a shell that prints as the options say, or to an output that is made for its console.
  init(_ options: Invocation, stackSize: Int, output: ((Console) -> any Output)? = nil) {
    self.options = options
    console = Console(color: options.color)
    session = Session(commands: allCommands, output: output?(console) ?? Self.output(options, console))
    session.timeout = options.timeout
    if options.live { session.isLive = true }
    session.libraryFolder = { Share.path.map { $0 + "/lib" } }
    session.define("args", .list(options.arguments.map { .string($0) }))
    machine = Machine(session: session, stackSize: stackSize)
  }

  private static func output(_ options: Invocation, _ console: Console) -> any Output {
    if options.json { return JSONOutput(console) }
    return console.output.isTerminal ? TerminalOutput(console) : RawOutput(console)
  }

  /// Runs what the command line asks for, and gives the exit status.
  func run() -> Int32 {
    Signals.install(session.interrupt)
    console.beginPaging(ofAll: false)
    if isatty(0) == 1, console.errors.isTerminal { session.stepping.use(StepConsole(self)) }
    if let depth = options.stepDepth { session.stepping.begin(depth, session) }
    var next = Next.goOn
    switch options.script {
    case .text(let text): next = runWhole(Source(name: "-c", bytes: Array(text.utf8)))
    case .file(let path): next = runFile(path)
    case .none where isatty(0) == 1 && !options.check: return end(Prompt(self).run())
    case .standardInput, .none: next = options.check ? runFile("/dev/stdin") : runStatements()
    }
    guard options.staysAtPrompt, next == .goOn || status != 0, Signals.ending == 0 else { return end(status) }
    guard isatty(0) == 1 else {
      console.report(Report("-i needs a terminal on standard input"))
      return end(ExitStatus.usage)
    }
    return end(Prompt(self).run())
  }

  /// Runs what was deferred, closes what is open, and writes what is buffered.
  func end(_ status: Int32) -> Int32 {
    self.status = status
    session.interrupt.clear()
    _ = take(machine.finish())
    session.close()
    if options.stepDepth != nil { session.stepping.end() }
    do throws(WriteError) { try console.flush() } catch { fail(error) }
    return Signals.ending == 0 ? self.status : 128 + Signals.ending
  }

  private func fail(_ error: WriteError) {
    if error.isClosedPipe { return status = ExitStatus.closedPipe }
    // The failure may have been told as that of the statement that printed.
    guard status == 0 else { return }
    console.report(Report(error))
    status = ExitStatus.failed
  }

  // MARK: Texts

  private func runFile(_ path: String) -> Next {
    do throws(FileError) {
      let bytes = try FileText.read(path)
      return runWhole(Source(name: path == "/dev/stdin" ? "stdin" : path, bytes: bytes))
    } catch {
      let report = Report(error)
      let isCommand = session.commands[path] != nil || !session.commands.withNoun(path).isEmpty
      let hint = Report.Row("hint", "FILE is a script; a command is run by `nsh -c '\(path) …'`")
      console.report(
        isCommand ? Report(report.headline, rows: report.rows.filter { $0.name != "hint" } + [hint]) : report)
      return stop(with: ExitStatus.usage)
    }
  }

  /// Checks a text whole, and runs it if nothing is wrong.
  private func runWhole(_ given: Source) -> Next {
    let source = session.prepare(given)
    let parsed = session.parse(source)
    guard parsed.findings.isEmpty else { return refuse(parsed.findings) }
    // What only defines is a module, whose functions may have the names of commands.
    let isModule = options.isFile && !options.staysAtPrompt && parsed.block.isModule
    switch session.check(parsed.block, of: source, asModule: isModule) {
    case .failure(let findings): return refuse(findings.all)
    case .success(let program):
      if options.check { return .goOn }
      return !isModule && (options.keepGoing || options.echo)
        ? runSingly(parsed.block, source) : take(machine.run(program))
    }
  }

  /// Runs the statements of a checked text one by one; what it defines is known from the beginning.
  private func runSingly(_ block: Block, _ source: Source) -> Next {
    let definitions = block.statements.filter(\.isDefinition)
    guard run(Block(definitions, block.span), source) == .goOn else { return .end }
    for statement in block.statements where !statement.isDefinition {
      guard run(Block([statement], statement.span), source) == .goOn else { return .end }
    }
    return .goOn
  }

  /// Runs standard input, each statement as soon as it is complete.
  private func runStatements() -> Next {
    session.scriptIsOnInput.store(true, ordering: .relaxed)
    var input = LineInput(0, interrupt: session.interrupt)
    var reader = StatementReader(name: "stdin", prepare: session.prepare) { [session] in session.parse($0) }
    while true {
      switch input.read() {
      case .line(let line):
        guard let statement = reader.add(line) else { continue }
        guard runStatement(statement) == .goOn else { return .end }
      case .end: return reader.end().map(runStatement) ?? .goOn
      case .interrupted: return stop(with: ExitStatus.interrupted)
      case .failed(let reason):
        console.report(Report(FileError("read standard input", reason)))
        return stop(with: ExitStatus.failed)
      }
    }
  }

  private func runStatement(_ statement: StatementReader.Statement) -> Next {
    let next =
      statement.parsed.findings.isEmpty
      ? run(statement.parsed.block, statement.source) : refuse(statement.parsed.findings)
    // Whoever writes the statements may wait for what this one printed.
    do throws(WriteError) { try console.flush() } catch {
      fail(error)
      return .end
    }
    return next
  }

  // MARK: Statements

  private func run(_ block: Block, _ source: Source) -> Next {
    switch session.check(block, of: source) {
    case .failure(let findings): return refuse(findings.all)
    case .success(let program):
      if options.echo {
        for statement in block.statements where !statement.isDefinition {
          console.report(line: "+ " + source.text(statement.span))
        }
      }
      return take(machine.run(program))
    }
  }

  /// Tells of what came of a text, and says whether to go on.
  private func take(_ outcome: Outcome) -> Next {
    switch outcome {
    case .done:
      // What `q` stops after the last command of a text, such as the rest of a body, fails nothing any more.
      if options.stepDepth != nil, session.stepping.isStopped { return stop(with: ExitStatus.interrupted) }
      return Signals.ending == 0 ? .goOn : .end
    case .exit(let status):
      self.status = status
      return .end
    case .failed(let failure):
      return report(failure) == .end ? .end : stop(with: failure.status)
    }
  }

  /// Tells of all that is wrong with a text.
  private func refuse(_ findings: [Finding]) -> Next {
    report(findings)
    machine.note(findings)
    return stop(with: ExitStatus.usage)
  }

  /// Keeps the status if it is the first one, and ends unless errors are to be passed over.
  private func stop(with status: Int32) -> Next {
    if self.status == 0 { self.status = status }
    return options.keepGoing && Signals.ending == 0 && status != ExitStatus.interrupted ? .goOn : .end
  }

  // MARK: Reports

  func report(_ findings: [Finding]) {
    for finding in findings {
      guard options.json, options.check else {
        console.report(session.withoutSecrets(Report(finding)))
        continue
      }
      try? session.output.print(.record(finding.record))
    }
  }

  /// Tells of an error, if it is one to tell; the end of the output itself ends the shell.
  func report(_ failure: Failure) -> Next {
    if failure.error.layers.contains(where: { ($0 as? WriteError)?.isClosedPipe == true }) {
      status = ExitStatus.closedPipe
      return .end
    }
    if Signals.ending == 0 { console.report(session.withoutSecrets(Report(failure))) }
    return .goOn
  }
}

extension Block {
  /// Whether all that it does is to define functions, with `use` of what they need.
  fileprivate var isModule: Bool {
    statements.contains { $0.isDefinition } && statements.allSatisfy { $0.isDefinition || $0.isUse }
  }
}

extension Statement {
  fileprivate var isUse: Bool {
    if case .use = kind { return true }
    return false
  }

  fileprivate var isDefinition: Bool {
    if case .define = kind { return true }
    return false
  }
}
