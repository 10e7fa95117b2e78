import Glibc
import Interpreter
import Net
import System
import Transport

extension Machine {
  /// Sends what a file has, and shows how far it is.
  func send(file path: String, on connection: Connection, _ context: NetworkContext) throws {
    let file: Descriptor
    do throws(SystemCallError) {
      file = Descriptor(owning: try systemCall("open") { Glibc.open(path, O_RDONLY | O_CLOEXEC) })
    } catch {
      throw FileError("read \(path)", error)
    }
    var status = stat()
    let total = try? file.use("fstat") { number throws(SystemCallError) in
      try systemCall("fstat") { fstat(number, &status) }
      return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }
    var context = context
    context.taps.append(TransferTap("send", of: total ?? nil, .send, self))
    defer { show(nil) }
    let shown = context
    guard let number = try? file.use("open", { number throws(SystemCallError) in number }) else { return }
    _ = try connection.send(file: number, shown)
    file.close()
  }
}
