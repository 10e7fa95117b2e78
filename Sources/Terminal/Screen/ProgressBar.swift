import Interpreter
import Net
import Synchronization

/// The line that shows how far a transfer is: bar, bytes, rate and time left; it appears after a second and goes at the end.
final class ProgressBar: Sendable {
  private struct State {
    var transfer: Transfer?
    var isShown = false
    var drawn: Int64 = 0
    /// When bytes last came.
    var arrival: Int64 = 0
    /// How much had come when, a sample an interval; the oldest is what the rate is counted from.
    var samples: [(time: Int64, done: Int)] = []
  }
  private let state = Mutex(State())

  /// How long a transfer lasts before it is shown, and how long a drawing stands, in nanoseconds.
  private static let patience: Int64 = 1_000_000_000
  private static let interval: Int64 = 100_000_000
  /// The rate is that of so many samples, about five seconds.
  private static let sampleCount = 25
  private static let sampling: Int64 = 200_000_000
  /// Without a byte for so long a transfer stalls.
  private static let stall: Int64 = 2_000_000_000
  private static let cells = 20
  // CR and EL of ECMA-48: the row is erased from its beginning.
  private static let erasure = Array("\r\u{1b}[K".utf8)

  /// Whether something is on its way.
  var isActive: Bool { state.withLock { $0.transfer != nil } }

  /// Gives what draws the bar anew, or with nil what erases it; nothing if it stays as it is.
  func change(to transfer: Transfer?, now: Int64 = monotonicNow(), window: Int, text: StyledText) -> [UInt8] {
    state.withLock { state in
      guard let transfer else {
        defer { state = State() }
        return state.isShown ? Self.erasure : []
      }
      if state.transfer?.start != transfer.start {
        state.samples = [(transfer.start, 0)]
        state.arrival = max(transfer.start, transfer.done > 0 ? now : 0)
      } else if state.transfer?.done != transfer.done {
        state.arrival = now
      }
      state.transfer = transfer
      return Self.drawing(&state, transfer, now, window, text)
    }
  }

  /// Gives what draws the bar as time has changed it, though nothing may have come.
  func change(now: Int64 = monotonicNow(), window: Int, text: StyledText) -> [UInt8] {
    state.withLock { state in
      guard let transfer = state.transfer else { return [] }
      return Self.drawing(&state, transfer, now, window, text)
    }
  }

  private static func drawing(
    _ state: inout State, _ transfer: Transfer, _ now: Int64, _ window: Int, _ text: StyledText
  ) -> [UInt8] {
    if let last = state.samples.last, now - last.time >= sampling {
      state.samples.append((now, transfer.done))
      if state.samples.count > sampleCount { state.samples.removeFirst() }
    }
    guard now - transfer.start > patience, now - state.drawn > interval else { return [] }
    state.isShown = true
    state.drawn = now
    let since = state.samples.first ?? (transfer.start, 0)
    let rate = Double(transfer.done - since.done) / seconds(now - since.time)
    var text = text
    text.add(line(transfer, now: now, rate: rate, silence: now - state.arrival, window: window))
    return erasure + text.bytes
  }

  private static func seconds(_ nanoseconds: Int64) -> Double { Double(max(1, nanoseconds)) / 1e9 }

  /// `save  [=======>            ]  35%  12 MiB of 34 MiB  3.1 MiB/s  7s left`, cut to the window; the rate is that of the whole
  /// time unless another one is given, and `silence` is how long nothing has come.
  static func line(
    _ transfer: Transfer, now: Int64, rate: Double? = nil, silence: Int64 = 0, window: Int
  ) -> String {
    let elapsed = seconds(now - transfer.start)
    let rate = rate ?? Double(transfer.done) / elapsed
    var parts = [transfer.name]
    if let total = transfer.total, total > 0 {
      let share = min(1, Double(transfer.done) / Double(total))
      let filled = Int(share * Double(cells))
      let head = filled < cells ? ">" : ""
      let bar = String(repeating: "=", count: filled) + head
      parts.append("[" + bar + String(repeating: " ", count: cells - min(cells, bar.count)) + "]")
      parts.append("\(Int(share * 100))%")
      parts.append("\(size(Double(transfer.done))) of \(size(Double(total)))")
    } else {
      parts.append(size(Double(transfer.done)))
    }
    parts.append("\(size(rate))/s")
    if silence >= stall {
      parts.append("stalled \(time(seconds(silence).rounded(.down)))")
    } else if let total = transfer.total, total > transfer.done, rate > 0 {
      parts.append(time(Double(total - transfer.done) / rate) + " left")
    } else if transfer.total == nil {
      parts.append(time(elapsed))
    }
    // The last column stays free, where some terminals already wrap.
    return DisplayWidth.cut(parts.joined(separator: "  "), to: max(1, window - 1))
  }

  private static func size(_ bytes: Double) -> String {
    ByteSize(bytes: Int64(exactly: bytes.rounded()) ?? .max).approximate
  }

  private static func time(_ seconds: Double) -> String {
    guard seconds < 360_000 else { return "days" }
    let whole = Int(seconds.rounded(.up))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)min\(two(whole % 60))s" }
    return "\(whole / 3600)h\(two(whole / 60 % 60))min"
  }
}
