import Glibc
import Net

/// The whole text of a script file.
public enum FileText {
  /// More than this is no script.
  private static let limit = 64 << 20

  /// Reads it with read(2); a text of more than 64 MiB is refused as EFBIG.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    do throws(SystemCallError) {
      let descriptor = try systemCall("open") { open(path, O_RDONLY | O_CLOEXEC) }
      defer { close(descriptor) }
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = try systemCall("read") { Glibc.read(descriptor, &piece, piece.count) }
        guard count > 0 else { return bytes }
        guard bytes.count + count <= limit else { throw SystemCallError(call: "read", errno: EFBIG) }
        bytes.append(contentsOf: piece[..<count])
      }
    } catch { throw FileError("read \(path)", error) }
  }
}
