import Terminal

/// The rows of a screen, and where the cursor stands on it.
public struct Frame: Sendable, Equatable {
  /// From the top; each takes no more columns than the screen has.
  public var rows: [[UInt8]]
  /// Row and column from 0; nil if no cursor is to be seen.
  public var cursor: Place?

  public struct Place: Sendable, Equatable {
    public let row: Int
    public let column: Int

    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  public init(rows: [[UInt8]], cursor: Place? = nil) {
    self.rows = rows
    self.cursor = cursor
  }

  /// Gives what makes this of a screen that shows another frame, or anything if that is nil.
  ///
  /// CUP, EL and ED are of ECMA-48 (§8.3.21, §8.3.41, §8.3.39); DECTCEM of the VT510 shows and hides the cursor.
  public func changes(from old: Frame?) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
    if old?.cursor != nil || old == nil { add("\u{1b}[?25l") }
    if old == nil { add("\u{1b}[0m\u{1b}[H\u{1b}[2J") }
    let isSameSize = old?.rows.count == rows.count
    for (number, row) in rows.enumerated() {
      if isSameSize, old?.rows[number] == row { continue }
      if old == nil, row.isEmpty { continue }
      add("\u{1b}[\(number + 1);1H")
      bytes.append(contentsOf: row)
      add("\u{1b}[K")
    }
    if let old, old.rows.count > rows.count { add("\u{1b}[\(rows.count + 1);1H\u{1b}[J") }
    if let cursor { add("\u{1b}[\(cursor.row + 1);\(cursor.column + 1)H\u{1b}[?25h") }
    return bytes
  }
}
