import Glibc
import System

/// A file that is sent as the body of a request, or as a part of it.
final class UploadFile {
  private let path: String
  private let file: Int32

  init(_ path: String) throws(FileError) {
    self.path = path
    file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileError("read \(path)", SystemCallError(call: "open", errno: errno)) }
  }

  deinit { Glibc.close(file) }

  /// Reads the next piece, at most `limit` bytes and never nothing: a file that has become shorter than was promised is an error.
  func read(_ limit: Int) throws(FileError) -> [UInt8] {
    var failure: SystemCallError?
    let size = min(limit, 131_072)
    let piece = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      do throws(SystemCallError) {
        count = try systemCall("read") { Glibc.read(file, room.baseAddress, size) }
      } catch {
        failure = error
      }
    }
    if let failure { throw FileError("read \(path)", failure) }
    guard !piece.isEmpty else {
      throw FileError("send \(path), which became shorter meanwhile", SystemCallError(call: "read", errno: EIO))
    }
    return piece
  }
}
