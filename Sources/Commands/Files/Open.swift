import System
import Glibc
import Interpreter
import Net
import Transport

let open = Command(
  "open", "Opens a file as a stream of bytes; a name that keeps it reads it whole.",
  Parameter<String>.required("path", "the file"), gives: .stream,
  examples: [Example("open /etc/hostname | lines | count | $in > 0", "true")]
) { machine, path in
  let path = try machine.path(path)
  let descriptor = try OwnedFile(opening: path)
  return .stream(
    Stream(bytes: true, close: { descriptor.close() }) {
      guard let piece = try descriptor.read(path) else { return nil }
      return .bytes(piece)
    })
}

/// A file that is open for reading.
final class OwnedFile {
  private var file: Int32
  /// Whether a read may take long: a pipe that nobody writes to, a terminal at which nobody types.
  private let mayWait: Bool

  /// Opens it so that no call blocks: a pipe without a writer would else keep open(2) itself.
  init(opening path: String) throws {
    file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileError("open \(path)", SystemCallError(call: "open", errno: errno)) }
    var status = stat()
    mayWait = fstat(file, &status) != 0 || status.st_mode & S_IFMT != S_IFREG
  }

  deinit { close() }

  func close() {
    guard file >= 0 else { return }
    Glibc.close(file)
    file = -1
  }

  /// Reads the next piece, read(2), at most 128 KiB; nil at the end. Ctrl-C and the deadline end the wait for it.
  func read(_ path: String) throws -> [UInt8]? {
    guard file >= 0 else { return nil }
    let capacity = 131_072
    var failure: Int32 = EAGAIN
    var piece: [UInt8] = []
    while failure == EAGAIN {
      if mayWait { try awaitInput(of: file) }
      piece = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        repeat {
          let result = Glibc.read(file, buffer.baseAddress, capacity)
          count = max(0, result)
          failure = result < 0 ? errno : 0
        } while failure == EINTR
      }
    }
    guard failure == 0 else { throw FileError("read \(path)", SystemCallError(call: "read", errno: failure)) }
    return piece.isEmpty ? nil : piece
  }
}
