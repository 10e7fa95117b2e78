import CSystem
import Synchronization
import System

/// A thread with a stack large enough for deep recursion in scripts; its memory is only taken as it is used.
enum LargeStack {
  /// Where memory is limited (`ulimit -v`) a smaller stack must do.
  private static let sizes = [256 << 20, 32 << 20, 8 << 20]
  /// What the thread's own start takes of the stack.
  private static let reserve = 64 << 10

  /// Runs the body on its own thread, waits for its end and gives its result; the body is told how much stack it has.
  static func run(_ body: @escaping @Sendable (Int) -> Int32) -> Int32 {
    nsh_share_memory()
    let result = Result()
    TerminationSignals.leave()
    for size in sizes {
      let thread = try? WorkerThread.start(stackBytes: size) {
        TerminationSignals.receive()
        result.status.store(body(size - reserve), ordering: .relaxed)
      }
      guard let thread else { continue }
      thread.join()
      return result.status.load(ordering: .relaxed)
    }
    TerminationSignals.receive()
    return body(4 << 20)
  }

  private final class Result: Sendable {
    let status = Atomic<Int32>(1)
  }
}
