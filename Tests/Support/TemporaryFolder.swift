import Glibc
import Synchronization
import System

/// A folder below /tmp that is removed, with what is in it, when the test lets go of it.
public final class TemporaryFolder: Sendable {
  public let path: String

  /// The paths of those that nobody lets go of before the process ends.
  private static let kept = Mutex<[String]>([])

  /// - Parameter untilExit: it is shared by all tests, and removed when the process exits.
  public init(untilExit: Bool = false) throws {
    var template = Array("/tmp/nsh-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemCallError(call: "mkdtemp", errno: errno) }
    path = String(cString: made)
    guard untilExit else { return }
    let isFirst = TemporaryFolder.kept.withLock { kept in
      kept.append(path)
      return kept.count == 1
    }
    if isFirst { atexit { TemporaryFolder.kept.withLock { for path in $0 { TemporaryFolder.remove(path) } } } }
  }

  deinit { TemporaryFolder.remove(path) }

  private static func remove(_ path: String) { _ = try? Program("rm", "-rf", path).finish() }

  public func write(_ name: String, _ content: [UInt8]) throws {
    guard let file = fopen("\(path)/\(name)", "w") else { throw SystemCallError(call: "open", errno: errno) }
    defer { fclose(file) }
    guard fwrite(content, 1, content.count, file) == content.count else {
      throw SystemCallError(call: "write", errno: errno)
    }
  }
}
