import Glibc
import System

/// What a finished run of nsh left.
struct Run {
  let status: Int32?
  let output: String
  let errors: String

  /// Runs nsh with arguments and a text on standard input.
  init(
    _ arguments: String..., input: String = "", environment: [String] = Child.environment
  ) throws {
    try self.init(words: ["nsh"] + arguments, input: input, environment: environment)
  }

  init(
    words: [String], input: String = "", environment: [String] = Child.environment
  ) throws {
    let files = [Self.file(), Self.file(), Self.file()]
    defer { for file in files { close(file) } }
    let text = Array(input.utf8)
    guard pwrite(files[0], text, text.count, 0) == text.count else {
      throw SystemCallError(call: "pwrite", errno: errno)
    }
    let child = try Child(
      words, input: files[0], output: files[1], errors: files[2], environment: environment)
    status = child.wait()
    output = Self.text(files[1])
    errors = Self.text(files[2])
  }

  /// A file without a name.
  private static func file() -> Int32 {
    var name = Array("/tmp/nsh-end-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    unlink(name)
    return descriptor
  }

  private static func text(_ file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
    let count = pread(file, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

/// A folder with files, removed at the end.
final class Folder {
  let path: String

  init() throws {
    var name = Array("/tmp/nsh-end-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw SystemCallError(call: "mkdtemp", errno: errno) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a file, executable if it is to be.
  func write(_ name: String, _ text: String, mode: mode_t = 0o644) throws {
    let file = try systemCall("open") { open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, mode) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    _ = try systemCall("write") { Glibc.write(file, bytes, bytes.count) }
  }

  /// Reads a file; nil if there is none.
  static func text(_ path: String) -> String? {
    (try? FileText.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }

  deinit { _ = try? Run(words: ["/bin/rm", "-rf", path]) }
}
