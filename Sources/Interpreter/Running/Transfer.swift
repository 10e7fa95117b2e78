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

extension Machine {
  /// Shows how far a transfer is, or with nil that it is over; what jobs transfer is not shown.
  public func show(_ transfer: Transfer?) {
    guard interrupt === session.interrupt else { return }
    session.output.show(transfer)
  }
}
