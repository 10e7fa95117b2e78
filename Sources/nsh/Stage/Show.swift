import Commands
import Glibc
import Interpreter
import Net
import Stage
import System
import Terminal

/// A talk on a terminal: waits for keys, types and runs statements, and shows what came of them.
final class Show {
  let script: StageScript
  let screen: StageScreen
  let options: Demo
  private let rehearsal: Rehearsal?
  private let typing: Typing
  private let errors = ErrorPipe()
  private let ticker = Ticker()
  private var keys: StageKeys
  /// Set while `--auto` goes on by itself; a look back pauses it.
  private var isAutomatic: Bool
  /// The status of the first statement that failed.
  private var firstStatus: Int32 = 0
  private let hasTerminal: Bool

  init(_ script: StageScript, _ options: Demo, rehearsal: Rehearsal?, cast: CastFile?, hasTerminal: Bool) {
    self.script = script
    self.options = options
    self.rehearsal = rehearsal
    self.hasTerminal = hasTerminal
    typing = Typing(speed: options.speed)
    isAutomatic = options.auto
    screen = StageScreen(
      Performance(script.talk), console: script.shell.console, hasTerminal: hasTerminal, cast: cast)
    keys = StageKeys(
      interrupt: script.shell.session.interrupt, printed: [script.output.arrival.descriptor, errors.descriptor],
      hasTerminal: hasTerminal)
    script.output.whenAsked { [screen, output = script.output] in
      guard hasTerminal else { return }
      screen.draw { scene in
        let (printed, dropped) = output.printed
        scene.isAsking = true
        scene.performance.show(printed, dropped: dropped)
      }
      screen.hold(clearing: false)
      TerminalMode.readLines()
    }
  }

  /// Shows the talk until it is left, and gives the exit status.
  func run() -> Int32 {
    if hasTerminal {
      TerminalMode.remember()
      TerminalMode.beginStage()
      Signals.installStop()
    }
    errors.begin()
    defer {
      errors.end()
      TerminalMode.endStage()
    }
    screen.draw()
    var jump = 0
    while true {
      let event = keys.next(until: jump > 0 ? monotonicNow() + Self.digitTime : pause)
      guard case .key(let key) = event else {
        switch event {
        case .silence where jump > 0: go(to: &jump)
        case .silence: if !goOn() { return status }
        case .printed: takePrinted()
        case .continued:
          if hasTerminal { TerminalMode.beginStage() }
          screen.redraw()
        case .resized: screen.draw()
        case .interrupted: return ExitStatus.interrupted
        case .end, .key: return Signals.ending == 0 ? status : 128 + Signals.ending
        }
        continue
      }
      if screen.scene.cover != .none {
        screen.draw { $0.cover = .none }
        continue
      }
      screen.draw { $0.message = nil }
      let cue = Cue(key)
      if case .digit(let digit) = cue {
        gather(digit, &jump)
        continue
      }
      if jump > 0 { go(to: &jump) }
      if let cue, let status = follow(cue) { return status }
      if let status = script.exitStatus { return status }
    }
  }

  /// With `--auto` nobody sees a failed statement, and so the status tells of it.
  private var status: Int32 { script.exitStatus ?? (options.auto ? firstStatus : 0) }

  // MARK: Cues

  /// Does what a key asks; gives a status if the talk is over.
  private func follow(_ cue: Cue) -> Int32? {
    switch cue {
    case .next:
      isAutomatic = options.auto
      if !goOn() { screen.draw { $0.message = "this is the end: q leaves" } }
    case .back:
      isAutomatic = false
      change { _ = $0.back() }
    case .toStart:
      isAutomatic = false
      change { $0.look(at: 0) }
    case .toLatest: change { $0.look(at: $0.live) }
    case .scrollUp: screen.scroll(by: -1)
    case .scrollDown: screen.scroll(by: 1)
    case .blank: screen.draw { $0.cover = .blank }
    case .help: screen.draw { $0.cover = .help }
    case .skip:
      var isSkipped = false
      change { isSkipped = $0.skip() }
      if !isSkipped { screen.draw { $0.message = "no statement is next" } }
    case .retry:
      guard let statement = screen.scene.performance.retriable else {
        screen.draw { $0.message = "this did not fail" }
        return nil
      }
      perform(statement)
    case .rehearsed: showRehearsed()
    case .live: return goLive()
    case .end: return status
    case .digit: return nil
    }
    return nil
  }

  private func change(_ body: (inout Performance) -> Void) {
    screen.draw { scene in
      body(&scene.performance)
      scene.hasRehearsal = hasRehearsal(scene.performance)
    }
  }

  /// Goes one halt on; false at the end.
  private func goOn() -> Bool {
    let before = screen.scene.performance
    guard before.isLookingBack || !before.isAtEnd else { return false }
    var statement: Int?
    screen.draw { scene in
      statement = scene.performance.next()
      if statement != nil { scene.typed = 0 }
      scene.hasRehearsal = hasRehearsal(scene.performance)
    }
    guard let statement else { return true }
    guard type(script.talk.statements[statement].text) else { return true }
    perform(statement)
    return script.exitStatus == nil || !options.auto
  }

  // MARK: Headings

  /// How long another digit may take to follow one, in nanoseconds.
  private static let digitTime: Int64 = 800_000_000

  private func gather(_ digit: Int, _ jump: inout Int) {
    let count = script.talk.headings.count
    if jump == 0, digit == 0 { return change { $0.look(at: 0) } }
    jump = min(jump * 10 + digit, 1_000)
    // Another digit could still make it the number of a heading.
    if jump * 10 > count { return go(to: &jump) }
    screen.draw { [jump] in $0.message = "to heading \(jump)…" }
  }

