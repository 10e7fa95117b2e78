import Interpreter
import Net
import Synchronization

/// The line that shows how far a transfer is: bar, bytes, rate and time left; it appears after a second and goes at the end.
final class ProgressBar: Sendable {
  private struct State {
    var isShown = false
    var drawn: Int64 = 0
  }
  private let state = Mutex(State())

  /// How long a transfer lasts before it is shown, and how long a drawing stands, in nanoseconds.
  private static let patience: Int64 = 1_000_000_000
  private static let interval: Int64 = 100_000_000
  private static let cells = 20

  /// Gives what draws the bar anew, or with nil what erases it; nothing if it stays as it is.
  func change(to transfer: Transfer?, window: Int, text: StyledText) -> [UInt8] {
    state.withLock { state in
      // CR and EL of ECMA-48: the row is erased from its beginning.
      let erasure = Array("\r\u{1b}[K".utf8)
      guard let transfer else {
        defer { state.isShown = false }
        return state.isShown ? erasure : []
      }
      let now = monotonicNow()
      guard now - transfer.start > Self.patience, now - state.drawn > Self.interval else { return [] }
      state.isShown = true
      state.drawn = now
      var text = text
      text.add(Self.line(transfer, now: now, window: window))
      return erasure + text.bytes
    }
  }

  /// `save  [=======>            ]  35%  12 MiB of 34 MiB  3.1 MiB/s  7s left`, cut to the window.
  static func line(_ transfer: Transfer, now: Int64, window: Int) -> String {
    let elapsed = Double(max(1, now - transfer.start)) / 1e9
    let rate = Double(transfer.done) / elapsed
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
    if let total = transfer.total, total > transfer.done, rate > 0 {
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
