import System
import Glibc
import Synchronization

/// An owned file descriptor that is closed exactly once, and never while another thread is inside a call on it.
///
/// close(2) frees the number for anybody, so a thread still polling it would hear of a stranger's file. Therefore users
/// borrow the number with `use`, and a close in the meantime wakes them by shutdown(2) and leaves the closing to the last.
public final class Descriptor: Sendable {
  private struct State {
    var number: Int32
    var users = 0
    var isClosing = false
  }
  private let state: Mutex<State>

  public init(owning number: Int32) { state = Mutex(State(number: number)) }

  deinit { close() }

  public var isOpen: Bool { state.withLock { !$0.isClosing && $0.number >= 0 } }

  /// Lends the number to `body`; a descriptor that is closed, or about to be, fails as the system would: EBADF.
  public func use<Result>(
    _ call: String, _ body: (Int32) throws(SystemCallError) -> Result
  ) throws(SystemCallError) -> Result {
    guard let number = borrow() else { throw SystemCallError(call: call, errno: EBADF) }
    defer { giveBack() }
    return try body(number)
  }

  /// Takes the number for a while, or nil once closed; each success wants one `giveBack`.
  func borrow() -> Int32? {
    state.withLock { state in
      guard !state.isClosing, state.number >= 0 else { return nil }
      state.users += 1
      return state.number
    }
  }

  func giveBack() {
    let last = state.withLock { state -> Int32 in
      state.users -= 1
      guard state.isClosing, state.users == 0 else { return -1 }
      defer { state.number = -1 }
      return state.number
    }
    if last >= 0 { Glibc.close(last) }
  }

  /// Closes the descriptor, once nobody uses it any more; true for the one call that does so.
  @discardableResult
  public func close() -> Bool {
    let (isFirst, free) = state.withLock { state -> (Bool, Int32) in
      guard !state.isClosing, state.number >= 0 else { return (false, -1) }
      state.isClosing = true
      guard state.users == 0 else {
        Glibc.shutdown(state.number, Int32(SHUT_RDWR))
        return (true, -1)
      }
      defer { state.number = -1 }
      return (true, state.number)
    }
    // EINTR is no reason to try again: Linux has freed the number by then (close(2), notes).
    if free >= 0 { Glibc.close(free) }
    return isFirst
  }
}
