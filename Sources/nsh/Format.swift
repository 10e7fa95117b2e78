import ArgumentParser
import Diagnostics
import Interpreter
import Net
import Syntax
import System
import Terminal

/// `nsh fmt`: scripts in the house layout, to standard output or back into their files.
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nsh fmt", abstract: "Lays scripts out in the house form; comments stay.",
    usage: "nsh fmt [--write | --check] [FILE…]")

  @Flag(help: "Rewrite the files instead of printing them.")
  var write = false

  @Flag(help: "Print nothing; name the files whose layout differs, and end with status 1 if there are any.")
  var check = false

  @ArgumentParser.Argument(help: "The scripts; standard input if there are none.")
  var files: [String] = []

  /// Does it, and gives the exit status: 1 for layout that differs, 2 for a file that cannot be read or has findings.
  func status(_ console: Console) -> Int32 {
    var worst: Int32 = 0
    for file in files.isEmpty ? ["/dev/stdin"] : files {
      do { worst = max(worst, try format(file, console)) } catch let error as any LayeredError {
        console.report(Report(error))
        worst = ExitStatus.usage
      } catch { worst = ExitStatus.usage }
    }
    do throws(WriteError) { try console.flush() } catch {
      if error.isClosedPipe { return ExitStatus.closedPipe }
      console.report(Report(error))
      return ExitStatus.failed
    }
    return worst
  }

  private func format(_ file: String, _ console: Console) throws -> Int32 {
    let bytes = try FileText.read(file)
    let source = Source(name: file == "/dev/stdin" ? "stdin" : file, bytes: bytes)
    guard let text = Syntax.format(source, literals: Literals()) else {
      for finding in Syntax.parse(source, literals: Literals()).findings { console.report(Report(finding)) }
      return ExitStatus.usage
    }
    let isSame = Array(text.utf8) == bytes
    if check {
      if !isSame { console.report(line: "\(source.name) is laid out differently") }
      return isSame ? 0 : ExitStatus.failed
    }
    guard write, file != "/dev/stdin" else {
      try console.print(raw: Array(text.utf8))
      return 0
    }
    guard !isSame else { return 0 }
    let new = try NewFile(file)
    try new.write(Array(text.utf8))
    try new.finish()
    return 0
  }
}
