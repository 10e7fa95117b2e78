import Glibc

/// A point of `DeadlineClock` after which an operation gives up, or never.
public struct Deadline: Hashable, Comparable, Sendable {
  /// Nanoseconds of `DeadlineClock`; `Int64.max` means never.
  public let nanoseconds: Int64

  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  @inlinable
  public static var never: Deadline { Deadline(nanoseconds: .max) }

  /// Gives the deadline that lies this many nanoseconds from now; one too far to count is `never`.
  public static func after(nanoseconds: Int64) -> Deadline {
    let (sum, overflow) = DeadlineClock.now.addingReportingOverflow(nanoseconds)
    return overflow ? .never : Deadline(nanoseconds: sum)
  }

  /// Gives the deadline at a moment of the monotonic clock, such as that of something sent and a time after it.
  public static func at(_ moment: Int64) -> Deadline {
    let (sum, overflow) = (DeadlineClock.now &- monotonicNow()).addingReportingOverflow(moment)
    return overflow ? .never : Deadline(nanoseconds: sum)
  }

  /// Nanoseconds left until the deadline, never negative; nil when there is no end.
  public var remaining: Int64? {
    guard self != .never else { return nil }
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(DeadlineClock.now)
    return overflow ? 0 : max(0, difference)
  }

  public var isOver: Bool { remaining == 0 }

  public static func < (left: Deadline, right: Deadline) -> Bool { left.nanoseconds < right.nanoseconds }
}

/// Reads the monotonic clock (clock_gettime(2), CLOCK_MONOTONIC) in nanoseconds.
public func monotonicNow() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
}

/// Reads the wall clock (clock_gettime(2), CLOCK_REALTIME) in nanoseconds since 1970.
public func wallClockNow() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
}
