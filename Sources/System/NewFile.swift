import Glibc

/// A file being written beside the one whose name it takes when it is whole.
///
/// The final name never stands for half a file, and a symbolic link under it is replaced, not followed.
public final class NewFile {
  private let path: String
  private let temporary: String
  private var file: Int32 = -1
  private var total = 0

  /// Where the bytes go, for calls that write by themselves; -1 once it is finished.
  public var descriptor: Int32 { file }

  /// - Parameter mode: who may read and write a file that is new, before umask(2).
  public init(_ path: String, mode new: mode_t = 0o666) throws(FileError) {
    self.path = path
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != ".." else {
      throw FileError("write \(path)", SystemCallError(call: "open", errno: EISDIR))
    }
    // What already has another nature (a device, a pipe, a folder) is not replaced by a file.
    var status = stat()
    let isThere = lstat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if isThere, kind != S_IFREG, kind != S_IFLNK {
      temporary = ""
      file = Glibc.open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw FileError("write \(path)", SystemCallError(call: "open", errno: errno)) }
      return
    }
    temporary = "\(folder).\(name.prefix(200)).nsh-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let mode = isThere && kind == S_IFREG ? status.st_mode & 0o777 : new
    file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else { throw FileError("write \(path)", SystemCallError(call: "open", errno: errno)) }
  }

  deinit { discard() }

  /// Writes all of the bytes, write(2) as often as it takes.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    do throws(SystemCallError) { try writeAll(bytes, to: file, &total) } catch {
      discard()
      let kept = temporary.isEmpty ? "" : ", and none are kept"
      throw FileError("write \(path) (\(total) bytes were written\(kept))", error)
    }
  }

  /// Makes the file durable, fsync(2), and gives it its name, rename(2).
  public func finish() throws(FileError) {
    guard file >= 0 else { return }
    if temporary.isEmpty {
      close()
      return
    }
    guard fsync(file) == 0 else { throw failed("fsync") }
    guard rename(temporary, path) == 0 else { throw failed("rename") }
    close()
  }

  /// Gives what is written so far the name `PATH.part`, because the whole will not come; gives that name.
  public func keepPart() throws(FileError) -> String {
    guard file >= 0 else { return path }
    guard !temporary.isEmpty else {
      close()
      return path
    }
    guard rename(temporary, path + ".part") == 0 else { throw failed("rename") }
    close()
    return path + ".part"
  }

  private func failed(_ call: String) -> FileError {
    let failure = SystemCallError(call: call, errno: errno)
    discard()
    return FileError("write \(path)", failure)
  }

  private func discard() {
    guard file >= 0 else { return }
    close()
    if !temporary.isEmpty { unlink(temporary) }
  }

  private func close() {
    Glibc.close(file)
    file = -1
  }
}
