import CSystem

/// Where libedit has the cursor, counted in rows from the one where the prompt begins.
///
/// libedit does not tell; this lays the text out by the same rules: wcwidth(3), tabs to every eighth column, `^X` for controls.
struct ScreenRows {
  let columns: Int
  private(set) var row = 0
  private var column = 0

  init(columns: Int) { self.columns = max(columns, 2) }

  mutating func add(_ text: some StringProtocol) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n":
        row += 1
        column = 0
      case "\t": repeat { put(1) } while column % 8 != 0
      default:
        let width = Int(nsh_columns(scalar.value))
        put(scalar.value < 0x20 || scalar.value == 0x7F ? 2 : max(0, width))
      }
    }
  }

  private mutating func put(_ width: Int) {
    // A wide character does not begin in the last column.
    if column + width > columns { nextRow() }
    column += width
    if column >= columns { nextRow() }
  }

  private mutating func nextRow() {
    row += 1
    column = 0
  }
}
