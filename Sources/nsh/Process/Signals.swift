import Glibc
import Net
import Synchronization

/// What signals ask of the shell: SIGINT to stop what runs, SIGTERM and SIGHUP to end.
enum Signals {
  // The handlers read this; it is set once, before they are installed, and kept for the life of the process.
  nonisolated(unsafe) private static var interrupt: Unmanaged<Interrupt>?
  private static let endingSignal = Atomic<Int32>(0)
  private static let lastInterrupt = Atomic<Int64>(0)
  private static let continued = Atomic<Bool>(false)
  /// Raised when the process was continued or its window changed, so that the editor's wait ends.
  static let screen = Interrupt()

  /// The signal that asked the shell to end; 0 if none did.
  static var ending: Int32 { endingSignal.load(ordering: .relaxed) }

  /// What happened to the screen.
  enum ScreenChange { case none, resized, continued }

  /// Tells once whether the process was continued, or its window changed, since the last call.
  static func takeScreenChange() -> ScreenChange {
    guard screen.isRaised else { return .none }
    screen.clear()
    return continued.exchange(false, ordering: .relaxed) ? .continued : .resized
  }

  /// Installs the handlers; from then on the interrupt is raised by SIGINT, SIGTERM and SIGHUP.
  static func install(_ target: Interrupt) {
    interrupt = Unmanaged.passRetained(target)
    // Made now: the first use of a global allocates, which a handler must not do.
    endingSignal.store(0, ordering: .relaxed)
    lastInterrupt.store(0, ordering: .relaxed)
    continued.store(false, ordering: .relaxed)
    handle(SIGINT) { _ in Signals.onInterrupt() }
    handle(SIGTERM) { Signals.onEnding($0) }
    handle(SIGHUP) { Signals.onEnding($0) }
    _ = screen.isRaised
    handle(SIGCONT) { _ in
      Signals.continued.store(true, ordering: .relaxed)
      Signals.screen.raise()
    }
    handle(SIGWINCH) { _ in Signals.screen.raise() }
    // A write to a closed pipe gives EPIPE instead.
    signal(SIGPIPE, SIG_IGN)
  }

  /// How long after a Ctrl-C that nothing reacted to another one ends the process.
  private static let patience: Int64 = 1_000_000_000

  private static func onInterrupt() {
    guard let interrupt = interrupt?._withUnsafeGuaranteedRef({ $0 }) else { return }
    let now = monotonicNow()
    let last = lastInterrupt.exchange(now, ordering: .relaxed)
    if interrupt.isRaised, last != 0, now - last < patience { return end(by: SIGINT) }
    interrupt.raise()
  }

  /// Lets Ctrl-Z stop the process as it would any other, but with the terminal as it was found.
  static func installStop() {
    handle(SIGTSTP) { _ in
      TerminalMode.restore()
      signal(SIGTSTP, SIG_DFL)
      var stop = sigset_t()
      sigemptyset(&stop)
      sigaddset(&stop, SIGTSTP)
      raise(SIGTSTP)
      // Blocked while its handler runs: it stops the process here.
      pthread_sigmask(SIG_UNBLOCK, &stop, nil)
      Signals.installStop()
      // Where nobody could continue it, the kernel has not stopped it either: it goes on in the same way.
      Signals.continued.store(true, ordering: .relaxed)
      Signals.screen.raise()
    }
  }

  private static func onEnding(_ number: Int32) {
    guard endingSignal.exchange(number, ordering: .relaxed) == 0 else { return end(by: number) }
    interrupt?._withUnsafeGuaranteedRef { $0.raise() }
  }

  private static func end(by number: Int32) {
    TerminalMode.restore()
    signal(number, SIG_DFL)
    kill(getpid(), number)
  }

  /// Calls sigaction(2) without SA_RESTART, so that waits end early.
  private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    sigaction(number, &action, nil)
  }
}
