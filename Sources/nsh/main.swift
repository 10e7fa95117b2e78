import Glibc

// The command line, then a thread with room for deep recursion, then the exit status.
let options: Options
do { options = try Options.parse() } catch {
  let message = Options.fullMessage(for: error)
  let isFine = Options.exitCode(for: error).rawValue == 0
  CommandLineText.write(message, to: isFine ? 1 : 2)
  exit(isFine ? 0 : 2)
}
exit(LargeStack.run { Shell(options, stackSize: $0).run() })
