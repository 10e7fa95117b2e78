import Glibc

/// A pager for systems without one: a window at a time, then any key for the next, Enter for a row, `q` to stop.
struct SimplePager {
  private let console: Console

  init(_ console: Console) { self.console = console }

  private static let question = "-- more: Space for a page, Enter for a row, q to stop --"

  /// Shows a text; false if the person stopped it.
  func show(_ text: StyledText) throws -> Bool {
    var room = max(1, console.height - 1)
    for line in text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      if room <= 0 {
        switch ask() {
        case nil, UInt8(ascii: "q"), 0x03, 0x04: return false
        case 0x0A, 0x0D: room = 1
        default: room = max(1, console.height - 1)
        }
      }
      let line = Array(line) + [0x0A]
      try console.output.writer.writeNow(line)
      room -= Pager.rows(of: line, columns: console.width)
    }
    return true
  }

  /// Asks, and reads one key without its echo (termios(3)); nil at the end of the input.
  private func ask() -> UInt8? {
    console.ask(Self.question)
    defer { try? console.output.writer.writeNow(Array("\r\u{1b}[K".utf8)) }
    var mode = termios()
    guard tcgetattr(0, &mode) == 0 else { return nil }
    let before = mode
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(0, TCSADRAIN, &mode)
    defer {
      var before = before
      tcsetattr(0, TCSADRAIN, &before)
    }
    var key: UInt8 = 0
    return read(0, &key, 1) == 1 ? key : nil
  }
}
