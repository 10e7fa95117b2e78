/// Namespaces of a test's own, of users, networks, mounts and processes, in which it is root, whoever runs it.
public enum OwnNamespaces {
  /// Runs a script of sh in them, and gives what it printed; what it leaves running ends with them.
  public static func run(_ script: String) throws -> String {
    // Who is root needs no namespace of users.
    let start = "[ $(id -u) = 0 ] && set -- -nmpf \"$@\" || set -- -rnmpf \"$@\"; exec unshare --kill-child \"$@\""
    let result = try Program("sh", "-c", start, "sh", "sh", "-c", script).finish()
    return String(decoding: result.output, as: UTF8.self)
  }
}
