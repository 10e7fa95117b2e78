import Diagnostics
import Glibc
import Net
import System

/// A program that runs for a pipeline: what it reads comes from the stage before, what it writes is the stage's stream.
final class RunningProgram {
  private let child: ChildProcess
  private let machine: Machine
  private let arguments: String
  /// What is still to be given to the program's input.
  private var feed: (() throws -> [UInt8]?)?
  private var pending: ArraySlice<UInt8> = []

  init(
    _ name: String, _ arguments: [String], input: Value?, output: ChildProcess.Stream, errors: ChildProcess.Stream,
    _ machine: Machine
  ) throws {
    self.machine = machine
    self.arguments = ([name] + arguments).joined(separator: " ")
    let isScript = machine.session.scriptIsOnInput.load(ordering: .relaxed)
    let stream: ChildProcess.Stream = input != nil ? .pipe : isScript ? .null : .inherited
    do throws(SystemCallError) {
      child = try ChildProcess.start(
        name, arguments, environment: machine.session.environment.entries, input: stream, output: output,
        errors: errors)
    } catch {
      throw ValueError(
        error.code == "ENOENT" ? "no-program" : error.code, "cannot run `\(name)`",
        hint: error.code == "ENOENT" ? "no folder of PATH has it" : nil, layer: .command, cause: error)
    }
    if let input {
      _ = fcntl(child.end(of: 0), F_SETFL, O_NONBLOCK)
      feed = try RunningProgram.pieces(of: input)
    }
  }

  /// Gives the bytes of a value piece by piece, as a pipe would carry them.
  private static func pieces(of value: Value) throws -> () throws -> [UInt8]? {
    if case .record(let record) = value, record["status"] != nil, let body = record["body"] {
      return try pieces(of: body)
    }
    guard case .stream(let stream) = value else {
      var rest: [UInt8]? =
        if case .string(let text) = value { Array(text.utf8) } else { try PlainText.bytes(of: value) }
      return {
        defer { rest = nil }
        return rest
      }
    }
    return { try stream.next().map { try PlainText.bytes(of: $0) } }
  }

  /// Gives what the program writes next, and on which stream, feeding it meanwhile; nil when nothing more can come.
  func next() throws -> (stream: Int, bytes: [UInt8])? {
    while true {
      try machine.checkpoint()
      try refill()
      let isFeeding = !pending.isEmpty
      guard isFeeding || child.end(of: 1) >= 0 || child.end(of: 2) >= 0 else { return nil }
      var waits = [
        pollfd(fd: isFeeding ? child.end(of: 0) : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: child.end(of: 1), events: Int16(POLLIN), revents: 0),
        pollfd(fd: child.end(of: 2), events: Int16(POLLIN), revents: 0),
        pollfd(fd: machine.interrupt.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let left = machine.deadline.remaining.map { Int32(clamping: ($0 + 999_999) / 1_000_000) }
      if poll(&waits, 4, 0) == 0 {
        Watch.aboutToWait()
        poll(&waits, 4, left ?? -1)
      }
      if waits[0].revents != 0 { give() }
      for stream in 1...2 where waits[stream].revents != 0 {
        if let bytes = read(waits[stream].fd) { return (stream, bytes) }
        child.closeEnd(of: stream)
      }
    }
  }

  private func refill() throws {
    guard pending.isEmpty, let pull = feed else { return }
    guard let piece = try pull() else {
      feed = nil
      child.closeEnd(of: 0)
      return
    }
    pending = piece[...]
  }

  private func give() {
    let count = pending.withUnsafeBytes { write(child.end(of: 0), $0.baseAddress, $0.count) }
    if count > 0 { pending = pending.dropFirst(count) }
    // A program that reads no further is fed no further.
    if count < 0, errno != EAGAIN, errno != EINTR {
      pending = []
      feed = nil
      child.closeEnd(of: 0)
    }
  }

  private func read(_ descriptor: Int32) -> [UInt8]? {
    let capacity = 65_536
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      repeat { count = Glibc.read(descriptor, buffer.baseAddress, capacity) } while count < 0 && errno == EINTR
      count = max(0, count)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Waits for the program's end and gives its exit status.
  func status() throws -> Int32 {
    while true {
      if let status = child.status(wait: false) { return status }
      try machine.sleep(TimeSpan(nanoseconds: 2_000_000))
    }
  }

  func stop() { child.stop() }

  /// Throws if the program did not end with status 0.
  func finish() throws {
    let status = try status()
    guard status != 0 else { return }
    throw ValueError(
      "program-failed", "`\(arguments)` ended with status \(status)", hint: "`sh` gives output and status as values",
      layer: .command)
  }
}
