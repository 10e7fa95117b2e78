import Glibc
import System

/// How programs of the tests are started: without the signals that the threads of the tests block and a child would inherit.
public enum Start {
  /// POSIX_SPAWN_SETPGROUP, SETSIGMASK and SETSID of <spawn.h>, which Swift does not see.
  private static let (setGroup, setMask, setSession): (Int16, Int16, Int16) = (0x02, 0x08, 0x80)

  /// Whom a program belongs to: the caller's group of processes, one of its own, or a session of its own.
  public enum Group { case caller, own, session }

  /// Starts a program found on PATH, posix_spawnp(3), and gives its number.
  ///
  /// Errors: those of posix_spawnp(3), such as ENOENT.
  public static func program(
    _ path: String, _ arguments: [String], environment: [String]? = nil, group: Group = .own,
    _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    let belonging: Int16 =
      switch group {
      case .caller: 0
      case .own: setGroup
      case .session: setSession
      }
    posix_spawnattr_setflags(&attributes, setMask | belonging)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = (environment ?? []).map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let failure =
      environment == nil
      ? posix_spawnp(&process, path, &actions, &attributes, &words, environ)
      : posix_spawnp(&process, path, &actions, &attributes, &words, &variables)
    guard failure == 0 else { throw SystemCallError(call: "posix_spawn", errno: failure) }
    return process
  }

  /// Kills a program that has a group of its own, and what it started within it.
  public static func kill(groupOf process: pid_t) {
    guard process > 0 else { return }
    Glibc.kill(-process, SIGKILL)
    Glibc.kill(process, SIGKILL)
  }
}
