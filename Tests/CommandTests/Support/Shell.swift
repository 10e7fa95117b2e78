import Commands
import Diagnostics
import Interpreter
import Net
import Synchronization

/// A session inside the test, whose output is collected as a pipe would get it.
final class Shell {
  private let output = Collected()
  let session: Session
  private let machine: Machine

  init() {
    session = Session(commands: allCommands, output: output)
    machine = Machine(session: session, stackSize: 512 << 10)
  }

  /// Runs a text and gives what it printed; of an error its code, of findings their messages.
  func run(_ text: String) -> String {
    output.text.withLock { $0 = [] }
    switch session.check(Source(name: "test", text: text)) {
    case .failure(let findings): return "check: " + findings.all.map(\.message).joined(separator: "; ")
    case .success(let program):
      switch machine.run(program) {
      case .done: break
      case .failed(let failure): return "error: \(failure.error.layers.last?.code ?? "")"
      case .exit(let status): return "exit: \(status)"
      }
    }
    return String(decoding: output.text.withLock { $0 }, as: UTF8.self)
  }

  /// Runs a line and gives what it printed without the newline at the end.
  func line(_ text: String) -> String {
    let printed = run(text)
    return printed.hasSuffix("\n") ? String(printed.dropLast()) : printed
  }

  /// Runs a text and gives the message of the error that ended it.
  func message(_ text: String) -> String? {
    guard case .success(let program) = session.check(Source(name: "test", text: text)),
      case .failed(let failure) = machine.run(program)
    else { return nil }
    return failure.error.message
  }

  /// Runs an expression and gives its value.
  func value(_ text: String) -> Value? {
    guard run("let it = " + text).isEmpty else { return nil }
    return session.variable("it")
  }
}

/// Output into memory.
private final class Collected: Output {
  let text = Mutex<[UInt8]>([])

  func print(_ value: Value) throws {
    if case .stream(let stream) = value, !stream.isBytes {
      while let item = try stream.next() {
        let line = try PlainText.bytes(of: item)
        text.withLock { $0 += line }
      }
      return
    }
    let bytes = try PlainText.bytes(of: value)
    text.withLock { $0 += bytes }
  }

  func note(_ text: String) {}
  let letsProgramsWrite = false
  func flush() {}
  func ask(_ text: String) {}
}
