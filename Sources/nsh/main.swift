import ArgumentParser
import Glibc
import Terminal

// The command line, then a thread with room for deep recursion, then the exit status.

/// Parses the command line; help and mistakes end the program here, with status 0 or 2.
func parsed<Command: ParsableCommand>(_ type: Command.Type, _ words: [String]) -> Command {
  do { return try type.parse(words) } catch {
    let isFine = type.exitCode(for: error).rawValue == 0
    CommandLineText.write(type.fullMessage(for: error), to: isFine ? 1 : 2)
    exit(isFine ? 0 : 2)
  }
}

let words = Array(CommandLine.arguments.dropFirst())
if words.first == "fmt" {
  let format = parsed(Format.self, Array(words.dropFirst()))
  exit(LargeStack.run { _ in format.status(Console()) })
}
let invocation = Invocation(plain: words) ?? parsed(Options.self, words).invocation
exit(LargeStack.run { Shell(invocation, stackSize: $0).run() })
