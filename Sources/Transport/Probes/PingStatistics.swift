import Net

/// What ping(8) says at its end: how many were sent and answered, and how long answers took.
public struct PingStatistics: Sendable {
  public internal(set) var sent = 0
  /// Questions that were answered.
  public private(set) var received = 0
  /// Answers beyond the first.
  public private(set) var duplicates = 0
  /// The latest times, as many as a plot can show with some reserve.
  public private(set) var times: [TimeSpan] = []
  private var sum = 0.0
  private var squares = 0.0
  public private(set) var shortest: TimeSpan?
  public private(set) var longest: TimeSpan?

  private static let kept = 4_096

  mutating func add(_ time: TimeSpan?) {
    guard let time else {
      duplicates += 1
      return
    }
    received += 1
    if times.count == PingStatistics.kept { times.removeFirst(PingStatistics.kept / 2) }
    times.append(time)
    sum += Double(time.nanoseconds)
    squares += Double(time.nanoseconds) * Double(time.nanoseconds)
    shortest = min(shortest ?? time, time)
    longest = max(longest ?? time, time)
  }

  /// The part of the questions without an answer, 0 to 1.
  public var loss: Double { sent == 0 ? 0 : Double(sent - received) / Double(sent) }

  public var mean: TimeSpan? { received == 0 ? nil : span(sum / Double(received)) }

  /// The standard deviation of all times, which ping(8) calls mdev.
  public var deviation: TimeSpan? {
    guard received > 0 else { return nil }
    let mean = sum / Double(received)
    return span(max(0, squares / Double(received) - mean * mean).squareRoot())
  }

  private func span(_ nanoseconds: Double) -> TimeSpan {
    TimeSpan(nanoseconds: Int64(exactly: (nanoseconds / 1_000).rounded()).map { $0 * 1_000 } ?? 0)
  }
}
