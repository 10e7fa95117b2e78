import Interpreter

/// Rows of the same names as aligned columns that fit the window: numbers right and whole, other cells folded where they must be.
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
  /// No column of text is made narrower than this.
  private static let narrowest = 6
  /// A word up to so wide is only divided where nothing else helps.
  private static let word = 24
  /// A cell has at most so many lines; the last one says with `…` that there were more.
  private static let linesInCell = 20

  /// Lays the columns out so that these rows fit the window.
  init(names: [String], rows: [Record], window: Int) {
    self.names = names
    headers = names.map { Cell(header: $0) }
    var widths = headers.map(\.width)
    var words = headers.map { min($0.width, Self.word) }
    var (hasNumber, hasOther) = (
      [Bool](repeating: false, count: names.count), [Bool](repeating: false, count: names.count)
    )
    for row in rows {
      for column in names.indices {
        let cell = Cell(row[names[column]] ?? .null)
        widths[column] = max(widths[column], cell.width)
        if cell.isNumeric { hasNumber[column] = true } else if cell.width > 0 { hasOther[column] = true }
        if words[column] < Self.word, cell.width > words[column] {
          words[column] = max(words[column], min(Folding.longestWord(of: cell.text), Self.word))
        }
      }
    }
    let isNumeric = zip(hasNumber, hasOther).map { $0 && !$1 }
    let floors = names.indices.map { isNumeric[$0] ? widths[$0] : min(widths[$0], Self.narrowest) }
    let wholeWords = names.indices.map { max(floors[$0], min(widths[$0], words[$0])) }
    isTooWide = Self.total(floors) > window
    self.isNumeric = isNumeric
    let kind = Self.narrowed(widths, down: wholeWords, to: window)
    self.widths = Self.narrowed(kind, down: floors, to: window)
  }

  private static func total(_ widths: [Int]) -> Int { widths.reduce(-gap) { $0 + $1 + gap } }

  /// Makes the widest columns give way first, down to the width of the next one, and none below its floor.
  private static func narrowed(_ widths: [Int], down floors: [Int], to window: Int) -> [Int] {
    var widths = widths
    var surplus = total(widths) - window
    while surplus > 0 {
      let columns = widths.indices.filter { widths[$0] > floors[$0] }
      guard let widest = columns.map({ widths[$0] }).max() else { break }
      let giving = columns.filter { widths[$0] == widest }
      let next = max(columns.map { widths[$0] }.filter { $0 < widest }.max() ?? 0, giving.map { floors[$0] }.max() ?? 0)
      let step = max(1, min(widest - next, surplus / giving.count))
      for column in giving where surplus > 0 {
        let less = min(step, widths[column] - floors[column])
        widths[column] -= less
        surplus -= less
      }
    }
    return widths
  }

  func addHeader(to text: inout StyledText) { addRow(headers, to: &text) }

  func add(_ row: Record, to text: inout StyledText) { addRow(names.map { Cell(row[$0] ?? .null) }, to: &text) }

  private func addRow(_ cells: [Cell], to text: inout StyledText) {
    let folded = cells.enumerated().map { column, cell in
      cell.width <= widths[column]
        ? [cell.text] : Folding(cell.text, columns: widths[column], atMost: Self.linesInCell).lines
    }
    for line in 0..<(folded.map(\.count).max() ?? 1) {
      // Behind the last cell of a line no spaces follow.
      let last = line == 0 ? cells.count - 1 : folded.lastIndex { $0.count > line } ?? 0
      for column in 0...max(0, last) where column < cells.count {
        let shown = line < folded[column].count ? folded[column][line] : ""
        let padding = max(0, widths[column] - DisplayWidth.of(shown))
        if isNumeric[column] { text.addSpaces(padding) }
        text.add(shown, cells[column].role)
        if column < last { text.addSpaces((isNumeric[column] ? 0 : padding) + Self.gap) }
      }
      text.endLine()
    }
  }
}
