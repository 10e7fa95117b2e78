import Synchronization
import System

/// The threads of a server, of which each serves one peer; those that are done are joined when others begin.
final class ServingThreads: Sendable {
  private struct State {
    var serving: [Int: WorkerThread] = [:]
    /// Numbers of threads that are done and only need to be joined.
    var finished: [Int] = []
    var next = 0
  }
  private let state = Mutex(State())

  /// How many are serving.
  var count: Int { state.withLock { $0.serving.count - $0.finished.count } }

  /// Starts a thread; false if the system gives none.
  func start(stackBytes: Int, _ serve: @escaping @Sendable () -> Void) -> Bool {
    // Started and entered under one lock, so that no thread can be done before it is entered.
    state.withLock { state in
      let number = state.next
      state.next += 1
      let thread = try? WorkerThread.start(stackBytes: stackBytes) { [weak self] in
        serve()
        self?.state.withLock { $0.finished.append(number) }
      }
      state.serving[number] = thread
      return thread != nil
    }
  }

  /// Joins the threads that are done; gives how many are not.
  func joinFinished() -> Int {
    let (done, left) = state.withLock { state in
      let done = state.finished.compactMap { state.serving.removeValue(forKey: $0) }
      state.finished = []
      return (done, state.serving.count)
    }
    for thread in done { thread.join() }
    return left
  }

  /// Waits for the end of all.
  func joinAll() {
    let serving = state.withLock { state in
      defer { state.serving = [:] }
      return Array(state.serving.values)
    }
    for thread in serving { thread.join() }
  }
}
