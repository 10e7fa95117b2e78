import CSystem
import Glibc
import Net
import Synchronization

/// A running program with our ends of the pipes to it: posix_spawn(3), then read(2), write(2) and waitpid(2).
public final class ChildProcess: Sendable {
  /// Where one of the program's standard streams leads.
  public enum Stream: Sendable {
    /// To a pipe whose other end is ours.
    case pipe
    /// Where our own leads.
    case inherited
    /// To /dev/null.
    case null
  }

  public let name: String
  private let process: pid_t
  private let ends: Mutex<Ends>

  private struct Ends {
    /// By the number of the program's stream.
    var pipes: [Int32]
    var status: Int32?
  }

  /// Starts a program that is searched in PATH; arguments go to it as they are, and the environment as `NAME=VALUE` texts.
  ///
  /// Errors: those of posix_spawnp(3), such as ENOENT and EACCES.
  public static func start(
    _ name: String, _ arguments: [String], environment: [String], input: Stream, output: Stream,
    errors: Stream
  ) throws(SystemCallError) -> ChildProcess {
    var theirs: [Int32] = []
    var ours: [Int32] = []
    defer { for end in theirs where end >= 0 { close(end) } }
    do throws(SystemCallError) {
      for (number, stream) in [input, output, errors].enumerated() {
        switch stream {
        case .inherited, .null:
          theirs.append(stream == .null ? nullEnd : inheritedEnd)
          ours.append(-1)
        case .pipe:
          let (reading, writing) = try pipeEnds()
          theirs.append(number == 0 ? reading : writing)
          ours.append(number == 0 ? writing : reading)
        }
      }
      let process = try spawn(name, arguments, environment, streams: theirs)
      return ChildProcess(name, process, Ends(pipes: ours))
    } catch {
      for end in ours where end >= 0 { close(end) }
      throw error
    }
  }

  private init(_ name: String, _ process: pid_t, _ ends: Ends) {
    self.name = name
    self.process = process
    self.ends = Mutex(ends)
  }

  deinit { stop() }

  private static func pipeEnds() throws(SystemCallError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    // Closed on exec from the first moment: a program that another thread starts just then would hold the end of this one's
    // stream, and this one would wait for it.
    try systemCall("pipe2") { nsh_pipe(&ends) }
    return (ends[0], ends[1])
  }

  /// What stands for a stream that is not a pipe, as `nsh_spawn_inside` has it, too.
  private static let (inheritedEnd, nullEnd) = (Int32(-1), Int32(-2))

  private static func spawn(
    _ name: String, _ arguments: [String], _ environment: [String], streams: [Int32]
  ) throws(SystemCallError) -> pid_t {
    var texts: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in texts + variables { free(text) } }
    if let namespace = NetworkNamespace.current {
      return try namespace.keeper.spawn(name, texts, variables, streams: streams, in: namespace)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      if stream == nullEnd {
        posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
      } else if stream >= 0 {
        posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // We ignore SIGPIPE; a program that writes into a closed pipe should end.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    // Threads of ours may block signals that the program shall get.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var process = pid_t()
    let status = posix_spawnp(&process, name, &actions, &attributes, &texts, &variables)
    guard status == 0 else { throw SystemCallError(call: "execve", errno: status) }
    return process
  }

  // MARK: The streams

  /// Gives our end of the pipe to standard input (0), output (1) or error (2); -1 if there is none or it is closed.
  public func end(of stream: Int) -> Int32 { ends.withLock { $0.pipes[stream] } }

  /// Closes our end of a pipe; closing it again does nothing.
  public func closeEnd(of stream: Int) {
    ends.withLock { ends in
      if ends.pipes[stream] >= 0 { close(ends.pipes[stream]) }
      ends.pipes[stream] = -1
    }
  }

  // MARK: The end

  /// Gives the exit status, or 128 and the number of the signal that killed it, if the program has ended, waitpid(2); `wait` waits for it.
  public func status(wait: Bool) -> Int32? {
    ends.withLock { ends in
      if let known = ends.status { return known }
      var status: Int32 = 0
      var result: pid_t
      repeat { result = waitpid(process, &status, wait ? 0 : WNOHANG) } while result == -1 && errno == EINTR
      guard result != 0 else { return nil }
      // WIFEXITED and WEXITSTATUS, macros of wait(2).
      ends.status = result < 0 ? 127 : status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
      return ends.status
    }
  }

  /// Ends the program, if it still runs: SIGTERM, and SIGKILL if it has not gone after a second.
  public func stop() {
    for stream in 0...2 { closeEnd(of: stream) }
    guard status(wait: false) == nil else { return }
    kill(process, SIGTERM)
    for _ in 0..<100 {
      usleep(10_000)
      if status(wait: false) != nil { return }
    }
    kill(process, SIGKILL)
    _ = status(wait: true)
  }
}
