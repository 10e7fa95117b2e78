import Diagnostics
import Interpreter
import Net
import Stage
import Synchronization
import Terminal

/// The output of a talk: keeps what the statement that runs prints, so that the screen or the page can show it.
final class StageOutput: Output {
  private struct State {
    var printed: [Printed] = []
    var dropped = 0
    /// Where output goes while the speaker is at the live prompt.
    var live: (any Output)?
    var whenAsked: (@Sendable () -> Void)?
    var columns: (@Sendable () -> Int)?
  }
  private let state = Mutex(State())
  private let console: Console
  /// Raised when something was printed, for who waits for a key meanwhile.
  let arrival = Interrupt()

  /// How long items of a stream gather before they are shown, in nanoseconds.
  private static let patience: Int64 = 100_000_000

  init(_ console: Console) { self.console = console }

  /// Sends what is printed somewhere else; nil keeps it again.
  func redirect(to output: (any Output)?) { state.withLock { $0.live = output } }

  /// Says what is to be done when a statement asks the person for a line.
  func whenAsked(_ action: (@Sendable () -> Void)?) { state.withLock { $0.whenAsked = action } }

  /// Says in how many columns results are shown.
  func setColumns(_ columns: @escaping @Sendable () -> Int) { state.withLock { $0.columns = columns } }

  /// Forgets what was printed: another statement begins.
  func begin() {
    state.withLock { state in
      state.printed = []
      state.dropped = 0
    }
  }

  /// What was printed since, and how much more that was not kept.
  var printed: (all: [Printed], dropped: Int) { state.withLock { ($0.printed, $0.dropped) } }

  func add(_ new: Printed) {
    state.withLock { state in
      if state.printed.count < Printed.itemLimit { state.printed.append(new) } else { state.dropped += 1 }
    }
    arrival.raise()
  }

  /// Adds bytes that a program wrote to its standard error, to those that came right before.
  func add(bytes: [UInt8]) {
    state.withLock { state in
      if case .bytes(let before) = state.printed.last {
        state.printed[state.printed.count - 1] = .bytes(Array((before + bytes).prefix(Printed.byteLimit)))
      } else {
        state.printed.append(.bytes(Array(bytes.prefix(Printed.byteLimit))))
      }
    }
    arrival.raise()
  }

  // MARK: Printing

  private var live: (any Output)? { state.withLock { $0.live } }

  func print(_ value: Value) throws {
    if let live { return try live.print(value) }
    guard case .stream(let stream) = value else {
      let settled = try value.settled()
      if case .null = settled { return }
      return add(.value(settled))
    }
    defer { stream.close() }
    if stream.isBytes { try keepBytes(stream) } else { try keepItems(stream) }
  }

  private func keepBytes(_ stream: Interpreter.Stream) throws {
    var bytes: [UInt8] = []
    let place = place(for: .bytes([]))
    defer { replace(place, by: .bytes(bytes)) }
    while let item = try stream.next() {
      guard case .bytes(let piece) = item else { continue }
      let room = Printed.byteLimit - bytes.count
      bytes += piece.prefix(room)
      if piece.count > room { state.withLock { $0.dropped += piece.count - room } }
      if room > 0 { replace(place, by: .bytes(bytes)) }
    }
  }

  private func keepItems(_ stream: Interpreter.Stream) throws {
    var items: [Value] = []
    let place = place(for: .items([]))
    var shownAt = monotonicNow()
    defer { replace(place, by: .items(items)) }
    while let item = try stream.next() {
      guard items.count < Printed.itemLimit else {
        state.withLock { $0.dropped += 1 }
        continue
      }
      items.append(try item.settled())
      if monotonicNow() - shownAt > Self.patience {
        replace(place, by: .items(items))
        shownAt = monotonicNow()
      }
    }
  }

  /// Keeps a place in the order of what is printed.
  private func place(for printed: Printed) -> Int {
    state.withLock { state in
      state.printed.append(printed)
      return state.printed.count - 1
    }
  }

  private func replace(_ place: Int, by printed: Printed) {
    state.withLock { state in if state.printed.indices.contains(place) { state.printed[place] = printed } }
    arrival.raise()
  }

  func note(_ text: String) {
    if let live { return live.note(text) }
    add(.note(text))
  }

  func report(_ failure: Failure) {
    if let live { return live.report(failure) }
    add(.report(Report(failure)))
  }

  func ask(_ text: String) {
    if let live { return live.ask(text) }
    add(.note(text))
    state.withLock { $0.whenAsked }?()
  }

  var letsProgramsWrite: Bool { live?.letsProgramsWrite ?? false }

  func flush() throws { try live?.flush() }

  func show(_ transfer: Transfer?) { live?.show(transfer) }

  var columns: Int? {
    let (live, columns) = state.withLock { ($0.live, $0.columns) }
    return live.map(\.columns) ?? columns?()
  }

  var theme: Theme {
    get { console.theme }
    set { console.theme = newValue }
  }
}
