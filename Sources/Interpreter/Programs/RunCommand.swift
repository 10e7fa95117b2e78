import Net
import System

extension Machine {
  /// Runs a program to its end, with a value as its input if there is one: `{stdout, stderr, status}`.
  public func runProgram(_ name: String, _ arguments: [String], input: Value?) throws -> Value {
    let program = try RunningProgram(name, arguments, input: input, output: .pipe, errors: .pipe, self)
    defer { program.stop() }
    var written: [[UInt8]] = [[], [], []]
    while let (stream, bytes) = try program.next() {
      guard written[stream].count + bytes.count <= collectLimit else { throw ValueError.tooLarge(collectLimit) }
      written[stream] += bytes
    }
    let status = try program.status()
    return .record(Record(["stdout": .bytes(written[1]), "stderr": .bytes(written[2]), "status": .int(Int(status))]))
  }
}
