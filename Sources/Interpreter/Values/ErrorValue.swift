import Diagnostics
import Net

/// An error that was caught: what `catch e` binds.
public struct ErrorValue: Sendable {
  public let error: any LayeredError
  /// Where in a script it arose, if it did in one.
  public let place: Place?
  /// A value that was given to `fail`.
  public let payload: Value?
  /// When it arose, nanoseconds of the monotonic clock.
  public let moment: Int64

  public init(
    _ error: any LayeredError, at place: Place? = nil, payload: Value? = nil, moment: Int64 = monotonicNow()
  ) {
    self.moment = moment
    self.error = error
    self.place = place
    self.payload = payload
  }

  var depth: Int { 1 + (payload?.depth ?? 0) }
}

/// A span of a source text.
public struct Place: Sendable {
  public let source: Source
  public let span: Span
  /// Whether the next stage of its pipeline goes on with an earlier transfer and so makes the request of this one (`save --continue`).
  public internal(set) var isContinued = false

  public init(_ source: Source, _ span: Span) {
    self.source = source
    self.span = span
  }
}
