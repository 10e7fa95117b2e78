import Glibc
import System
import Testing

/// A pseudo-terminal with nsh on it (pty(7)): what is typed, and what came to be shown, byte for byte.
final class Terminal {
  private let master: Int32
  let child: Child
  /// Everything that was written to the terminal, without what only asks it to mark pastes.
  private(set) var screen: [UInt8] = []
  /// The last of those requests (DECSET and DECRST 2004).
  private(set) var marksPastes = false
  /// Up to where the expectations so far have looked.
  private var seen = 0

  convenience init(
    _ arguments: String..., columns: UInt16 = 100, rows: UInt16 = 40, environment: [String] = Child.environment
  ) throws {
    try self.init(words: ["nsh"] + arguments, columns: columns, rows: rows, environment: environment)
  }

  init(words: [String], columns: UInt16 = 100, rows: UInt16 = 40, environment: [String]) throws {
    let master = try systemCall("open") { open("/dev/ptmx", O_RDWR | O_CLOEXEC | O_NOCTTY) }
    // TIOCSPTLCK and TIOCGPTN of ioctl_tty(2), which Swift does not see: unlock it, and ask for its number.
    var number: Int32 = 0
    try systemCall("ioctl") { ioctl(master, 0x4004_5431, &number) }
    try systemCall("ioctl") { ioctl(master, 0x8004_5430, &number) }
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try systemCall("ioctl") { ioctl(master, UInt(TIOCSWINSZ), &size) }
    self.master = master
    child = try Child(words, controlling: "/dev/pts/\(number)", environment: environment)
  }

  deinit { close(master) }

  /// Waits for the prompt of nsh.
  @discardableResult
  func atPrompt() throws -> Terminal {
    try #require(shows("nsh> "))
    return self
  }

  /// Types a line, and waits for the line that answers it.
  func answers(_ line: String, _ answer: String) -> Bool {
    type(line + "\r")
    return shows("\r\n\(answer)\r\n")
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Gives the window another size, of which the kernel tells by SIGWINCH.
  func resize(columns: UInt16, rows: UInt16 = 40) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Whether the terminal gathers whole lines, as it does for programs that do not edit (termios(3)).
  var isCooked: Bool {
    var mode = termios()
    tcgetattr(master, &mode)
    return mode.c_lflag & tcflag_t(ICANON) != 0 && mode.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Waits until the text is shown after what was expected before; false if it does not come.
  func shows(_ text: String, within milliseconds: Int32 = 5_000) -> Bool {
    let wanted = Array(text.utf8)
    while true {
      if let end = endOf(wanted) {
        seen = end
        return true
      }
      guard read(within: milliseconds) else { return false }
    }
  }

  /// Reads until the other end is closed or silent.
  func drain() { while read(within: 300) {} }

  private func read(within milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return false }
    var room = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(master, &room, room.count)
    guard count > 0 else { return false }
    for byte in room[..<count] {
      screen.append(byte)
      guard byte == UInt8(ascii: "h") || byte == UInt8(ascii: "l") else { continue }
      guard screen.suffix(8).starts(with: Array("\u{1b}[?2004".utf8)), screen.count >= 8 else { continue }
      marksPastes = byte == UInt8(ascii: "h")
      screen.removeLast(8)
    }
    return true
  }

  private func endOf(_ wanted: [UInt8]) -> Int? {
    guard screen.count - seen >= wanted.count else { return nil }
    for start in seen...(screen.count - wanted.count) where screen[start...].starts(with: wanted) {
      return start + wanted.count
    }
    return nil
  }
}
