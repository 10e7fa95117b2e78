import Glibc

/// Python's standard library as a second opinion, one python3 process a question.
public enum Python {
  /// The step that did not work: the system call, or python3 itself.
  public struct Failure: Error { public let step: String }

  /// How many milliseconds, and what waking up takes, a program may run.
  private static let patience = 900_000

  /// A program that runs the words behind it, and then writes the peak of their resident memory, from wait4(2), in KiB.
  public static let peakOfMemory = """
    import os, sys
    child = os.fork()
    if child == 0: os.execv(sys.argv[1], sys.argv[1:])
    _, status, usage = os.wait4(child, 0)
    print(usage.ru_maxrss)
    sys.exit(os.waitstatus_to_exitcode(status))
    """

  /// Gives the output of a program that reads `input` on stdin.
  ///
  /// All ends are files, so that neither side can wait for the other.
  ///
  /// - Parameter interpreter: another than the first python3 on PATH, for modules that Debian's packages have.
  public static func run(_ program: String, input: [UInt8], interpreter: String = "python3") throws -> [UInt8] {
    guard let source = tmpfile(), let sink = tmpfile(), let script = tmpfile() else { throw Failure(step: "tmpfile") }
    defer { for file in [source, sink, script] { fclose(file) } }
    for (file, bytes) in [(source, input), (script, Array(program.utf8))] {
      guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else { throw Failure(step: "fwrite") }
      rewind(file)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Moved up first, so that no end takes the number of another before it was copied.
    posix_spawn_file_actions_adddup2(&actions, fileno(script), 103)
    posix_spawn_file_actions_adddup2(&actions, fileno(sink), 101)
    posix_spawn_file_actions_adddup2(&actions, fileno(source), 0)
    posix_spawn_file_actions_adddup2(&actions, 101, 1)
    let words = [interpreter, "-X", "utf8", "/dev/fd/103"]
    let child = try Start.program(interpreter, words, &actions)
    var status: CInt = 0
    var waited = 0
    while waitpid(child, &status, WNOHANG) == 0 {
      guard waited < patience else {
        Start.kill(groupOf: child)
        waitpid(child, &status, 0)
        throw Failure(step: "python3, which took too long")
      }
      waited += 1
      usleep(1000)
    }
    guard status == 0 else { throw Failure(step: "python3") }
    rewind(sink)
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, sink), count > 0 { output += piece[..<count] }
    return output
  }

  /// Gives the lines that a program writes for these lines.
  public static func run(_ program: String, lines: [String], interpreter: String = "python3") throws -> [String] {
    try run(program, input: Array(lines.map { $0 + "\n" }.joined().utf8), interpreter: interpreter)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map {
        String(decoding: $0, as: UTF8.self)
      }
  }
}
