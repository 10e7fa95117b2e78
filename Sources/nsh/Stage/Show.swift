import Commands
import Glibc
import Interpreter
import Net
import Stage
import Syntax
import System
import Terminal

/// A talk on a terminal: waits for keys, types and runs statements, and shows what came of them.
final class Show {
  let script: StageScript
  let screen: StageScreen
  let options: Demo
  let rehearsal: Rehearsal?
  let typing: Typing
  let errors = ErrorPipe()
  let ticker = Ticker()
  var keys: StageKeys
  /// Set while `--auto` goes on by itself; a look back pauses it.
  private var isAutomatic: Bool
  /// The status of the first statement that failed.
  var firstStatus: Int32 = 0
  let hasTerminal: Bool

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
    script.output.setColumns { [screen] in screen.columns }
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
        screen.uncover(Cue(key))
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
    case .screenUp: screen.scroll(by: -1, screens: true)
    case .screenDown: screen.scroll(by: 1, screens: true)
    case .blank: screen.draw { $0.cover = .blank }
    case .help: screen.draw { $0.cover = .help(page: 0) }
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

  func change(_ body: (inout Performance) -> Void) {
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