  private func go(to jump: inout Int) {
    let number = jump
    jump = 0
    isAutomatic = false
    var isThere = false
    change { isThere = $0.jump(toHeading: number) }
    screen.draw { $0.message = isThere ? nil : "there is no heading \(number)" }
  }

  // MARK: Statements

  /// Types a text as a person would; a key shows the rest at once. False if Ctrl-C came.
  private func type(_ text: String) -> Bool {
    var next = monotonicNow()
    for (count, pause) in typing.pauses(of: text).enumerated() {
      next += pause
      wait: while true {
        switch keys.next(until: next) {
        case .silence: break wait
        case .printed: takePrinted()
        case .resized: screen.draw()
        case .continued:
          TerminalMode.beginStage()
          screen.redraw()
        case .key: return true
        case .interrupted, .end:
          screen.draw { scene in
            scene.typed = nil
            _ = scene.performance.back()
          }
          // Raised again, so that the loop of the talk ends.
          script.shell.session.interrupt.raise()
          return false
        }
      }
      screen.draw { $0.typed = count + 1 }
    }
    return true
  }

  /// Runs a statement and shows what it prints while it runs.
  private func perform(_ statement: Int) {
    takePrinted()
    script.output.begin()
    let start = monotonicNow()
    screen.draw { scene in
      scene.typed = nil
      scene.running = 0
      scene.performance.begin(statement)
    }
    let (output, screen, pipe) = (script.output, screen, errors.descriptor)
    ticker.run {
      var isRunning = false
      let bytes = ErrorPipe.take(pipe)
      if !bytes.isEmpty { output.add(bytes: bytes) }
      screen.draw { scene in
        guard scene.running != nil else { return }
        isRunning = true
        scene.running = monotonicNow() - start
        let (printed, dropped) = output.printed
        scene.performance.show(printed, dropped: dropped)
      }
      return isRunning
    }
    var result = script.run(statement)
    let bytes = ErrorPipe.take(pipe)
    if !bytes.isEmpty { output.add(bytes: bytes) }
    (result.printed, result.dropped) = output.printed
    if result.state == .failed, firstStatus == 0 { firstStatus = result.status }
    // What was pressed while it ran was meant for nothing that is seen now.
    keys.dropTypedAhead()
    if hasTerminal { TerminalMode.readKeys() }
    output.arrival.clear()
    var hasAsked = false
    screen.draw { scene in
      hasAsked = scene.isAsking
      scene.running = nil
      scene.isAsking = false
      scene.performance.end(statement, with: result)
      scene.hasRehearsal = hasRehearsal(scene.performance)
    }
    // What was typed as an answer stands there, too.
    if hasAsked { screen.redraw() }
  }

  /// Shows what jobs and programs print after their statement.
  private func takePrinted() {
    script.output.arrival.clear()
    let bytes = ErrorPipe.take(errors.descriptor)
    if !bytes.isEmpty { script.output.add(bytes: bytes) }
    script.output.arrival.clear()
    let (printed, dropped) = script.output.printed
    screen.draw { $0.performance.show(printed, dropped: dropped) }
  }

  private func hasRehearsal(_ performance: Performance) -> Bool {
    performance.retriable.flatMap { rehearsal?.entry(for: $0, in: script.talk) } != nil
  }

  private func showRehearsed() {
    let performance = screen.scene.performance
    guard let statement = performance.retriable else {
      return screen.draw { $0.message = "this did not fail" }
    }
    guard let rehearsal, let entry = rehearsal.entry(for: statement, in: script.talk) else {
      return screen.draw { $0.message = "there is no rehearsal of this: nsh demo --rehearse FILE makes one" }
    }
    var result = StatementResult()
    result.state = .rehearsed(rehearsal.date)
    if !entry.output.isEmpty { result.printed = [.value(.string(entry.output))] }
    change { $0.end(statement, with: result) }
  }

  // MARK: The live prompt

  private func goLive() -> Int32? {
    guard hasTerminal else { return nil }
    takePrinted()
    screen.hold(clearing: true)
    errors.end()
    TerminalMode.readLines()
    script.output.redirect(to: TerminalOutput(script.shell.console))
    script.shell.console.report(line: "a live prompt in the same session: `resume` or Ctrl-D goes on with the talk\n")
    let status = Prompt(script.shell).live()
    try? script.shell.console.flush()
    script.output.redirect(to: nil)
    script.shell.session.interrupt.clear()
    guard status == nil, Signals.ending == 0 else { return status ?? 128 + Signals.ending }
    errors.begin()
    TerminalMode.readKeys()
    keys.dropTypedAhead()
    screen.redraw()
    return nil
  }

  // MARK: By itself

  /// When `--auto` goes on; nil if it waits for a key.
  private var pause: Int64? {
    guard isAutomatic else { return nil }
    let performance = screen.scene.performance
    guard let halt = performance.halt else { return monotonicNow() }
    var (words, lines) = (0, 0)
    if let statement = halt.statement {
      lines = min(performance.results[statement].printed.count * 2, 12)
    } else {
      for paragraph in performance.talk.slides[halt.slide].narration {
        switch paragraph {
        case .text(let text), .item(_, let text): words += text.split(separator: " ").count
        case .verbatim(let rows): lines += rows.count
        }
      }
    }
    return monotonicNow() + typing.readingTime(words: words, lines: lines)
  }
}
