import Interpreter
import Stage

/// The manual page nsh(1), made from the declarations of the options and the commands: share/man/man1/nsh.1.
enum ManualPage {
  /// Gives the page in the macros of man(7).
  static func text(commands: [Command]) -> String {
    var lines = [
      ".\\\" Made from the declarations by `make docs`; do not edit.", ".TH NSH 1 \"\" \"nsh \(Invocation.version)\"",
      ".SH NAME", "nsh \\- a shell for networks", ".SH SYNOPSIS", ".nf",
    ]
    lines += Options.configuration.usage.map { $0.split(separator: "\n").map { escaped(String($0)) } } ?? []
    lines += [
      escaped(Format.configuration.usage ?? "")
    ]
    for usage in [Demo.configuration.usage, Export.configuration.usage] {
      lines += (usage ?? "").split(separator: "\n").map { escaped(String($0)) }
    }
    lines += [
      ".fi", ".SH DESCRIPTION", escaped(Options.configuration.abstract),
    ]
    lines += ["At the prompt `help` lists the commands, `help NAME` shows one, Tab and `?` show what can follow."]
    lines.append(".SH OPTIONS")
    for row in rows(of: "OPTIONS:", in: Options.helpMessage(columns: 4000)) { lines += entry(row.term, row.text) }
    lines += [".SH NSH FMT", escaped(Format.configuration.abstract)]
    for row in rows(of: "OPTIONS:", in: Format.helpMessage(columns: 4000)) { lines += entry(row.term, row.text) }
    lines += [".SH NSH DEMO", escaped(Demo.configuration.abstract)]
    for row in rows(of: "OPTIONS:", in: Demo.helpMessage(columns: 4000)) { lines += entry(row.term, row.text) }
    lines.append("Its keys:")
    for binding in Cue.bindings { lines += entry(binding.names, binding.sentence) }
    lines += [".SH NSH EXPORT", escaped(Export.configuration.abstract)]
    for row in rows(of: "OPTIONS:", in: Export.helpMessage(columns: 4000)) { lines += entry(row.term, row.text) }
    lines += [".SH EXIT STATUS", escaped(Options.configuration.discussion.replacing("Exit status: ", with: ""))]
    lines.append(".SH COMMANDS")
    for command in commands { lines += entry(command.usage, command.sentence) }
    lines.append(".SH FILES")
    lines += entry("$XDG_CONFIG_HOME/nsh/config.nsh", "What runs before the prompt; by default below ~/.config.")
    lines += entry("$XDG_STATE_HOME/nsh/history", "What was typed; by default below ~/.local/state.")
    lines += entry("FILE.rehearsal", "What a talk gave at its rehearsal, `nsh demo --rehearse FILE`.")
    lines += entry("~/.editrc", "Keys of the prompt, editrc(5).")
    lines.append(".SH ENVIRONMENT")
    lines += entry("NO_COLOR", "Shows no colours if it is set and not empty.")
    lines += entry("PAGER", "What shows long output at the prompt.")
    lines += entry("NSH_SHARE", "The folder of what comes with the shell.")
    lines += [".SH SEE ALSO", "curl(1), dig(1), nc(1), editrc(5)", ""]
    return lines.joined(separator: "\n")
  }

  /// Reads the entries of a section of what the parser of options says of itself, whose lines are not wrapped.
  private static func rows(of section: String, in help: String) -> [(term: String, text: String)] {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != section }.dropFirst()
    var rows: [(term: String, text: String)] = []
    for line in lines.prefix(while: { !$0.isEmpty }) {
      let text = line.drop { $0 == " " }
      // Behind a long term the text stands on the next line, in its column.
      if line.count - text.count > 8, let last = rows.indices.last {
        rows[last].text += text
      } else if let gap = text.firstRange(of: "  ") {
        rows.append((String(text[..<gap.lowerBound]), String(text[gap.upperBound...].drop { $0 == " " })))
      } else {
        rows.append((String(text), ""))
      }
    }
    return rows
  }

  private static func entry(_ term: String, _ text: String) -> [String] {
    [".TP", "\\fB\(escaped(term))\\fR", escaped(text)]
  }

  /// Writes text so that roff(7) takes none of it for its own.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}
