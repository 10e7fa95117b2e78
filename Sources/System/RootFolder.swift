import CSystem
import Glibc
import Net

/// A folder in which files are opened by paths of strangers, which cannot lead out of it: not by `..`, not by symbolic links.
public struct RootFolder: Sendable {
  private let folder: OpenFile

  /// Opens the folder itself; fails with ENOTDIR for anything else.
  public init(_ path: String) throws(SystemCallError) {
    folder = try OpenFile(
      owning: try systemCall("open") { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
  }

  /// Opens what a path below the folder names; none for the folder itself. Pipes and devices are looked at but not opened.
  ///
  /// Errors: EXDEV for a path that leads out, ENXIO for what is neither a file nor a folder, and those of openat2(2).
  public func open(_ segments: [ArraySlice<UInt8>]) throws(SystemCallError) -> OpenFile {
    let path = segments.isEmpty ? [0x2e] : Array(segments.joined(separator: [0x2f]))
    guard !path.contains(0) else { throw SystemCallError(call: "openat2", errno: EINVAL) }
    // To open a pipe may wake its writer, and a device may do anything: O_PATH only looks.
    let seen = try OpenFile(owning: try beneath(path, nsh_path_only() | O_CLOEXEC))
    guard seen.kind != .other else { throw SystemCallError(call: "openat2", errno: ENXIO) }
    let opened = try OpenFile(owning: try beneath(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
    guard opened.kind != .other else { throw SystemCallError(call: "openat2", errno: ENXIO) }
    return opened
  }

  private func beneath(_ path: [UInt8], _ flags: Int32) throws(SystemCallError) -> Int32 {
    let text = path.map { CChar(bitPattern: $0) } + [0]
    do throws(SystemCallError) {
      return try systemCall("openat2") { nsh_open_beneath(folder.number, text, flags) }
    } catch {
      // Linux before 5.6 has no openat2(2), and some sandboxes forbid it.
      guard error.errno == ENOSYS || error.errno == EPERM else { throw error }
      return try step(along: path, flags)
    }
  }

  /// Goes the path folder by folder, and refuses every symbolic link on it.
  private func step(along path: [UInt8], _ flags: Int32) throws(SystemCallError) -> Int32 {
    var steps = path.split(separator: 0x2f).map { $0.map { CChar(bitPattern: $0) } + [0] }
    guard let last = steps.popLast() else { throw SystemCallError(call: "openat", errno: ENOENT) }
    guard !(steps + [last]).contains([0x2e, 0x2e, 0]) else { throw SystemCallError(call: "openat", errno: EXDEV) }
    var folder = folder
    for name in steps {
      let number = folder.number
      folder = try OpenFile(
        owning: try systemCall("openat") {
          openat(number, name, nsh_path_only() | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        })
    }
    let number = folder.number
    let file = try OpenFile(
      owning: try systemCall("openat") { openat(number, last, nsh_path_only() | O_NOFOLLOW | O_CLOEXEC) })
    // With O_PATH a link is opened itself.
    guard file.kind != .other else { throw SystemCallError(call: "openat", errno: ELOOP) }
    return try systemCall("openat") { openat(number, last, flags | O_NOFOLLOW) }
  }
}
