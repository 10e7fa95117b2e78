import Glibc
import Net

/// A file or folder that is open for reading until nobody holds it any more, with what fstat(2) said of it then.
public final class OpenFile: Sendable {
  public enum Kind: Sendable {
    case regular, folder
    /// A device, pipe or socket.
    case other
  }

  public let number: Int32
  public let kind: Kind
  /// Bytes of a regular file when it was opened.
  public let size: Int
  public let modified: Timestamp
  public let inode: UInt64

  /// Takes an open descriptor over and asks what it is.
  public init(owning number: Int32) throws(SystemCallError) {
    var status = stat()
    guard fstat(number, &status) == 0 else {
      let failure = SystemCallError(call: "fstat", errno: errno)
      Glibc.close(number)
      throw failure
    }
    self.number = number
    kind = OpenFile.kind(of: status.st_mode)
    size = max(0, Int(status.st_size))
    modified = OpenFile.modified(status)
    inode = UInt64(status.st_ino)
  }

  deinit { Glibc.close(number) }

  /// Opens a file of this process's own choosing; a pipe or device is not waited for.
  public static func open(_ path: String) throws(SystemCallError) -> OpenFile {
    try OpenFile(
      owning: try systemCall("open") { Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) })
  }

  /// Reads at most so many bytes from an offset on, pread(2); none at the end.
  public func read(at offset: Int, count: Int) throws(SystemCallError) -> [UInt8] {
    var failure: SystemCallError?
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { room, length in
      do throws(SystemCallError) {
        length = try systemCall("pread") { pread(number, room.baseAddress, room.count, offset) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// A thing in a folder, a symbolic link as itself.
  public struct Entry: Sendable {
    public let name: [UInt8]
    public let isLink: Bool
    public let kind: Kind
    public let size: Int
    public let modified: Timestamp
  }

  /// Reads the names in a folder, but `.` and `..`, in no order; at most `limit` of them, and whether there are more.
  public func entries(limit: Int) throws(SystemCallError) -> (entries: [Entry], hasMore: Bool) {
    let copy = try systemCall("openat") { openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let folder = fdopendir(copy) else {
      let failure = SystemCallError(call: "fdopendir", errno: errno)
      Glibc.close(copy)
      throw failure
    }
    defer { closedir(folder) }
    var entries: [Entry] = []
    while let found = readdir(folder) {
      let name = withUnsafePointer(to: &found.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
          Array(UnsafeBufferPointer(start: bytes, count: 256).prefix { $0 != 0 })
        }
      }
      guard name != [0x2e], name != [0x2e, 0x2e] else { continue }
      guard entries.count < limit else { return (entries, true) }
      var status = stat()
      guard fstatat(number, name.map { CChar(bitPattern: $0) } + [0], &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        continue
      }
      entries.append(
        Entry(
          name: name, isLink: status.st_mode & S_IFMT == S_IFLNK, kind: OpenFile.kind(of: status.st_mode),
          size: max(0, Int(status.st_size)),
          modified: OpenFile.modified(status)))
    }
    return (entries, false)
  }

  private static func kind(of mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .folder
    default: .other
    }
  }

  private static func modified(_ status: stat) -> Timestamp {
    Timestamp(secondsSince1970: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec))
      ?? Timestamp(nanoseconds: 0)
  }
}
