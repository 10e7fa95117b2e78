import Diagnostics
import Interpreter
import Net
import Wire

/// Output for people: aligned tables and records, safe text, and a hexdump for bytes that are not text.
public final class TerminalOutput: Output {
  private let console: Console

  public init(_ console: Console) { self.console = console }

  public func print(_ value: Value) throws { try print(value, isDocument: false) }

  private func print(_ value: Value, isDocument: Bool) throws {
    let pager = Pager(console, isDocument: isDocument)
    defer { pager.end() }
    try print(value, pager)
  }

  private func print(_ value: Value, _ pager: Pager) throws {
    guard case .stream(let stream) = value else {
      var text = console.text()
      ValueView(window: console.width).add(try value.settled(), to: &text)
      _ = try pager.show(text)
      return
    }
    defer { stream.close() }
    if let face = try stream.takeFace() { return try print(face, isDocument: true) }
    if stream.isBytes { try printBytes(stream, pager) } else { try printItems(stream, pager) }
  }

  public var letsProgramsWrite: Bool { true }

  public func flush() throws { try console.flush() }

  public func note(_ text: String) { console.report(line: text) }

  public func report(_ failure: Failure) { console.report(Report(failure)) }

  public func ask(_ text: String) { console.ask(text) }

  public func show(_ transfer: Transfer?) { console.show(transfer) }

  public var theme: Theme {
    get { console.theme }
    set { console.theme = newValue }
  }

  /// Writes bytes as they come: as text, or from the first piece that is none on as a hexdump.
  private func printBytes(_ stream: Stream, _ pager: Pager) throws {
    let view = ValueView(window: console.width)
    var escaper = SafeText(.lines)
    var offset = 0
    var isText = true
    var endsLine = true
    while let item = try stream.next() {
      guard case .bytes(let piece) = item, !piece.isEmpty else { continue }
      var text = console.text()
      if offset == 0 { isText = piece.droppingCutEnd.isText }
      if isText { text.add(piece: piece, through: &escaper) } else { view.addHexdump(piece, offset: offset, to: &text) }
      offset += piece.count
      if !text.isEmpty { endsLine = text.endsLine }
      guard try pager.show(text) else { return }
    }
    var text = console.text()
    text.addEnd(of: &escaper)
    if offset > 0, !(text.isEmpty ? endsLine : text.endsLine) { text.endLine() }
    _ = try pager.show(text)
  }

  /// Writes items as they come; records gather to a table as long as they come quickly.
  private func printItems(_ stream: Stream, _ pager: Pager) throws {
    var rows = StreamedRows(window: console.width)
    func show() throws -> Bool {
      var text = console.text()
      rows.show(in: &text)
      return try pager.show(text)
    }
    while let item = try stream.next() {
      if case .record(let row) = item, !row.isEmpty {
        if !rows.take(row) {
          guard try show() else { return }
          rows = StreamedRows(window: console.width)
          _ = rows.take(row)
        }
        guard try !rows.areDue || show() else { return }
      } else {
        guard try show() else { return }
        var text = console.text()
        ValueView(window: console.width).add(try item.settled(), to: &text)
        guard try pager.show(text) else { return }
      }
    }
    _ = try show()
  }
}

/// Records of a stream on their way to the terminal: those that come together are laid out together.
private struct StreamedRows {
  private let window: Int
  private var first: Record?
  private var table: TableView?
  private var rows: [Record] = []
  private var shownAt = monotonicNow()

  /// How many rows are laid out together, and how many nanoseconds the first of them waits for the others.
  private static let rowsAtOnce = 1_000
  private static let patience: Int64 = 100_000_000

  init(window: Int) { self.window = window }

  var areDue: Bool { rows.count >= Self.rowsAtOnce || monotonicNow() - shownAt > Self.patience }

  /// Keeps a row; false if it has other fields than the ones before.
  mutating func take(_ row: Record) -> Bool {
    if let first, !first.hasSameNames(as: row) { return false }
    if first == nil { first = row }
    rows.append(row)
    return true
  }

  mutating func show(in text: inout StyledText) {
    guard let first, !rows.isEmpty else { return }
    let isFirst = table == nil
    let table = table ?? TableView(names: first.names, rows: rows, window: window)
    self.table = table
    if isFirst, !table.isTooWide { table.addHeader(to: &text) }
    for row in rows {
      guard table.isTooWide else {
        table.add(row, to: &text)
        continue
      }
      ValueView(window: window).add(.record(row), to: &text)
      text.endLine()
    }
    rows = []
    shownAt = monotonicNow()
  }
}

extension [UInt8] {
  /// Without the beginning of a UTF-8 sequence at the end, of which the next piece brings the rest.
  fileprivate var droppingCutEnd: [UInt8] {
    for length in 1...3 where count > length {
      let byte = self[count - length]
      if byte < 0x80 { break }
      if byte >= 0xC0 { return Array(dropLast(length)) }
    }
    return self
  }
}
