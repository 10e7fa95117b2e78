import Glibc
import System

extension HistoryFile {
  /// Replaces a file over its limit by one of half the limit: the newest statements, each once.
  ///
  /// The new file is written beside, and gets what was appended in the meantime while nobody appends; then it is renamed over the
  /// old one. So no statement is lost, nobody waits for long, and one who is killed while compacting leaves the old file.
  func compact() throws(FileError) {
    do throws(SystemCallError) {
      guard let new = try lockedNew() else { return }
      defer { Glibc.close(new) }
      var isDone = false
      defer { if !isDone { unlink(newPath) } }
      var (bytes, end) = try snapshot()
      guard bytes.count > limit else { return }
      // The beginning of a line that is just being written comes with the rest.
      let cut = bytes.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
      bytes.removeLast(cut)
      end -= cut
      try writeAll(Self.newest(of: bytes, limit / 2), to: new)
      try systemCall("fsync") { fsync(new) }
      guard let (old, _) = try locked(LOCK_EX) else { return }
      defer { Glibc.close(old) }
      try writeAll(Self.bytes(of: old, from: end), to: new)
      try systemCall("rename") { rename(newPath, path) }
      isDone = true
    } catch { throw FileError("compact the history \(path)", error) }
  }

  private var newPath: String { path + ".new" }

  /// Opens the file beside, empty, under a lock of its own; nil where another shell is compacting.
  private func lockedNew() throws(SystemCallError) -> Int32? {
    let file = try systemCall("open") { Glibc.open(newPath, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600) }
    var (own, named) = (stat(), stat())
    // Between the two calls it may have become the history itself.
    guard flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &own) == 0, lstat(newPath, &named) == 0,
      own.st_ino == named.st_ino, ftruncate(file, 0) == 0, fchmod(file, 0o600) == 0
    else {
      Glibc.close(file)
      return nil
    }
    return file
  }

  /// Gives the last lines in their order, of equal ones the last, as many as fit.
  static func newest(of bytes: [UInt8], _ limit: Int) -> [UInt8] {
    var known: Set<ArraySlice<UInt8>> = []
    var kept: [ArraySlice<UInt8>] = []
    var size = 0
    for line in bytes.split(separator: UInt8(ascii: "\n")).reversed() where known.insert(line).inserted {
      size += line.count + 1
      guard size <= limit else { break }
      kept.append(line)
    }
    var joined: [UInt8] = []
    joined.reserveCapacity(size)
    for line in kept.reversed() {
      joined += line
      joined.append(UInt8(ascii: "\n"))
    }
    return joined
  }
}
