extension Help {
  /// Gives the reference of all commands as Markdown, in the order of their names: share/nsh/doc/commands.md.
  public static func page(of commands: [Command]) -> String {
    var lines = [
      "# The commands of nsh", "",
      "Made from the declarations in `Sources/Commands` by `make docs`; do not edit. At the prompt `help NAME` shows the same,",
      "`help WORD` searches. Every example is run by the tests; what it prints stands below it as a pipe would get it.",
      "",
      "| command | what it does |", "|---|---|",
    ]
    for command in commands {
      lines.append("| [\(command.name)](#\(command.name.replacing(" ", with: "-"))) | \(cell(command.sentence)) |")
    }
    for command in commands { lines += section(of: command) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(of command: Command) -> [String] {
    var lines = ["", "## \(command.name)", "", command.sentence, ""] + fenced(command.usage, as: "text")
    if !command.parameters.isEmpty {
      lines += ["", "| parameter | type | what it is |", "|---|---|---|"]
      lines += command.parameters.map {
        "| `\(term($0))` | \($0.type.rawValue) | \(cell(explanation($0) + filling($0))) |"
      }
    }
    lines += ["", command.gives == .null ? "Gives nothing." : "Gives \(command.gives.noun)."]
    for example in command.examples {
      let conditions = [example.note, example.needsLab ? "after `lab start`" : nil].compactMap { $0 }
      if !conditions.isEmpty { lines += ["", conditions.joined(separator: ", ") + ":"] }
      lines += [""] + fenced(example.line, as: "nsh")
      if let output = example.output, !output.isEmpty { lines += fenced(output, as: "text") }
    }
    return lines
  }

  /// Says how a parameter is filled, if not as a positional or an option.
  private static func filling(_ spec: ParameterSpec) -> String {
    if spec.isConnection { return " (from the pipe, else named first, else the current one)" }
    if spec.isPipeOnly { return " (only from the pipe)" }
    return spec.isInput ? " (from the pipe, else the first argument)" : ""
  }

  private static func fenced(_ text: String, as language: String) -> [String] {
    var text = visible(text)[...]
    while text.hasSuffix("\n") { text = text.dropLast() }
    return ["```" + language, String(text), "```"]
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("<", with: "&lt;") }

  /// Shows control characters by their pictures (Unicode, block 2400), so that the page has none but newline and tab.
  private static func visible(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 9, 10: shown.append(scalar)
      case 0..<32: shown.append(Unicode.Scalar(scalar.value + 0x2400) ?? "\u{FFFD}")
      case 127: shown.append("\u{2421}")
      case 0x80..<0xA0: shown.append("\u{FFFD}")
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }
}
