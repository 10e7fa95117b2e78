import Glibc
import TestSupport

/// A process of the built nsh with descriptors of the test's choice, killed if the test forgets it.
final class Child {
  let process: pid_t
  private var isOver = false

  /// The binary that was built beside the tests.
  static let binary: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count: Int = buffer.withUnsafeMutableBytes {
      guard let start = $0.baseAddress else { return 0 }
      return readlink("/proc/self/exe", start.assumingMemoryBound(to: CChar.self), 4096)
    }
    let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/nsh"
  }()

  /// What the prompts of the tests keep goes beside the binary; tests that look at it have a folder of their own.
  static let environment = [
    "PATH=\(String(binary.dropLast(4))):/usr/bin:/bin", "HOME=/nonexistent", "LANG=C.UTF-8", "TERM=xterm", "NO_COLOR=1",
    "XDG_STATE_HOME=\(binary)-test-state",
  ]

  /// Starts the words, the first of which is found on PATH; `controlling` names a terminal to become that of a new session.
  init(
    _ words: [String], input: Int32 = -1, output: Int32 = -1, errors: Int32 = -1, controlling: String? = nil,
    environment: [String] = Child.environment
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let controlling {
      // The first terminal that a new session opens becomes its own.
      posix_spawn_file_actions_addopen(&actions, 0, controlling, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    } else {
      for (target, source) in [input, output, errors].enumerated() {
        guard source < 0 else {
          posix_spawn_file_actions_adddup2(&actions, source, Int32(target))
          continue
        }
        posix_spawn_file_actions_addopen(&actions, Int32(target), "/dev/null", O_RDWR, 0)
      }
    }
    process = try Start.program(
      words[0] == "nsh" ? Self.binary : words[0], words, environment: environment,
      group: controlling == nil ? .caller : .session, &actions)
  }

  deinit {
    guard !isOver else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Waits for the end and gives the exit status, or minus the signal that killed it; nil if it takes too long.
  func wait(seconds: Int = 30) -> Int32? {
    var status: Int32 = 0
    for _ in 0..<seconds * 500 {
      if waitpid(process, &status, WNOHANG) == process {
        isOver = true
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
      }
      usleep(2_000)
    }
    return nil
  }
}
