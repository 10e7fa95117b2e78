import Commands
import Diagnostics
import Glibc
import Interpreter
import Net
import Synchronization
import Terminal
import TestSupport
import System

/// A session as the binary has one that writes into a pipe, except that a test reads what it wrote.
final class Shell {
  private let session: Session
  private let machine: Machine
  private let console: Console
  private let file: Int32
  private var position = 0

  private init(file: Int32) {
    self.file = file
    console = Console(output: file, errors: file, color: .never)
    session = Session(commands: allCommands, output: RawOutput(console))
    // What the test runner's own input gives is nobody's business.
    session.scriptIsOnInput.store(true, ordering: .relaxed)
    // What is kept between runs is not the user's, and what the user has set changes nothing.
    session.environment["XDG_CACHE_HOME"] = Tree.nsh + "-test-cache"
    for name in ["RFC_DIR", "NSH_RFC_BASE"] { session.environment[name] = nil }
    machine = Machine(session: session, stackSize: Shell.stackSize)
  }

  /// Runs one text and gives all it wrote, errors too; `use` finds modules beside the file that it is named as.
  func run(_ text: String, named name: String = "line") throws -> String {
    switch session.check(Source(name: name, text: text)) {
    case .failure(let findings):
      machine.lastStatus = ExitStatus.usage
      for finding in findings.all { console.report(Report(finding)) }
      machine.note(findings.all)
    case .success(let program):
      if case .failed(let failure) = machine.run(program) { console.report(Report(failure)) }
    }
    try console.flush()
    return try takeOutput()
  }

  private func end() {
    _ = machine.finish()
    session.close()
  }

  private func takeOutput() throws -> String {
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try systemCall("pread") { pread(file, &room, room.count, position) }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += room[..<count]
      position += count
    }
  }

  // MARK: The thread it lives on

  private static let stackSize = 64 << 20

  /// What the thread leaves behind.
  private final class Outcome<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
    /// What ends a line that waits for ever.
    let interrupt = Mutex<Interrupt?>(nil)
  }

  /// A shell that had not done after minutes what its test typed.
  struct Late: Error {}

  /// How many times half a millisecond a test may take, and again how many it is given to end.
  private static let patience = (of: 600_000, ofEnd: 60_000)

  /// Makes a shell on a thread with a stack like the binary's, gives it to a closure, and ends it.
  static func with<Value: Sendable>(_ body: @escaping @Sendable (Shell) throws -> Value) throws -> Value {
    _ = surroundings
    let outcome = Outcome<Value>()
    let thread = try WorkerThread.start(stackBytes: stackSize) {
      let result = Result { try run(outcome, body) }
      outcome.result.withLock { $0 = result }
    }
    var waited = 0
    while outcome.result.withLock({ $0 == nil }) {
      usleep(500)
      waited += 1
      if waited == patience.of { outcome.interrupt.withLock { $0?.raise() } }
      if waited == patience.of + patience.ofEnd { throw Late() }
    }
    thread.join()
    guard waited < patience.of else { throw Late() }
    guard let result = outcome.result.withLock({ $0 }) else {
      throw SystemCallError(call: "pthread_join", errno: ESRCH)
    }
    return try result.get()
  }

  /// What all shells of the tests find: the share of this tree, and nothing on standard input.
  private static let surroundings: Void = {
    setenv("NSH_SHARE", Tree.root + "/share/nsh", 1)
    let nothing = open("/dev/null", O_RDONLY)
    dup2(nothing, 0)
    close(nothing)
  }()

  private static func run<Value>(_ outcome: Outcome<Value>, _ body: (Shell) throws -> Value) throws -> Value {
    guard let stream = tmpfile() else { throw SystemCallError(call: "tmpfile", errno: errno) }
    defer { fclose(stream) }
    let shell = Shell(file: fileno(stream))
    defer { shell.end() }
    outcome.interrupt.withLock { $0 = shell.machine.interrupt }
    return try body(shell)
  }
}
