import Net

/// The values from one end to another, or without an end; the ends are both integers or both addresses.
public struct RangeValue: Sendable {
  public let lower: Value
  /// Nil where the range has no end.
  public let upper: Value?
  public let includesEnd: Bool

  public init(lower: Value, upper: Value?, includesEnd: Bool) {
    self.lower = lower
    self.upper = upper
    self.includesEnd = includesEnd
  }

  /// Makes a range of integers or of addresses of one family; nil for other ends.
  init?(from lower: Value, to upper: Value?, includesEnd: Bool) {
    switch (lower, upper) {
    case (.int, .int), (.int, nil), (.address, nil): break
    case (.address(let first), .address(let last)) where first.isIPv4 == last.isIPv4: break
    default: return nil
    }
    self.init(lower: lower, upper: upper, includesEnd: includesEnd)
  }

  /// Gives the integers of a bounded or unbounded range of integers; nil for a range of something else.
  public var integers: (first: Int, last: Int)? {
    guard case .int(let first) = lower else { return nil }
    guard let upper else { return (first, .max) }
    guard case .int(let end) = upper else { return nil }
    guard !includesEnd else { return (first, end) }
    return end == .min ? (0, -1) : (first, end - 1)
  }

  /// Gives a function that gives the members one after the other, then nil.
  public func members() -> () -> Value? {
    if let (first, last) = integers {
      var next: Int? = first <= last ? first : nil
      return {
        guard let current = next else { return nil }
        next = current < last ? current + 1 : nil
        return .int(current)
      }
    }
    guard case .address(let first) = lower else { return { nil } }
    var last: Address?
    if case .address(let end) = upper { last = includesEnd ? end : end.advanced(by: -1) }
    let end = last
    let isBounded = upper != nil
    var next: Address? = first
    return {
      guard let current = next else { return nil }
      if isBounded {
        guard let end, current <= end else { return nil }
      }
      next = current.advanced(by: 1)
      return .address(current)
    }
  }

  /// Tells whether a value lies within; a value of another type does not.
  public func contains(_ value: Value) -> Bool {
    guard let order = compare(lower, value), order <= 0 else { return false }
    guard let upper else { return true }
    guard let end = compare(value, upper) else { return false }
    return includesEnd ? end <= 0 : end < 0
  }
}
