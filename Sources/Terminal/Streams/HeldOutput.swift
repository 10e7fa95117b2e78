import Glibc
import Net
import Synchronization

/// What jobs print while somebody types: held until the editor of the line shows it above the line.
public final class HeldOutput: Sendable {
  private struct State {
    var isHolding = false
    var bytes: [UInt8] = []
  }
  private let state = Mutex(State())
  private let arrival = Interrupt()

  /// Who prints more than this has to wait until the editor took it.
  private static let capacity = 1 << 20

  /// Becomes readable, for poll(2), when there is something to take.
  public var descriptor: Int32 { arrival.descriptor }

  /// Holds what is printed from now on.
  public func begin() { state.withLock { $0.isHolding = true } }

  /// Gives what was held, and lets through what is printed from now on.
  public func end() -> [UInt8] {
    state.withLock { $0.isHolding = false }
    return take()
  }

  /// Gives what was held so far.
  public func take() -> [UInt8] {
    arrival.clear()
    return state.withLock { state in
      defer { state.bytes = [] }
      return state.bytes
    }
  }

  /// Adds a message of the shell itself, which waits for the next line if nobody types.
  public func add(_ text: StyledText) {
    state.withLock { $0.bytes += text.bytes }
    arrival.raise()
  }

  /// Keeps bytes that are about to be written to a terminal; false if nobody types there.
  func hold(_ bytes: [UInt8]) -> Bool {
    while true {
      let (isHolding, isFull) = state.withLock { state in
        let isFull = state.bytes.count > Self.capacity
        if state.isHolding, !isFull { state.bytes += bytes }
        return (state.isHolding, isFull)
      }
      guard isHolding else { return false }
      arrival.raise()
      if !isFull { return true }
      usleep(1_000)
    }
  }
}
