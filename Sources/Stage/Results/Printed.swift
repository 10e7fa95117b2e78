import Diagnostics
import Interpreter
import Terminal

/// One thing that a statement printed, kept so that it can be shown anew in a window of another size.
public enum Printed: Sendable {
  case value(Value)
  /// The items of a stream that have come so far.
  case items([Value])
  /// Bytes of a stream or program, as far as they have come.
  case bytes([UInt8])
  case note(String)
  case report(Report)

  /// Of a list so many items are shown, and of bytes so many.
  public static let itemLimit = 2_000
  public static let byteLimit = 64 << 10

  /// How much there is of it; it only grows.
  var extent: Int {
    switch self {
    case .items(let items): 1 + items.count
    case .bytes(let bytes): 1 + bytes.count
    case .value, .note, .report: 1
    }
  }

  /// Adds it as people see it, laid out for a window of so many columns.
  public func add(to text: inout StyledText, columns: Int) {
    let view = ValueView(window: columns)
    switch self {
    case .value(.list(let list)) where list.count > Self.itemLimit:
      view.add(.list(List(Array(list.prefix(Self.itemLimit)))), to: &text)
      addRest(list.count - Self.itemLimit, "item", to: &text)
    case .value(let value): view.add(value, to: &text)
    case .items(let items): view.add(.list(List(items)), to: &text)
    case .bytes(let bytes): view.add(.bytes(bytes), to: &text)
    case .note(let note):
      text.add(note, layout: .lines)
      if !text.endsLine { text.endLine() }
    case .report(let report): text.add(report)
    }
  }

  private func addRest(_ count: Int, _ noun: String, to text: inout StyledText) {
    text.add("… \(count) more \(noun)\(count == 1 ? "" : "s")", .faint)
    text.endLine()
  }
}

/// What came of a statement.
public struct StatementResult: Sendable {
  public enum State: Sendable, Equatable {
    case waiting, running, done, failed, skipped
    /// What it printed at the rehearsal of this date is shown in its place.
    case rehearsed(String)
  }

  public var state = State.waiting
  public var printed: [Printed] = []
  /// How many items and bytes beyond the limits were not kept.
  public var dropped = 0
  /// The exit status of its error.
  public var status: Int32 = 0
  /// In nanoseconds.
  public var took: Int64 = 0

  public init() {}

  /// How much was printed, by which what was laid out before is known to be all.
  var extent: Int { printed.reduce(dropped) { $0 + $1.extent } }

  /// Adds all that was printed, laid out for a window of so many columns.
  public func add(to text: inout StyledText, columns: Int) {
    for printed in printed { printed.add(to: &text, columns: columns) }
    guard dropped > 0 else { return }
    text.add("… \(dropped) more that are not shown", .faint)
    text.endLine()
  }
}
