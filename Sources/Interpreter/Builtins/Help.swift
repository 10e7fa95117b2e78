/// What `help` says, made from declarations alone.
public enum Help {
  /// Gives the page of one command.
  public static func text(for command: Command) -> String {
    var lines = [command.sentence, "", "  " + command.usage]
    let rows = command.parameters.map { (term($0), explanation($0)) }
    if !rows.isEmpty {
      let width = rows.map { $0.0.count }.max() ?? 0
      lines.append("")
      for (term, text) in rows {
        lines.append("  " + term + String(repeating: " ", count: width - term.count + 2) + text)
      }
    }
    if !command.examples.isEmpty {
      lines += ["", "Examples:"]
      for example in command.examples {
        lines.append("  " + example.line + (example.note.map { "    # \($0)" } ?? ""))
        for line in (example.output ?? "").split(separator: "\n") { lines.append("    " + line) }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Gives the commands of a noun, or all, each with its sentence.
  public static func table(of commands: [Command]) -> Value {
    .list(commands.map { .record(Record(["command": .string($0.name), "what it does": .string($0.sentence)])) })
  }

  /// Gives the page of a function defined in a script.
  static func text(for code: FunctionCode) -> String {
    let usage = code.parameters.usage(of: code.name)
    return (code.comment.isEmpty ? "A function of this session." : code.comment) + "\n\n  " + usage
  }

  static func term(_ spec: ParameterSpec) -> String {
    switch spec.kind {
    case .flag: (spec.name.utf8.count == 1 ? "-" : "--") + spec.name
    case .option: "--\(spec.name) \(spec.type.rawValue.uppercased())"
    case .positional, .rest: spec.name.uppercased()
    }
  }

  static func explanation(_ spec: ParameterSpec) -> String {
    var text = spec.sentence
    if !spec.choices.isEmpty { text += " (one of \(spec.choices.joined(separator: ", ")))" }
    if let shown = spec.defaultText { text += " (default \(shown))" }
    return text
  }
}

extension Session {
  /// Gives the help for a topic: a command, a noun, or a function of this session; nil if there is none.
  public func help(for topic: String) -> Value? {
    if let command = commands[topic] { return .string(Help.text(for: command)) }
    if let code = definitions[topic] { return .string(Help.text(for: code)) }
    let words = topic.split(separator: " ").map(String.init)
    if words.count == 2, let code = used[words[0]]?.definitions[words[1]] { return .string(Help.text(for: code)) }
    if let module = used[topic], words.count == 1 {
      let names = module.definitions.keys.sorted()
      return .list(
        names.compactMap { name in
          module.definitions[name].map { code in
            let about = code.comment.split(separator: "\n").first.map(String.init) ?? ""
            return .record(Record(["command": .string("\(topic) \(name)"), "what it does": .string(about)]))
          }
        })
    }
    let family = commands.withNoun(topic)
    return family.isEmpty ? nil : Help.table(of: family)
  }
}
