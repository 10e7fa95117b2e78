import Glibc
import Net
import Synchronization
import System

/// A thread that does something five times a second for as long as it is wanted, and sleeps in between.
public final class Ticker: Sendable {
  private struct State {
    var isStarted = false
    var work: (@Sendable () -> Bool)?
  }
  private let state = Mutex(State())
  private let arrival = Interrupt()

  /// In microseconds.
  private static let interval: UInt32 = 200_000

  public init() {}

  /// Lets the work be done again and again until it says that it is over; what runs already goes on.
  public func run(_ work: @escaping @Sendable () -> Bool) {
    let isNew = state.withLock { state in
      guard state.work == nil else { return false }
      state.work = work
      return true
    }
    guard isNew else { return }
    arrival.raise()
    state.withLock { state in
      guard !state.isStarted, let thread = try? WorkerThread.start({ [self] in loop() }) else { return }
      state.isStarted = true
      thread.detach()
    }
  }

  private func loop() {
    while true {
      var wait = pollfd(fd: arrival.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, -1)
      arrival.clear()
      while let work = state.withLock({ $0.work }) {
        usleep(Self.interval)
        state.withLock { state in if !work() { state.work = nil } }
      }
    }
  }
}
