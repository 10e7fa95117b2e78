import Net

/// Bytes on their way: how many have come of how many, since when.
public struct Transfer: Sendable {
  /// `save page.html`
  public let name: String
  /// How many bytes it will be, if that is known.
  public let total: Int?
  /// Nanoseconds of the monotonic clock.
  public let start: Int64
  public private(set) var done = 0

  public init(_ name: String, of total: Int?, start: Int64 = monotonicNow()) {
    self.name = name
    self.total = total
    self.start = start
  }

  /// Counts further bytes; beyond what an integer holds it stops counting.
  public mutating func add(_ count: Int) {
    let (sum, overflow) = done.addingReportingOverflow(count)
    if !overflow { done = sum }
  }
}

extension Transfer {
  /// Bytes from a value that gives them as they come: a stream, or a response, of which the header tells how many there will be.
  public init(_ name: String, of value: Value) { self.init(name, of: Self.length(of: value)) }

  /// Tells how many bytes a response says that its body has (Content-Length, RFC 9110 §8.6); nil if it does not say, or codes it.
  private static func length(of value: Value) -> Int? {
    if case .record(let record) = value, let origin = record.origin { return origin.length }
    guard case .record(let response) = value, case .record(let headers)? = response["headers"] else { return nil }
    guard headers["content-encoding"] == nil, let length = headers["content-length"] else { return nil }
    return (try? PlainText.cell(length)).flatMap { Int($0) }
  }
}

extension Machine {
  /// Shows how far a transfer is, or with nil that it is over; what jobs transfer is not shown.
  public func show(_ transfer: Transfer?) {
    guard interrupt === session.interrupt else { return }
    session.output.show(transfer)
  }
}
