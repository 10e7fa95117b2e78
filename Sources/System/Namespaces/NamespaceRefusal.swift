import CSystem
import Glibc
import Net

/// Why this user may not make networks here: the setting of the kernel that forbids it, as far as it can be told (user_namespaces(7)).
public struct NamespaceRefusal: LayeredError {
  private let system: SystemCallError
  /// `kernel.unprivileged_userns_clone=0`, or what else stands in the way; nil if nothing is known.
  public let setting: String?
  /// What would change it.
  private let remedy: String?

  /// Looks for the setting below a folder; others than /proc are for tests.
  public init(step: Int32, errno: Int32, proc: String = "/proc") {
    let calls = ["fork", "unshare", "write", "unshare"]
    let index = Int(step)
    system = SystemCallError(call: calls.indices.contains(index) ? calls[index] : "unshare", errno: errno)
    (setting, remedy) = Self.reason(errno, proc)
  }

  /// The settings that forbid it, the value with which each does, and one with which it does not.
  private static let settings: [(name: String, path: String, forbids: String, allows: String)] = [
    ("kernel.unprivileged_userns_clone", "kernel/unprivileged_userns_clone", "0", "1"),
    ("user.max_user_namespaces", "user/max_user_namespaces", "0", "1000"),
    ("user.max_net_namespaces", "user/max_net_namespaces", "0", "1000"),
    (
      "kernel.apparmor_restrict_unprivileged_userns", "kernel/apparmor_restrict_unprivileged_userns", "1", "0"
    ),
  ]

  private static func reason(_ errno: Int32, _ proc: String) -> (String?, String?) {
    for setting in settings where text("\(proc)/sys/\(setting.path)") == setting.forbids {
      return ("\(setting.name)=\(setting.forbids)", "`sysctl \(setting.name)=\(setting.allows)`, as root, allows it")
    }
    switch errno {
    case EPERM, EACCES:
      let isFiltered = text("\(proc)/self/status")?.split(separator: "\n").contains { $0 == "Seccomp:\t2" } ?? false
      guard isFiltered else { return (nil, nil) }
      return ("a filter of system calls (seccomp), as containers have,", "outside the container it may be allowed")
    case ENOSPC: return ("user.max_user_namespaces or user.max_net_namespaces, of which no more are left", nil)
    case EUSERS: return ("the depth of 32 of user namespaces inside each other", nil)
    case EINVAL, ENOSYS: return ("a kernel that was built without CONFIG_USER_NS or CONFIG_NET_NS", nil)
    default: return (nil, nil)
    }
  }

  private static func text(_ path: String) -> String? {
    guard let bytes = try? FileText.read(path) else { return nil }
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text
  }

  public var layer: Layer { .system }
  public var code: String { "netns-forbidden" }
  public var message: String { "make a user and a network namespace" }
  public var headline: String {
    "this user may not make networks: " + (setting.map { "\($0) forbids it" } ?? "the kernel forbids it")
  }
  public var hint: String? { remedy }
  public var cause: (any LayeredError)? { system }
}
