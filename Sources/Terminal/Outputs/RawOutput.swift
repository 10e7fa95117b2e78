import Diagnostics
import Interpreter

/// Output for programs: strings and bytes as they are, tables tab-separated, a stream piece by piece.
public final class RawOutput: Output {
  private let console: Console

  public init(_ console: Console) { self.console = console }

  public func print(_ value: Value) throws {
    guard case .stream(let stream) = value else { return try console.print(raw: PlainText.bytes(of: value)) }
    if stream.hasText {
      while let text = try stream.nextText() { try console.print(raw: text) }
      return
    }
    var rows = PlainRows()
    while let item = try stream.next() { try console.print(raw: rows.bytes(of: item)) }
  }

  public var letsProgramsWrite: Bool { true }

  public func flush() throws { try console.flush() }

  public func note(_ text: String) { console.report(line: text) }

  public func report(_ failure: Failure) { console.report(Report(failure)) }

  public func ask(_ text: String) { console.ask(text) }

  public func show(_ transfer: Transfer?) { console.show(transfer) }
}

/// The items of a stream as lines: a header before the first record, then a row each.
private struct PlainRows {
  private var first: Record?

  mutating func bytes(of item: Value) throws -> [UInt8] {
    switch item {
    case .bytes(let bytes): return bytes
    case .record(let row) where !row.isEmpty:
      if let first, first.hasSameNames(as: row) { return try PlainText.row(row, columns: first.names) }
      guard first == nil else { return try PlainText.bytes(of: .string(PlainText.cell(item))) }
      first = row
      return try PlainText.header(row.names) + PlainText.row(row, columns: row.names)
    default: return try PlainText.bytes(of: .string(PlainText.cell(item)))
    }
  }
}
