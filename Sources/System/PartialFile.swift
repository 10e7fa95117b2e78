import Glibc

/// The part of a file that has come so far, `PATH.part`, and beside it, `PATH.part.of`, what it is a part of; it stays when a transfer breaks
/// off.
public final class PartialFile {
  private let path: String
  private var file: Int32 = -1
  /// How many bytes it has.
  public private(set) var count = 0
  /// What it is a part of, in the words of whoever began it; empty if nothing is known.
  public private(set) var label: String

  private var part: String { path + ".part" }
  private var note: String { path + ".part.of" }

  /// Opens the part of a path, which may be empty.
  public init(_ path: String) throws(FileError) {
    self.path = path
    label = (try? FileText.read(path + ".part.of")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    file = open(path + ".part", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw FileError("write \(path).part", SystemCallError(call: "open", errno: errno)) }
    let end = lseek(file, 0, SEEK_END)
    guard end >= 0 else { throw FileError("write \(path).part", SystemCallError(call: "lseek", errno: errno)) }
    count = Int(end)
  }

  deinit { close() }

  /// Throws away what there is, and begins with something else.
  public func restart(as label: String) throws(FileError) {
    guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else {
      throw FileError("write \(part)", SystemCallError(call: "ftruncate", errno: errno))
    }
    count = 0
    self.label = label
    let file = try NewFile(note)
    try file.write(Array(label.utf8))
    try file.finish()
  }

  /// Appends all of the bytes.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    do throws(SystemCallError) { try writeAll(bytes, to: file, &count) } catch {
      throw FileError("write \(part)", error)
    }
  }

  /// Gives all that is there to a function, from the beginning.
  public func read(_ body: ([UInt8]) throws -> Void) throws {
    var offset = 0
    while offset < count {
      let from = offset
      let piece = [UInt8](unsafeUninitializedCapacity: 131_072) { room, count in
        count = max(0, pread(file, room.baseAddress, room.count, off_t(from)))
      }
      guard !piece.isEmpty else { throw FileError("read \(part)", SystemCallError(call: "pread", errno: EIO)) }
      try body(piece)
      offset += piece.count
    }
  }

  /// Makes it durable, and gives it the name it is for.
  public func finish() throws(FileError) {
    guard fsync(file) == 0 else { throw FileError("write \(part)", SystemCallError(call: "fsync", errno: errno)) }
    guard rename(part, path) == 0 else {
      throw FileError("write \(path)", SystemCallError(call: "rename", errno: errno))
    }
    unlink(note)
    close()
  }

  /// Removes it.
  public func discard() {
    unlink(part)
    unlink(note)
    close()
  }

  private func close() {
    guard file >= 0 else { return }
    Glibc.close(file)
    file = -1
  }
}
