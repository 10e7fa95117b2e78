import ArgumentParser
import Commands
import Net
import Terminal

/// The command line of the shell, as swift-argument-parser reads it.
struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nsh", abstract: "A shell for networks: commands over addresses, sockets, DNS, HTTP and RFCs.",
    usage: """
      nsh [OPTION…]                    the prompt, or a script on standard input
      nsh [OPTION…] FILE [ARG…]        a script; its arguments are in $args
      nsh [OPTION…] -c TEXT [ARG…]     a text
      nsh [OPTION…] - [ARG…]           a script on standard input
      nsh fmt | demo | export …        lay out, show or write up scripts (each has --help)
      """,
    discussion:
      "Exit status: 0 done, 1 failed, 2 wrong usage or check, 3 assertion, 6 7 28 22 35 56 60 network errors as curl's.",
    version: "nsh \(Invocation.version)")

  @Option(
    name: .customShort("c"), parsing: .unconditional,
    help: ArgumentHelp("Run this text instead of a file; what follows goes to $args.", valueName: "text"))
  var text: String?

  @Flag(name: .customShort("i"), help: "Stay at the prompt afterwards.")
  var staysAtPrompt = false

  @Flag(help: "Only check: show all findings and run nothing.")
  var check = false

  @Flag(help: "Print every value as one JSON text a line; with --check the findings.")
  var json = false

  @Option(help: "Colours: auto, always or never. NO_COLOR is honoured.")
  var color = ColorChoice.auto

  @Option(help: ArgumentHelp("The deadline of every statement, such as 10s or 1min30s.", valueName: "duration"))
  var timeout: TimeSpan?

  @Flag(name: .customShort("x"), help: "Echo each statement to standard error before it runs.")
  var echo = false

  @Flag(help: "Go on after an error, and end with the first error's status.")
  var keepGoing = false

  @Flag(help: "Tell each step on the network and hold it before it is done, as `step { … }` does.")
  var step = false

  @Option(
    help: ArgumentHelp(
      "How far down --step goes: \(StepDepth.names.joined(separator: ", ")).", valueName: "depth"))
  var depth: StepDepth?

  @Flag(help: "Run scripts on the real internet: no lab is started, and its names are replaced by real ones.")
  var live = false

  @Flag(help: "Do not run $XDG_CONFIG_HOME/nsh/config.nsh before the prompt.")
  var noConfig = false

  @Option(
    help: ArgumentHelp("Print the script that lets another shell complete these options.", valueName: "shell"))
  var completions: OtherShell?

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("A script, or - for standard input, and what goes to its $args.", valueName: "file"),
    completion: .file())
  var words: [String] = []

  func validate() throws {
    guard step || depth == nil else { throw ValidationError("--depth is how far down --step goes: give both") }
    // What looks like an option there was not recognised as one.
    guard text == nil, let first = words.first, first.hasPrefix("-"), first != "-", first != "--" else { return }
    switch first {
    case "-h", "--help": throw CleanExit.helpRequest(Self.self)
    case "--version": throw CleanExit.message("nsh \(Invocation.version)")
    default: throw ValidationError("there is no option \(first)")
    }
  }

  /// What is asked for, in plain values.
  var invocation: Invocation {
    Invocation(
      text: text, words: words, staysAtPrompt: staysAtPrompt, check: check, json: json, color: color, timeout: timeout,
      echo: echo, keepGoing: keepGoing, live: live, readsConfiguration: !noConfig,
      stepDepth: step ? depth ?? .standard : nil)
  }
}

/// A shell that can learn how nsh is called.
enum OtherShell: String, CaseIterable, ExpressibleByArgument {
  case bash, zsh, fish

  /// The script for it, made from the declaration of the options.
  var completions: String {
    switch self {
    case .bash: Options.completionScript(for: .bash)
    case .zsh: Options.completionScript(for: .zsh)
    case .fish: Options.completionScript(for: .fish)
    }
  }
}

extension ColorChoice: ExpressibleByArgument {}

extension StepDepth: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument) }
  public static var allValueStrings: [String] { names }
}

extension TimeSpan: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
