import CSystem
import Net

/// A system call that failed: its name and the errno it left, known to this program or not.
public struct SystemCallError: LayeredError, Hashable {
  /// The name of the call as section 2 of the manual spells it: `connect`.
  public let call: String
  public let errno: Int32

  public init(call: String, errno: Int32) {
    self.call = call
    self.errno = errno
  }

  public var layer: Layer { .system }

  /// The symbolic name, `ECONNREFUSED`; a number without a name is `errno 4711`.
  public var code: String {
    guard let name = nsh_errno_name(errno) else { return "errno \(errno)" }
    return String(cString: name)
  }

  /// `connect(2) = ECONNREFUSED (111), connection refused`
  public var message: String {
    guard let text = nsh_errno_text(errno) else { return "\(call)(2) = \(code)" }
    return "\(call)(2) = \(code) (\(errno)), \(String(cString: text).lowercased())"
  }
}
