import TestSupport

/// A server in Python that a module of share/nsh/lib talks to; it prints its port first.
struct Peer {
  private let program: Program
  let port: String

  init(_ source: String, _ arguments: String...) throws {
    // Debian's own interpreter has the servers that its packages bring.
    program = try Program(["/usr/bin/python3", "-c", source] + arguments)
    port = try program.line()
  }

  /// Runs a text of the shell in which `PORT` stands for the port; gives what it printed, errors too.
  func nsh(_ text: String) throws -> String { try run(text.replacing("PORT", with: port)) }
}

/// Runs a text of the shell; gives what it printed, errors too.
func run(_ text: String) throws -> String {
  let result = try Program("sh", "-c", "exec timeout 60 \"$@\" 2>&1", "sh", Tree.nsh, "-c", text).finish()
  return String(decoding: result.output, as: UTF8.self)
}
