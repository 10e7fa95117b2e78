/// An observer of the wire: told of every step after it was done, and asked before it is.
public protocol Tap: AnyObject, Sendable {
  /// Takes note of a step. Called on the thread that did it, so it must be quick.
  func observe(_ step: Step)

  /// Holds a step back by not returning. `step` has its kind, connection, endpoints and, for a send, its bytes.
  func hold(before step: Step)
}

extension Tap {
  public func hold(before step: Step) {}
}
