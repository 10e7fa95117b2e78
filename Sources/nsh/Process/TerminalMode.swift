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

  /// Remembers the mode as it is now, and makes crashes go back to it.
  static func remember() {
    guard !isKnown.load(ordering: .relaxed), tcgetattr(0, found) == 0 else { return }
    (_, _) = (pasteOn, pasteOff)
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

  /// Takes the terminal back if libedit has it; async-signal-safe (signal-safety(7)).
  static func restore() {
    guard isEditing.load(ordering: .relaxed), isKnown.load(ordering: .relaxed) else { return }
    tcsetattr(0, TCSANOW, found)
    _ = write(1, pasteOff.utf8Start, pasteOff.utf8CodeUnitCount)
  }
}
