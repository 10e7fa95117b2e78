import Terminal

/// What the command line itself has to say: help, the version, wrong usage.
enum CommandLineText {
  static func write(_ text: String, to descriptor: Int32) {
    let console = Console(output: descriptor)
    try? console.print(raw: Array((text + "\n").utf8))
    try? console.flush()
  }
}
