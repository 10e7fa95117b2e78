import ArgumentParser
import Glibc
import Terminal

// The command line, then a thread with room for deep recursion, then the exit status.

/// Parses the command line; help and mistakes end the program here, with status 0 or 2.
func parsed<Command: ParsableCommand>(_ type: Command.Type, _ arguments: [String]? = nil) -> Command {
  do { return try type.parse(arguments) } catch {
    let isFine = type.exitCode(for: error).rawValue == 0
    CommandLineText.write(type.fullMessage(for: error), to: isFine ? 1 : 2)
    exit(isFine ? 0 : 2)
  }
}

if CommandLine.arguments.dropFirst().first == "fmt" {
  let format = parsed(Format.self, Array(CommandLine.arguments.dropFirst(2)))
  exit(LargeStack.run { _ in format.status(Console()) })
}
let options = parsed(Options.self)
exit(LargeStack.run { Shell(options, stackSize: $0).run() })
