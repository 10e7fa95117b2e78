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

StandardStreams.open()
let words = CommandWords.all
if words.first == "fmt" {
  let format = parsed(Format.self, Array(words.dropFirst()))
  exit(LargeStack.run { _ in format.status(Console()) })
}
if words.first == "demo" {
  let demo = parsed(Demo.self, Array(words.dropFirst()))
  DescriptorLimit.raise()
  exit(LargeStack.run { demo.status(stackSize: $0) })
}
if words.first == "export" {
  let export = parsed(Export.self, Array(words.dropFirst()))
  DescriptorLimit.raise()
  exit(LargeStack.run { export.status(stackSize: $0) })
}
/// Reads a command line with options; the script for another shell is all that is wanted of some.
func read(options words: [String]) -> Invocation {
  let options = parsed(Options.self, words)
  guard let shell = options.completions else { return options.invocation }
  CommandLineText.write(shell.completions, to: 1)
  exit(0)
}

let invocation = Invocation(plain: words) ?? read(options: words)
DescriptorLimit.raise()
exit(
  LargeStack.run { stackSize in
    let shell = Shell(invocation, stackSize: stackSize)
    // Kept to the end: freeing every value of a script one by one would only delay it, and so would giving the stack back.
    _ = Unmanaged.passRetained(shell)
    exit(shell.run())
  })
