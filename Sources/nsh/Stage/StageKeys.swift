import Glibc
import Net
import Stage

/// The keys that are pressed, and what else ends a wait for one.
struct StageKeys {
  enum Event: Equatable {
    case key(Key)
    /// The time is over.
    case silence
    /// Something was printed meanwhile.
    case printed
    case resized
    /// The process was stopped and continued.
    case continued
    case interrupted
    /// The terminal went away, or a signal asked the process to end.
    case end
  }

  private let interrupt: Interrupt
  private let printed: [Int32]
  private let hasTerminal: Bool
  private var decoder = KeyDecoder()

  /// How long the bytes of one key take at most on their way, in nanoseconds.
  private static let keyTime: Int64 = 30_000_000

  /// - Parameter printed: descriptors that become readable when something was printed.
  init(interrupt: Interrupt, printed: [Int32], hasTerminal: Bool) {
    self.interrupt = interrupt
    self.printed = printed
    self.hasTerminal = hasTerminal
  }

  /// Waits for the next event, until a moment of the monotonic clock if one is given.
  mutating func next(until end: Int64?) -> Event {
    while true {
      if Signals.ending != 0 { return .end }
      if interrupt.isRaised {
        interrupt.clear()
        return .interrupted
      }
      switch Signals.takeScreenChange() {
      case .none: break
      case .resized: return .resized
      case .continued: return .continued
      }
      let moment = decoder.isInside ? monotonicNow() + Self.keyTime : end
      var waits = ([hasTerminal ? 0 : -1, interrupt.descriptor, Signals.screen.descriptor] + printed).map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      let left = moment.map { max(0, ($0 - monotonicNow() + 999_999) / 1_000_000) }
      let count = poll(&waits, nfds_t(waits.count), left.map { Int32(clamping: $0) } ?? -1)
      if count == 0, let moment, monotonicNow() >= moment {
        guard decoder.isInside else { return .silence }
        if let key = decoder.end() { return .key(key) }
      }
      guard count > 0 else { continue }
      if waits[0].revents != 0 {
        var byte: UInt8 = 0
        guard read(0, &byte, 1) == 1 else { return .end }
        if let key = decoder.add(byte) { return .key(key) }
      } else if waits[3...].contains(where: { $0.revents != 0 }) {
        return .printed
      }
    }
  }

  /// Forgets what was typed while nobody waited for it.
  mutating func dropTypedAhead() {
    if hasTerminal { tcflush(0, TCIFLUSH) }
    decoder = KeyDecoder()
  }
}
