import Interpreter

let theme = Command(
  "theme", "Chooses the colours of the terminal, such as in config.nsh; without a name it gives the ones chosen.",
  Parameter<String?>.optional(
    "name", "the colours: for a dark or a light background, mono without hues, or none",
    choices: Theme.allCases.map(\.rawValue)), gives: .any,
  examples: [Example("theme light"), Example("theme")]
) { machine, name in
  let output = machine.session.output
  guard let name else { return .string(output.theme.rawValue) }
  guard let theme = Theme(rawValue: name) else {
    throw ValueError(
      "bad-choice", "there is no theme `\(name)`",
      hint: "there are " + Theme.allCases.map(\.rawValue).joined(separator: ", "), layer: .command)
  }
  output.theme = theme
  return .null
}
