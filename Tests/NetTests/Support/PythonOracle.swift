import Glibc

/// Python's standard library as a second opinion: a program that gets lines on stdin and answers each with a line.
struct PythonOracle {
  struct Failure: Error { let step: String }

  /// Runs the program in one python3 process and gives its lines.
  static func run(_ program: String, lines: [String]) throws -> [String] {
    let programFile = try write(program)
    defer { unlink(programFile) }
    let inputFile = try write(lines.map { $0 + "\n" }.joined())
    defer { unlink(inputFile) }
    guard let pipe = popen("PYTHONUTF8=1 python3 '\(programFile)' < '\(inputFile)'", "r") else {
      throw Failure(step: "popen")
    }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { output += chunk[..<count] }
    guard pclose(pipe) == 0 else { throw Failure(step: "python3") }
    return output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func write(_ text: String) throws -> String {
    var path = Array("/tmp/nsh-oracle-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Failure(step: "mkstemp") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure(step: "write") }
      written += count
    }
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
