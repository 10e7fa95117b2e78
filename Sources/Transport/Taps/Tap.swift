import Net

/// An observer of the wire: told of every step after it was done, and, if it may hold steps, asked before each is.
public protocol Tap: AnyObject, Sendable {
  /// Takes note of a step. Called on the thread that did it, so it must be quick.
  func observe(_ step: Step)

  /// Whether `hold` is to be called at all.
  var mayHold: Bool { get }

  /// Holds a step back by not returning, and says what becomes of it. `step` has its kind, connection, endpoints and, for a
  /// send, its bytes. No lock of the transport is held meanwhile; a wait in it ends when the interrupt is raised.
  func hold(before step: Step, _ interrupt: Interrupt) -> Ruling
}

extension Tap {
  public var mayHold: Bool { false }
  public func hold(before step: Step, _ interrupt: Interrupt) -> Ruling { .go }
}
