import Glibc
import System

/// The file in which the statements that were typed are kept, one a line.
///
/// Every statement is one write(2) at the end of the file (O_APPEND), so that several shells can share it and none loses
/// what another wrote; a shell that is killed loses at most the line being typed. A lock on the file (flock(2)), shared by those
/// who append, keeps them from a file that a compaction is about to replace.
struct HistoryFile: Sendable {
  let path: String
  /// A file of more bytes is compacted.
  var limit = 4 << 20

  /// Only so much of the end of the file is read.
  private static let readLimit = 16 << 20

  /// `history` in the folder of what the shell keeps; nil without a home folder.
  static func standard(_ variable: (String) -> String?) -> HistoryFile? {
    StateFolder.path(variable).map { HistoryFile(path: $0 + "/history") }
  }

  /// Reads its end, from the beginning of a line on; nothing if there is no file.
  func read() throws(FileError) -> [UInt8] {
    do throws(SystemCallError) { return try snapshot().bytes } catch {
      throw FileError("read the history \(path)", error)
    }
  }

  /// Gives the end of the file as it is now, and where in the file that ends.
  func snapshot() throws(SystemCallError) -> (bytes: [UInt8], end: Int) {
    let file: Int32
    do { file = try systemCall("open") { Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) } } catch {
      guard error.errno == ENOENT || error.errno == ENOTDIR else { throw error }
      return ([], 0)
    }
    defer { Glibc.close(file) }
    let size = try systemCall("lseek") { lseek(file, 0, SEEK_END) }
    let start = max(0, size - Self.readLimit)
    let bytes = try Self.bytes(of: file, from: start)
    guard start > 0 else { return (bytes, bytes.count) }
    return (Array(bytes[((bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1)...]), start + bytes.count)
  }

  /// Reads a file from an offset on to where it ends at the moment.
  static func bytes(of file: Int32, from start: Int) throws(SystemCallError) -> [UInt8] {
    let size = try systemCall("lseek") { lseek(file, 0, SEEK_END) }
    var bytes = [UInt8](repeating: 0, count: max(0, size - start))
    var filled = 0
    while filled < bytes.count {
      let count = try systemCall("pread") {
        bytes.withUnsafeMutableBytes {
          pread(file, $0.baseAddress.map { $0 + filled }, $0.count - filled, start + filled)
        }
      }
      guard count > 0 else { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Writes bytes at its end with one write(2), and makes it (mode 0600) and its folder (0700) if they are not there.
  ///
  /// Gives whether the file has become so large that it wants compaction.
  @discardableResult
  func append(_ bytes: [UInt8]) throws(FileError) -> Bool {
    do throws(SystemCallError) {
      // Whoever keeps the lock for long must not keep the shell: then it is done without.
      let lock = try locked(LOCK_SH)
      let file = if let lock { lock.file } else { try opened() }
      defer { Glibc.close(file) }
      var status = stat()
      try systemCall("fstat") { fstat(file, &status) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw SystemCallError(call: "open", errno: EINVAL) }
      if status.st_mode & 0o077 != 0 { try systemCall("fchmod") { fchmod(file, 0o600) } }
      let count = try systemCall("write") { write(file, bytes, bytes.count) }
      // What did not fit is lost, and the disk is full.
      guard count == bytes.count else { throw SystemCallError(call: "write", errno: ENOSPC) }
      return Int(status.st_size) + count > limit
    } catch { throw FileError("keep the history in \(path)", error) }
  }

  /// Opens the file and locks it, and makes sure that it still is the one of that name; nil where somebody else has the lock.
  func locked(_ kind: Int32) throws(SystemCallError) -> (file: Int32, size: Int)? {
    for _ in 0..<Self.lockTries {
      let file = try opened()
      if flock(file, kind | LOCK_NB) == 0 {
        var (own, named) = (stat(), stat())
        if fstat(file, &own) == 0, lstat(path, &named) == 0, own.st_ino == named.st_ino, own.st_dev == named.st_dev {
          return (file, Int(own.st_size))
        }
      } else if errno == EWOULDBLOCK {
        usleep(5_000)
      } else {
        // A file system without locks.
        Glibc.close(file)
        return nil
      }
      Glibc.close(file)
    }
    return nil
  }

  /// How often, every 5 ms, the lock is tried.
  private static let lockTries = 100

  private func opened() throws(SystemCallError) -> Int32 {
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    let file = Glibc.open(path, flags, 0o600)
    if file >= 0 { return file }
    guard errno == ENOENT else { throw SystemCallError(call: "open", errno: errno) }
    try NewFolder.makeAll(above: path)
    return try systemCall("open") { Glibc.open(path, flags, 0o600) }
  }
}

/// A statement as a line of the file: newlines and the backslash are escaped.
enum HistoryLine {
  static func line(of statement: String) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(statement.utf8.count + 8)
    for byte in statement.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): line += [byte, byte]
      case UInt8(ascii: "\n"): line += Array("\\n".utf8)
      default: line.append(byte)
      }
    }
    return line + [UInt8(ascii: "\n")]
  }

  static func statement(of line: ArraySlice<UInt8>) -> String {
    guard line.contains(UInt8(ascii: "\\")) else { return String(decoding: line, as: UTF8.self) }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
