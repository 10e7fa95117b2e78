extension Help {
  /// Finds words in what is known of commands and in a guide: a table of what to ask `help` for and where the words stand.
  ///
  /// All words must stand together: in a command's name, sentence and parameters, or in a section's title and text. Names
  /// come first, then sentences, parameters, titles and texts. Small and capital letters are the same.
  public static func search(_ words: [String], in commands: [Command], _ guide: Guide?) -> Value {
    let words = words.map { $0.lowercased() }
    var hits: [[(topic: String, line: String)]] = Array(repeating: [], count: 5)
    let foreign = words.joined(separator: " ")
    if let advice = ForeignWords.advice[foreign] { hits[0].append((foreign, advice)) }
    for command in commands {
      let parameters = command.parameters.map { "\($0.name): \($0.sentence)" }
      guard holds(words, in: ([command.name, command.sentence] + parameters).joined(separator: "\n")) else { continue }
      if holds(words, in: command.name) {
        hits[0].append((command.name, command.sentence))
      } else if let parameter = parameters.first(where: { holds(words, in: $0) }), !holds(words, in: command.sentence) {
        hits[2].append((command.name, parameter))
      } else {
        hits[1].append((command.name, command.sentence))
      }
    }
    for section in guide?.sections ?? [] {
      let topic = (guide?.name ?? "") + "." + section.name
      let lines = section.lines.filter { !$0.hasPrefix("```") }
      if holds(words, in: section.title) {
        hits[3].append((topic, section.title))
      } else if holds(words, in: lines.joined(separator: "\n")) {
        let line = lines.first { holds(words, in: $0) } ?? lines.first { holds(Array(words.prefix(1)), in: $0) }
        hits[4].append((topic, line ?? section.title))
      }
    }
    return .list(
      hits.joined().map { .record(Record(["help": .string($0.topic), "says": .string(trimmed($0.line))])) })
  }

  private static func holds(_ words: [String], in text: String) -> Bool {
    let text = text.lowercased()
    return words.allSatisfy { text.contains($0) }
  }

  private static func trimmed(_ line: String) -> String { String(line.drop { $0 == " " || $0 == "-" }) }
}
