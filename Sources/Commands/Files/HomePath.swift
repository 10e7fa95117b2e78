import Glibc
import Interpreter

extension Machine {
  /// Gives a path whose `~` at the beginning, alone or before a slash, is the home folder: `~/notes`. A file named `~` is `./~`.
  func path(_ text: String) throws -> String {
    guard !text.isEmpty else {
      throw ValueError("bad-argument", "a path is wanted, and this is empty", layer: .command)
    }
    guard !text.utf8.contains(0) else {
      throw ValueError("bad-argument", "a path has no NUL in it", layer: .command)
    }
    guard text == "~" || text.hasPrefix("~/") else { return text }
    return try homeFolder() + text.dropFirst()
  }

  /// Gives `HOME`, else what the user database says.
  func homeFolder() throws -> String {
    if let home = session.environment["HOME"], !home.isEmpty { return home }
    if let entry = getpwuid(getuid()), let folder = entry.pointee.pw_dir { return String(cString: folder) }
    throw ValueError("no-home", "there is no home folder: HOME is not set", layer: .command)
  }
}
