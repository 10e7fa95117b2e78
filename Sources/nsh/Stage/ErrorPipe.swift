import Glibc

/// What programs write to standard error while a talk has the terminal: taken from a pipe, so that it is shown like all else.
final class ErrorPipe {
  /// The end to read from, for poll(2); -1 if the system had no pipe to give.
  let descriptor: Int32
  private let writeEnd: Int32
  /// Standard error as it was.
  private let found: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    }
    (descriptor, writeEnd) = (ends[0], ends[1])
    found = fcntl(2, F_DUPFD_CLOEXEC, 3)
  }

  deinit {
    end()
    for end in [descriptor, writeEnd, found] where end >= 0 { close(end) }
  }

  /// Takes standard error over.
  func begin() { if found >= 0, writeEnd >= 0 { dup2(writeEnd, 2) } }

  /// Gives standard error back.
  func end() { if found >= 0 { dup2(found, 2) } }

  /// Gives what has come.
  static func take(_ descriptor: Int32) -> [UInt8] {
    var all: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 4096)
    while descriptor >= 0, all.count < 1 << 16 {
      let count = read(descriptor, &room, room.count)
      guard count > 0 else { break }
      all += room[..<count]
    }
    return all
  }
}
