import Glibc

/// The folder of what comes with the program: the lab's documents, modules, lessons and pages.
public enum Share {
  /// `NSH_SHARE`, else `share/nsh` beside the program's own folder or in one above it (a build tree); nil if there is none.
  public static let path: String? = find()

  private static func find() -> String? {
    if let named = getenv("NSH_SHARE") { return String(cString: named) }
    guard var folder = executable?.split(separator: "/").dropLast() else { return nil }
    // .build/x86_64-unknown-linux-gnu/debug/nsh lies three folders below the tree.
    for _ in 0..<5 {
      let candidate = "/" + folder.joined(separator: "/") + "/share/nsh"
      if access(candidate, R_OK) == 0 { return candidate }
      guard !folder.isEmpty else { return nil }
      folder = folder.dropLast()
    }
    return nil
  }

  /// The real path of the running program, from readlink(2) on /proc/self/exe.
  private static var executable: String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return readlink("/proc/self/exe", start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
