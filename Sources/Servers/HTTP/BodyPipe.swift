import Net
import Synchronization
import System

/// A body on its way from the thread that makes it to the thread that sends it, of which only a little is held.
public final class BodyPipe: Sendable {
  /// What the sender finds.
  enum Found {
    case bytes([UInt8])
    /// Nothing yet; the sender is told when there is more.
    case nothing
    case end
    /// The maker failed, so that the body can never be whole.
    case brokenOff
  }

  fileprivate enum Ending { case whole, brokenOff }

  fileprivate struct State {
    var bytes: [UInt8] = []
    var ending: Ending?
    /// Whether nobody wants the rest.
    var isAbandoned = false
    /// Whether the sender found nothing, and the maker waits for room.
    var senderWaits = false
    var makerWaits = false
    var tell: (@Sendable () -> Void)?
  }

  /// So many bytes wait at most, and one piece more.
  static let room = 262_144

  private let state = Mutex(State())
  private let freed = Semaphore()
  private let interrupt: Interrupt

  /// - Parameter interrupt: raised when the maker shall stop.
  public init(_ interrupt: Interrupt) { self.interrupt = interrupt }

  // MARK: The maker's end

  /// Hands over bytes, and waits while too many are under way; false if nobody wants them any more.
  public func write(_ bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty else { return !isAbandoned }
    while !interrupt.isRaised {
      let (isOver, isTaken, tell) = state.withLock { state -> (Bool, Bool, (@Sendable () -> Void)?) in
        guard !state.isAbandoned else { return (true, false, nil) }
        guard state.bytes.count < Self.room else {
          state.makerWaits = true
          return (false, false, nil)
        }
        if state.bytes.isEmpty { state.bytes = bytes } else { state.bytes += bytes }
        return (false, true, state.takeTell())
      }
      tell?()
      if isOver { return false }
      if isTaken { return true }
      // An interrupt raises no semaphore.
      freed.wait(milliseconds: 100)
    }
    return false
  }

  /// Ends the body: it is whole.
  public func finish() { end(.whole) }

  /// Ends the body in the middle, after which its connection is broken off.
  public func breakOff() { end(.brokenOff) }

  /// Whether nobody wants the rest.
  public var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

  private func end(_ ending: Ending) {
    let tell = state.withLock { state in
      state.ending = state.ending ?? ending
      return state.takeTell()
    }
    tell?()
  }

  // MARK: The sender's end

  /// Says how the sender is told that there is more after it found nothing.
  func attach(_ tell: @escaping @Sendable () -> Void) { state.withLock { $0.tell = tell } }

  /// Takes all that is there.
  func take() -> Found {
    let (found, makerWaits) = state.withLock { state -> (Found, Bool) in
      guard state.bytes.isEmpty else {
        let bytes = state.bytes
        state.bytes = []
        defer { state.makerWaits = false }
        return (.bytes(bytes), state.makerWaits)
      }
      switch state.ending {
      case .whole: return (.end, false)
      case .brokenOff: return (.brokenOff, false)
      case nil:
        state.senderWaits = true
        return (.nothing, false)
      }
    }
    if makerWaits { freed.signal() }
    return found
  }

  /// Says that nobody wants the rest.
  func abandon() {
    state.withLock { state in
      state.isAbandoned = true
      state.bytes = []
    }
    freed.signal()
  }
}

extension BodyPipe.State {
  /// Gives what tells the sender, if it waits.
  fileprivate mutating func takeTell() -> (@Sendable () -> Void)? {
    guard senderWaits else { return nil }
    senderWaits = false
    return tell
  }
}
