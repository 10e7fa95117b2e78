import Glibc
import System

/// A foreign program run by a test, with its standard output to read, and killed at the end; no wait for it is without a bound.
public final class Program {
  /// A program that did not do in time what a test waits for; it was killed.
  public struct Late: Error {
    public let command: String
  }

  private let command: String
  private var process: pid_t = 0
  private let output: Int32
  private var status: Int32?

  /// Starts a program found on PATH; its standard error is the test's.
  public convenience init(_ arguments: String...) throws { try self.init(arguments) }

  public init(_ arguments: [String]) throws {
    command = arguments.joined(separator: " ")
    var ends: [Int32] = [-1, -1]
    // Closed on exec, or a program that another test starts now would keep this one's output open.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    try systemCall("socketpair") { socketpair(AF_UNIX, kind, 0, &ends) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    output = ends[0]
    defer { close(ends[1]) }
    process = try Start.program(arguments[0], arguments, &actions)
  }

  deinit {
    close(output)
    // What it started may outlive it, and would hold on to what a program of another test waits for.
    Start.kill(groupOf: process)
    if status == nil, process > 0 { waitpid(process, nil, 0) }
  }

  /// Whether it still runs.
  public var isRunning: Bool {
    if status == nil { reap() }
    return status == nil
  }

  /// Reads a line of output, without its end; empty at the end.
  public func line(seconds: Int = 300) throws -> String {
    let end = Program.now + seconds * 1000
    var line: [UInt8] = []
    while true {
      try wait(until: end)
      var byte: UInt8 = 0
      let count = try systemCall("read") { read(output, &byte, 1) }
      guard count == 1, byte != 0x0a else { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// Reads all output and waits for the end; gives the exit status too, the number of a signal as negative.
  public func finish(seconds: Int = 600) throws -> (output: [UInt8], status: Int32) {
    let end = Program.now + seconds * 1000
    var all: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      try wait(until: end)
      let count = try systemCall("read") { read(output, &room, 65_536) }
      guard count > 0 else { break }
      all += room[..<count]
    }
    // It ends a moment after its output, or long after if it closed that itself.
    while isRunning {
      guard Program.now < end else { throw late() }
      usleep(500)
    }
    let status = status ?? 0
    return (all, status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f))
  }

  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  private func wait(until end: Int) throws {
    while true {
      var asked = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&asked, 1, Int32(clamping: max(0, end - Program.now)))
      if ready > 0 { return }
      guard ready == 0 || errno == EINTR, Program.now < end else { throw late() }
    }
  }

  private func late() -> Late {
    Start.kill(groupOf: process)
    return Late(command: command)
  }

  private func reap() {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return }
    self.status = status
  }
}
