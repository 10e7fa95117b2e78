import Interpreter

/// Rows of the same names as aligned columns that fit the window: numbers right, and `…` where a cell was cut.
struct TableView {
  private let names: [String]
  private let headers: [Cell]
  /// How wide each column is; rows that come later keep to it.
  private let widths: [Int]
  private let isNumeric: [Bool]
  /// Whether there are too many columns for the window, so that each row is better shown as a record.
  let isTooWide: Bool

  /// The spaces between two columns.
  private static let gap = 2
  /// No column is cut to less than this.
  private static let narrowest = 6

  /// Lays the columns out so that these rows fit the window.
  init(names: [String], rows: [Record], window: Int) {
    self.names = names
    headers = names.map { Cell(header: $0) }
    var widths = headers.map(\.width)
    var (hasNumber, hasOther) = (
      [Bool](repeating: false, count: names.count), [Bool](repeating: false, count: names.count)
    )
    for row in rows {
      for column in names.indices {
        let cell = Cell(row[names[column]] ?? .null)
        widths[column] = max(widths[column], cell.width)
        if cell.isNumeric { hasNumber[column] = true } else if cell.width > 0 { hasOther[column] = true }
      }
    }
    isNumeric = zip(hasNumber, hasOther).map { $0 && !$1 }
    isTooWide = Self.total(widths.map { min($0, Self.narrowest) }) > window
    self.widths = Self.narrowed(widths, to: window)
  }

  private static func total(_ widths: [Int]) -> Int { widths.reduce(-gap) { $0 + $1 + gap } }

  /// Makes the widest columns give way first, down to the width of the next one, and all of them at last to the narrowest.
  private static func narrowed(_ widths: [Int], to window: Int) -> [Int] {
    var widths = widths
    var surplus = total(widths) - window
    while surplus > 0, let widest = widths.max(), widest > narrowest {
      let columns = widths.indices.filter { widths[$0] == widest }
      let next = widths.filter { $0 < widest }.max() ?? 0
      let step = max(1, min(widest - max(next, narrowest), surplus / columns.count))
      for column in columns where surplus > 0 {
        widths[column] -= step
        surplus -= step
      }
    }
    return widths
  }

  func addHeader(to text: inout StyledText) { addLine(headers, to: &text) }

  func add(_ row: Record, to text: inout StyledText) { addLine(names.map { Cell(row[$0] ?? .null) }, to: &text) }

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
