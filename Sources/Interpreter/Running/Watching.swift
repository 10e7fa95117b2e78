import Net

extension Watch {
  /// The error that says why to stop.
  var error: ValueError {
    interrupt.isRaised
      ? ValueError("interrupted", "interrupted", layer: .command)
      : ValueError("timeout", "the time is over", layer: .command)
  }

  /// Throws if the thread that runs now is to stop; work over much data calls it every `stride` bytes or few thousand items.
  /// - Throws: `interrupted` or `timeout`.
  public static func check() throws(ValueError) {
    guard let current else { return }
    // What was printed before is seen meanwhile.
    current.beforeWait?()
    guard isOver else { return }
    throw current.error
  }
}

/// Counts turns of a loop over small items, and looks now and then whether to stop.
public struct TurnCounter {
  private var turns: UInt32 = 0

  public init() {}

  /// Throws, at every 4,096th turn, if the thread that runs now is to stop.
  @inline(__always)
  public mutating func turn() throws(ValueError) {
    turns &+= 1
    if turns & 0xFFF == 0 { try Watch.check() }
  }
}
