import Synchronization

/// The clock of deadlines: the monotonic one, which stands still while a person holds the program (`step`), so that no deadline passes
/// while somebody looks or explains.
public enum DeadlineClock {
  /// How far it is behind the monotonic clock, in nanoseconds.
  private static let behind = Atomic<Int64>(0)
  /// The reading of the monotonic clock at which it was stopped; 0 while it goes.
  private static let stoppedAt = Atomic<Int64>(0)

  /// Its reading in nanoseconds.
  public static var now: Int64 {
    // In the order in which `letGo` writes the two, so that it never seems to have leapt ahead.
    let stopped = stoppedAt.load(ordering: .acquiring)
    let lag = behind.load(ordering: .acquiring)
    return (stopped != 0 ? stopped : monotonicNow()) &- lag
  }

  /// Stops it and gives its reading. One at a time may hold it.
  public static func hold() -> Int64 {
    let moment = monotonicNow()
    stoppedAt.store(moment, ordering: .releasing)
    return moment &- behind.load(ordering: .acquiring)
  }

  /// Lets it go on from a reading, as if nothing had happened since.
  public static func letGo(from reading: Int64) {
    behind.store(monotonicNow() &- reading, ordering: .releasing)
    stoppedAt.store(0, ordering: .releasing)
  }
}
