import Glibc
import System

/// The file that SSLKEYLOGFILE names: the secrets of sessions, a line each, with which Wireshark opens what was recorded.
enum KeyLog {
  /// Appends whole lines by one write(2); a file that is new can be read by its owner only.
  ///
  /// Errors: open(2)'s and write(2)'s.
  static func append(_ lines: [UInt8], to path: String) throws(SystemCallError) {
    guard !lines.isEmpty, !path.isEmpty else { return }
    let file = try systemCall("open") { open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }
    defer { close(file) }
    try systemCall("write") { write(file, lines, lines.count) }
  }
}
