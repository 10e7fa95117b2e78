import Diagnostics
import Net

/// What leaves code before its end: an error, a `break`, `continue` or `return` from inside an expression, or `exit`.
final class Unwind: Error, Sendable {
  enum Kind: Sendable {
    case failure(Failure)
    case jump(Completion)
    case exit(Int32)
  }

  let kind: Kind

  init(_ kind: Kind) { self.kind = kind }
}

/// How a statement ended.
enum Completion: UInt8, Sendable { case normal, `break`, `continue`, `return` }

/// An error while running, with where in the script it arose and through which functions.
public final class Failure: Error, Sendable {
  /// A function that was running, and where it had been called.
  public struct Call: Sendable {
    public let name: String
    public let place: Place
  }

  public let error: any LayeredError
  public let place: Place?
  /// Innermost first.
  public let calls: [Call]
  /// What was given to `fail`, if it was more than a text.
  public let payload: Value?
  /// When it arose, nanoseconds of the monotonic clock: what the recorder has until then belongs to it.
  public let moment: Int64

  public init(
    _ error: any LayeredError, at place: Place?, calls: [Call] = [], payload: Value? = nil,
    moment: Int64 = monotonicNow()
  ) {
    self.moment = moment
    self.error = error
    self.place = place
    self.calls = calls
    self.payload = payload
  }

  public var isInterrupt: Bool { error.layers.contains { $0.code == "interrupted" } }

  /// The exit status of an uncaught error.
  public var status: Int32 { ExitStatus.of(error) }

  func called(_ name: String, at place: Place) -> Failure {
    // Of a deep recursion the innermost calls tell enough.
    guard calls.count < 64 else { return self }
    return Failure(
      error, at: self.place, calls: calls + [Call(name: name, place: place)], payload: payload, moment: moment)
  }
}

extension Failure {
  /// The error as scripts have it.
  public var value: ErrorValue { ErrorValue(error, at: place, payload: payload, moment: moment) }
}
