import Glibc
import Synchronization

/// The environment variables that programs started by a session get: those of nsh itself at first.
///
/// They are kept here and not in environ(7), because setenv(3) is not safe while other threads look names up.
public final class Environment: Sendable {
  private let variables: Mutex<[String: String]>

  init() {
    var known: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let mark = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        known[String(text[..<mark])] = String(text[text.utf8.index(after: mark)...])
      }
      next += 1
    }
    variables = Mutex(known)
  }

  /// A variable; nil where it is not set.
  public subscript(name: String) -> String? {
    get { variables.withLock { $0[name] } }
    set { variables.withLock { $0[name] = newValue } }
  }

  /// All variables, sorted by their names.
  public var all: [(name: String, value: String)] {
    variables.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  /// `NAME=VALUE` of each variable, as execve(2) wants them.
  public var entries: [String] { all.map { "\($0.name)=\($0.value)" } }
}
