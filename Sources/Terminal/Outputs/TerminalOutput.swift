import Interpreter
import Net
import Wire

/// Output for people: aligned tables and records, safe text, and a hexdump for bytes that are not text.
public final class TerminalOutput: Output {
  private let console: Console

  public init(_ console: Console) { self.console = console }

  public func print(_ value: Value) throws {
    guard case .stream(let stream) = value else {
      var text = console.text()
      ValueView(window: console.width).add(try value.settled(), to: &text)
      return try console.print(text)
    }
    if stream.isBytes { try printBytes(stream) } else { try printItems(stream) }
  }

  public var letsProgramsWrite: Bool { true }

  public func flush() throws { try console.flush() }

  public func note(_ text: String) { console.report(line: text) }

  public func ask(_ text: String) { console.ask(text) }

  /// Writes bytes as they come: as text, or from the first piece that is none on as a hexdump.
  private func printBytes(_ stream: Stream) throws {
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
      try console.print(text)
    }
    var text = console.text()
    text.addEnd(of: &escaper)
    if offset > 0, !(text.isEmpty ? endsLine : text.endsLine) { text.endLine() }
    try console.print(text)
  }

  /// Writes items as they come; records gather to a table as long as they come quickly.
  private func printItems(_ stream: Stream) throws {
    var table: (first: Record, view: TableView)?
    var rows: [Record] = []
    var shownAt = monotonicNow()
    func showRows() throws {
      guard !rows.isEmpty else { return }
      var text = console.text()
      table?.view.add(rows, to: &text)
      rows = []
      shownAt = monotonicNow()
      try console.print(text)
    }
    while let item = try stream.next() {
      if case .record(let row) = item, !row.isEmpty {
        if table.map({ !$0.first.hasSameNames(as: row) }) ?? true {
          try showRows()
          let view = TableView(names: row.names, window: console.width)
          table = view.isTooWide ? nil : (row, view)
        }
        if table != nil {
          rows.append(row)
          if rows.count >= Self.rowsAtOnce || monotonicNow() - shownAt > Self.patience { try showRows() }
          continue
        }
      }
      try showRows()
      try print(item)
    }
    try showRows()
  }

  /// How many rows are laid out together, and how many nanoseconds the first of them waits for the others.
  private static let rowsAtOnce = 1_000
  private static let patience: Int64 = 100_000_000
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
