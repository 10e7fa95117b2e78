import Glibc
import System

/// A foreign program run by a test, with its standard output to read, and killed at the end.
public final class Program {
  private var process: pid_t = 0
  private let output: Int32
  private var status: Int32?

  /// Starts a program found on PATH; its standard error is the test's.
  public convenience init(_ arguments: String...) throws { try self.init(arguments) }

  public init(_ arguments: [String]) throws {
    var ends: [Int32] = [-1, -1]
    // Closed on exec, or a program that another test starts now would keep this one's output open.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    try systemCall("socketpair") { socketpair(AF_UNIX, kind, 0, &ends) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    close(ends[1])
    output = ends[0]
    guard failure == 0 else { throw SystemCallError(call: "posix_spawn", errno: failure) }
  }

  deinit {
    close(output)
    guard status == nil, process > 0 else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Reads a line of output, without its end; empty at the end.
  public func line() throws -> String {
    var line: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      let count = try systemCall("read") { read(output, &byte, 1) }
      guard count == 1, byte != 0x0a else { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// Reads all output and waits for the end; gives the exit status too.
  public func finish() throws -> (output: [UInt8], status: Int32) {
    var all: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try systemCall("read") { read(output, &room, 65_536) }
      guard count > 0 else { break }
      all += room[..<count]
    }
    var status: Int32 = 0
    try systemCall("waitpid") { waitpid(process, &status, 0) }
    self.status = status
    return (all, status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f))
  }
}
