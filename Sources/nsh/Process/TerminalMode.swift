import Glibc
import Synchronization

/// The mode in which the shell found its terminal, and the way back to it from anywhere, even a signal handler.
enum TerminalMode {
  // Written once, before the first line is edited, and only read by handlers; kept for the life of the process.
  nonisolated(unsafe) private static let found = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  private static let isKnown = Atomic<Bool>(false)
  private static let isEditing = Atomic<Bool>(false)
  /// What a terminal is told to mark pasted text, and to mark it no longer (DECSET 2004 of xterm's control sequences).
  private static let pasteOn: StaticString = "\u{1b}[?2004h"
  private static let pasteOff: StaticString = "\u{1b}[?2004l"

  private static let isOnStage = Atomic<Bool>(false)
  /// What a terminal is told to show another screen without a cursor, and to come back from it (DECSET 1049 and 25, SGR).
  private static let stageOn: StaticString = "\u{1b}[?1049h\u{1b}[?25l"
  private static let stageOff: StaticString = "\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l"

  /// Remembers the mode as it is now, and makes crashes go back to it.
  static func remember() {
    guard !isKnown.load(ordering: .relaxed), tcgetattr(0, found) == 0 else { return }
    (_, _, _) = (pasteOn, pasteOff, stageOff)
    isKnown.store(true, ordering: .relaxed)
    // A stack overflow leaves no stack for the handler.
    var stack = stack_t()
    stack.ss_size = 64 << 10
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stack.ss_size, alignment: 16)
    sigaltstack(&stack, nil)
    for number in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        TerminalMode.restore()
        raise(number)
      }
      action.sa_flags = Int32(SA_ONSTACK) | Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(number, &action, nil)
    }
  }

  /// Says that libedit has the terminal, which marks pasted text from now on.
  static func beginEditing() {
    isEditing.store(true, ordering: .relaxed)
    _ = write(1, pasteOn.utf8Start, pasteOn.utf8CodeUnitCount)
  }

  /// Says that libedit has given the terminal back.
  static func endEditing() {
    guard isEditing.exchange(false, ordering: .relaxed) else { return }
    _ = write(1, pasteOff.utf8Start, pasteOff.utf8CodeUnitCount)
  }

  private static let isReadingKeys = Atomic<Bool>(false)

  /// Says that a held step waits for a key.
  static func beginKeys() {
    isReadingKeys.store(true, ordering: .relaxed)
    readKeys()
  }

  /// Says that it waits no more: whole lines are typed as before.
  static func endKeys() {
    guard isReadingKeys.exchange(false, ordering: .relaxed) else { return }
    readLines()
  }

  /// Says that a talk has the terminal: another screen, and keys one at a time.
  static func beginStage() {
    isOnStage.store(true, ordering: .relaxed)
    _ = write(1, stageOn.utf8Start, stageOn.utf8CodeUnitCount)
    readKeys()
  }

  /// Says that the talk has given the terminal back.
  static func endStage() {
    guard isOnStage.load(ordering: .relaxed) else { return }
    restore()
    isOnStage.store(false, ordering: .relaxed)
  }

  /// Lets each key through at once and shows none; Ctrl-C and Ctrl-Z stay signals (termios(3)).
  static func readKeys() {
    guard isKnown.load(ordering: .relaxed) else { return }
    var mode = found.pointee
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(0, TCSADRAIN, &mode)
  }

  /// Lets whole lines be typed as before the talk.
  static func readLines() {
    guard isKnown.load(ordering: .relaxed) else { return }
    tcsetattr(0, TCSADRAIN, found)
  }

  /// Takes the terminal back if libedit, a talk or a held step has it; async-signal-safe (signal-safety(7)).
  static func restore() {
    let (editing, onStage) = (isEditing.load(ordering: .relaxed), isOnStage.load(ordering: .relaxed))
    guard editing || onStage || isReadingKeys.load(ordering: .relaxed), isKnown.load(ordering: .relaxed) else { return }
    tcsetattr(0, TCSANOW, found)
    if editing { _ = write(1, pasteOff.utf8Start, pasteOff.utf8CodeUnitCount) }
    if onStage { _ = write(1, stageOff.utf8Start, stageOff.utf8CodeUnitCount) }
  }
}
