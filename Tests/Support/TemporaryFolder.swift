import Glibc
import System

/// A folder below /tmp that is removed, with what is in it, when the test lets go of it.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    var template = Array("/tmp/nsh-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemCallError(call: "mkdtemp", errno: errno) }
    path = String(cString: made)
  }

  deinit { _ = try? Program("rm", "-rf", path).finish() }

  public func write(_ name: String, _ content: [UInt8]) throws {
    guard let file = fopen("\(path)/\(name)", "w") else { throw SystemCallError(call: "open", errno: errno) }
    defer { fclose(file) }
    guard fwrite(content, 1, content.count, file) == content.count else {
      throw SystemCallError(call: "write", errno: errno)
    }
  }
}
