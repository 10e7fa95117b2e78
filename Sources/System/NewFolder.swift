import Glibc

/// The folders above a file that is to be made.
public enum NewFolder {
  /// Makes all folders above a path that are not there, mkdir(2), each for its owner alone (XDG Base Directory Specification).
  public static func makeAll(above path: String) throws(SystemCallError) {
    var folder = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      // A folder above that is only to be passed through need not let anything be made in it.
      var status = stat()
      let failure = errno
      guard stat(folder, &status) == 0 else { throw SystemCallError(call: "mkdir", errno: failure) }
    }
  }
}
