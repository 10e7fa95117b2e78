import Glibc

/// The folder of what the shell keeps from one start to the next.
enum StateFolder {
  /// `$XDG_STATE_HOME/nsh`, by default below `~/.local/state` (XDG Base Directory Specification); nil without a home folder.
  static func path(_ variable: (String) -> String?) -> String? {
    // A relative path there is to be ignored, says the specification.
    if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/nsh" }
    guard let home = variable("HOME"), home.hasPrefix("/"), access(home, X_OK) == 0 else { return nil }
    return home + "/.local/state/nsh"
  }
}
