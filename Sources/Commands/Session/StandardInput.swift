import Glibc
import Interpreter
import Net
import Synchronization
import System

let standardInput = Command(
  "stdin", "Reads standard input as a stream of bytes; at its end when the script itself comes from there.",
  gives: .stream, examples: [Example("stdin | lines | count")]
) { machine in
  let input = machine.standardInput
  return .stream(Stream(bytes: true) { try input.piece(machine).map { .bytes($0) } })
}

let input = Command(
  "input", "Reads one line from the user; null at the end of the input.",
  Parameter<String>.positional("prompt", "what to ask", default: "", shown: "nothing"), gives: .string,
  examples: [Example("let name = input 'Who are you? '")]
) { machine, prompt in
  if !prompt.isEmpty, !machine.session.scriptIsOnInput.load(ordering: .relaxed) { machine.session.output.ask(prompt) }
  guard var line = try machine.standardInput.line(machine) else { return .null }
  if line.last == UInt8(ascii: "\n") { line.removeLast() }
  if line.last == UInt8(ascii: "\r") { line.removeLast() }
  return String(validating: line, as: UTF8.self).map { .string($0) } ?? .bytes(line)
}

/// Standard input as commands read it: in pieces or lines, of which what was not asked for is kept.
final class StandardInput: Sendable {
  private let file: Int32
  private let kept = Mutex<[UInt8]>([])

  init(file: Int32 = STDIN_FILENO) { self.file = file }

  /// Takes what was read and not asked for.
  func takeKept() -> [UInt8] {
    kept.withLock { kept in
      defer { kept = [] }
      return kept
    }
  }

  /// Gives what is kept, else what one read(2) gives; nil at the end.
  func piece(_ machine: Machine) throws -> [UInt8]? {
    let known = takeKept()
    return try known.isEmpty ? read(machine) : known
  }

  /// Gives the next line with its LF, the last one perhaps without; nil at the end.
  func line(_ machine: Machine) throws -> [UInt8]? {
    var line: [UInt8] = []
    while let piece = try piece(machine) {
      guard let end = piece.firstIndex(of: UInt8(ascii: "\n")) else {
        line += piece
        guard line.count <= collectLimit else { throw ValueError("too-large", "a line of more than 1 GiB") }
        continue
      }
      line += piece[...end]
      kept.withLock { $0 = Array(piece[(end + 1)...]) }
      return line
    }
    return line.isEmpty ? nil : line
  }

  /// Waits for input and reads once.
  private func read(_ machine: Machine) throws -> [UInt8]? {
    guard !machine.session.scriptIsOnInput.load(ordering: .relaxed) else { return nil }
    try awaitInput(of: file)
    var piece = [UInt8](repeating: 0, count: 65_536)
    do {
      let count = try systemCall("read") { Glibc.read(file, &piece, piece.count) }
      return count > 0 ? Array(piece[..<count]) : nil
    } catch { throw FileError("read standard input", error) }
  }
}

extension Machine {
  var standardInput: StandardInput { session.service(StandardInput.self) { StandardInput() } }
}
