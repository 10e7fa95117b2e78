import Interpreter
import Net
import Wire

/// A value as people see it: tables and records aligned, text escaped, bytes that are not text as a hexdump.
public struct ValueView {
  /// The columns of the window.
  let window: Int

  public init(window: Int) { self.window = window }

  /// What a field of a record shows of a long text or many bytes.
  private static let linesInField = 20
  /// How deep records and tables are laid out in each other; deeper ones stand on one line.
  private static let nesting = 4

  /// Adds a value, with a line end behind it; nothing for null.
  public func add(_ value: Value, to text: inout StyledText) {
    switch value {
    case .null: return
    case .bytes(let bytes): add(bytes, to: &text)
    case .string(let string): text.add(string, layout: .lines)
    case .list(let list): add(list, to: &text, indent: 0)
    case .record(let record):
      guard let face = record.face else { return addWhole(record, to: &text) }
      for value in face() { add(value, to: &text) }
    case .resource(let resource): add(resource.fields, to: &text, indent: 0)
    case .error(let error): add(error.content.fields, to: &text, indent: 0)
    default: addCell(Cell(value), to: &text)
    }
    if !text.endsLine { text.endLine() }
  }

  private func addWhole(_ record: Record, to text: inout StyledText) {
    add(record, to: &text, indent: 0)
    if !text.endsLine { text.endLine() }
  }

  // MARK: Bytes

  private func add(_ bytes: [UInt8], to text: inout StyledText) {
    guard !bytes.isText else { return text.add(bytes, layout: .lines) }
    addHexdump(bytes, to: &text)
  }

  /// Adds rows of hexadecimal that fit the window; `offset` counts the bytes shown before.
  func addHexdump(_ bytes: [UInt8], offset: Int = 0, indent: Int = 0, to text: inout StyledText) {
    for row in Hexdump(bytes, offset: offset, columns: window - indent) {
      if text.hasColor { HexdumpView.add(row, to: &text) } else { text.add(row.description) }
      text.endLine()
    }
  }

  // MARK: Lists

  private func add(_ list: List, to text: inout StyledText, indent: Int) {
    guard !list.isEmpty else { return text.add("[]", .faint) }
    if let names = Table.columns(of: list) {
      let rows = list.compactMap { if case .record(let row) = $0 { row } else { nil } }
      return add(rows, names: names, to: &text, indent: indent)
    }
    for (index, item) in list.enumerated() {
      if index > 0 { text.addSpaces(indent) }
      if case .string(let string) = item, indent == 0 {
        text.add(string, layout: .lines)
      } else {
        addCell(Cell(item), to: &text)
      }
      if !text.endsLine { text.endLine() }
    }
  }

  private func add(_ rows: [Record], names: [String], to text: inout StyledText, indent: Int) {
    let table = TableView(names: names, rows: rows, window: window - indent)
    guard !table.isTooWide else {
      for (index, row) in rows.enumerated() {
        if index > 0 { text.endLine() }
        if index > 0 { text.addSpaces(indent) }
        add(row, to: &text, indent: indent)
      }
      return
    }
    var lines = StyledText(theme: text.theme)
    table.addHeader(to: &lines)
    for row in rows { table.add(row, to: &lines) }
    text.add(lines, indent: indent)
  }

  // MARK: Records

  /// Adds a record whose first key stands where the text is, and the others under it.
  private func add(_ record: Record, to text: inout StyledText, indent: Int) {
    guard !record.isEmpty else { return text.add("{}", .faint) }
    let keys = record.names.map { Cell(header: $0) }
    let width = min(keys.reduce(0) { max($0, $1.width) }, max(8, window / 3))
    for (index, field) in record.pairs.enumerated() {
      if index > 0 { text.addSpaces(indent) }
      let key = DisplayWidth.cut(keys[index].text, to: width)
      text.add(key, .key)
      text.addSpaces(width - DisplayWidth.of(key) + 2)
      add(field: field.value, to: &text, indent: indent + width + 2)
      if !text.endsLine { text.endLine() }
    }
  }

  private func add(field value: Value, to text: inout StyledText, indent: Int) {
    let isNarrow = window - indent < 30 || indent > window * Self.nesting / 6
    switch value {
    case .record(let record) where !isNarrow && !record.isEmpty: add(record, to: &text, indent: indent)
    case .list(let list) where !isNarrow && Table.columns(of: list) != nil: add(list, to: &text, indent: indent)
    case .string(let string) where string.utf8.contains(UInt8(ascii: "\n")):
      addLines(Array(string.utf8), to: &text, indent: indent)
    case .bytes(let bytes) where !bytes.isText && bytes.count > 16:
      var dump = StyledText(theme: text.theme)
      let shown = Array(bytes.prefix(16 * Self.linesInField))
      addHexdump(shown, indent: indent, to: &dump)
      text.add(dump, indent: indent)
      addRest(bytes.count - shown.count, "byte", to: &text, indent: indent)
    case .bytes(let bytes) where bytes.contains(UInt8(ascii: "\n")) && bytes.isText:
      addLines(bytes, to: &text, indent: indent)
    default:
      let cell = Cell(value)
      addLines([cell.text], role: cell.role, of: 1, to: &text, indent: indent)
    }
  }

  private func addLines(_ bytes: [UInt8], to text: inout StyledText, indent: Int) {
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: Self.linesInField, omittingEmptySubsequences: false)
    let shown = lines.prefix(Self.linesInField).map {
      SafeText.escaping(Array($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0), .singleLine)
    }
    let rest = lines.count > Self.linesInField ? lines.last ?? [] : []
    let more = rest.count { $0 == UInt8(ascii: "\n") } + (rest.isEmpty || rest.last == UInt8(ascii: "\n") ? 0 : 1)
    addLines(shown, role: nil, of: shown.count + more, to: &text, indent: indent)
  }

  /// Adds lines folded to the window, as many as a field shows; `count` is how many there are in all.
  private func addLines(_ lines: [String], role: Role?, of count: Int, to text: inout StyledText, indent: Int) {
    var (shown, used) = (0, 0)
    for line in lines where used < Self.linesInField {
      for part in Folding(line, columns: max(window - indent, 8), atMost: Self.linesInField - used).lines {
        if used > 0 { text.addSpaces(indent) }
        text.add(part, role)
        text.endLine()
        used += 1
      }
      shown += 1
    }
    addRest(count - shown, "line", to: &text, indent: indent)
  }

  private func addRest(_ count: Int, _ noun: String, to text: inout StyledText, indent: Int) {
    guard count > 0 else { return }
    text.addSpaces(indent)
    text.add("… \(counted(count, "more \(noun)"))", .faint)
    text.endLine()
  }

  private func addCell(_ cell: Cell, to text: inout StyledText) { text.add(cell.text, cell.role) }
}
