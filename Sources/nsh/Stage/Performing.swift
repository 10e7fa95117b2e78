import Glibc
import Interpreter
import Net
import Stage
import Terminal

extension Show {
  /// Types a text as a person would; a key shows the rest at once. False if Ctrl-C came.
  func type(_ text: String) -> Bool {
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
  func perform(_ statement: Int) {
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
      if case .continued = Signals.takeScreenChange() { Self.comeBack(to: screen) }
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

  /// Takes the terminal again after the process was stopped while a statement ran; a line that is typed as an answer goes on.
  private static func comeBack(to screen: StageScreen) {
    let isAsking = screen.scene.isAsking
    TerminalMode.beginStage()
    screen.redraw()
    guard isAsking else { return }
    screen.hold(clearing: false)
    TerminalMode.readLines()
  }

  /// Shows what jobs and programs print after their statement.
  func takePrinted() {
    script.output.arrival.clear()
    let bytes = ErrorPipe.take(errors.descriptor)
    if !bytes.isEmpty { script.output.add(bytes: bytes) }
    script.output.arrival.clear()
    let (printed, dropped) = script.output.printed
    screen.draw { $0.performance.show(printed, dropped: dropped) }
  }

  func hasRehearsal(_ performance: Performance) -> Bool {
    performance.retriable.flatMap { rehearsal?.entry(for: $0, in: script.talk) } != nil
  }

  func showRehearsed() {
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

  func goLive() -> Int32? {
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
    // Ctrl-Z at the prompt left the other screen, too.
    TerminalMode.beginStage()
    keys.dropTypedAhead()
    screen.redraw()
    return nil
  }
}
