import Interpreter

/// Rows of the same names as aligned columns that fit the window: numbers right, and `…` where a cell was cut.
struct TableView {
  private let names: [String]
  private let headers: [Cell]
  /// How wide each column is; rows that come later keep to it.
  private var widths: [Int] = []
  private var isNumeric: [Bool] = []
  private let window: Int

  /// The spaces between two columns.
  private static let gap = 2
  /// No column is cut to less than this.
  private static let narrowest = 6

  init(names: [String], window: Int) {
    self.names = names
    self.window = window
    headers = names.map { Cell(header: $0) }
  }

  /// Whether there are too many columns for the window, so that each row is better shown as a record.
  var isTooWide: Bool {
    headers.reduce(-Self.gap) { $0 + min(max($1.width, 1), Self.narrowest) + Self.gap } > window
  }

  /// Adds rows, and the header before the first ones.
  mutating func add(_ rows: [Record], to text: inout StyledText) {
    let cells = rows.map { row in names.map { Cell(row[$0] ?? .null) } }
    let isFirst = widths.isEmpty
    if isFirst { lay(out: cells) }
    if isFirst { addLine(headers, to: &text) }
    for row in cells { addLine(row, to: &text) }
  }

  private mutating func lay(out cells: [[Cell]]) {
    widths = headers.indices.map { column in cells.reduce(headers[column].width) { max($0, $1[column].width) } }
    isNumeric = headers.indices.map { column in
      cells.contains { $0[column].isNumeric } && cells.allSatisfy { $0[column].isNumeric || $0[column].width == 0 }
    }
    var surplus = widths.reduce(-Self.gap) { $0 + $1 + Self.gap } - window
    // The widest columns give way first, down to the width of the next one, all of them at last to the narrowest.
    while surplus > 0, let widest = widths.max(), widest > Self.narrowest {
      let columns = widths.indices.filter { widths[$0] == widest }
      let next = widths.filter { $0 < widest }.max() ?? 0
      let floor = max(next, Self.narrowest)
      let step = max(1, min(widest - floor, surplus / columns.count))
      for column in columns where surplus > 0 {
        widths[column] -= step
        surplus -= step
      }
    }
  }

  private func addLine(_ cells: [Cell], to text: inout StyledText) {
    for (column, cell) in cells.enumerated() {
      let shown = DisplayWidth.cut(cell.text, to: widths[column])
      let padding = widths[column] - (cell.width > widths[column] ? DisplayWidth.of(shown) : cell.width)
      if isNumeric[column] { text.addSpaces(padding) }
      text.add(shown, cell.role)
      guard column + 1 < cells.count else { break }
      text.addSpaces((isNumeric[column] ? 0 : padding) + Self.gap)
    }
    text.endLine()
  }
}
