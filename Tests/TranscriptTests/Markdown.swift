import Testing

/// What the tests read out of a page: its samples and its grammar.
enum Markdown {
  /// A block of code and, below it, what it prints.
  struct Sample: Sendable, CustomTestStringConvertible {
    let code: String
    /// The name of the file that the code is, instead of one to run.
    let fileName: String?
    var output: [String] = []
    /// The line of the page where the code begins, from 1.
    let line: Int

    var testDescription: String { code }
  }

  /// Gives the blocks marked `nsh`, each with the block marked `text` that directly follows it.
  static func samples(in page: String) -> [Sample] {
    var samples: [Sample] = []
    var block: (mark: String, line: Int, lines: [String])?
    var lastEnd = -1
    for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated() {
      guard line.hasPrefix("```") else {
        block?.lines.append(line)
        continue
      }
      guard let (mark, start, lines) = block else {
        block = (String(line.dropFirst(3)), index, [])
        continue
      }
      block = nil
      if mark == "nsh" || mark.hasPrefix("nsh ") {
        let fileName = mark.split(separator: " ").dropFirst().first.map(String.init)
        samples.append(Sample(code: lines.joined(separator: "\n"), fileName: fileName, line: start + 2))
        lastEnd = index
      } else if mark == "text", start == lastEnd + 1, !samples.isEmpty {
        samples[samples.count - 1].output = lines
      }
    }
    return samples
  }

  /// Gives the lines of all blocks with this mark.
  static func fenced(_ mark: String, in page: String) -> [String] {
    var lines: [String] = []
    var isInside = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```" + mark
        lines.append("")
      } else if isInside {
        lines.append(String(line))
      }
    }
    return lines
  }

  /// Gives the productions `name = …` by their names, those that go on over several lines joined.
  static func productions(in lines: [String]) -> [String: String] {
    var productions: [String: String] = [:]
    var last: String?
    for line in lines {
      if line.hasPrefix(" "), let name = last {
        productions[name, default: ""] += " " + line.drop { $0 == " " }
        continue
      }
      let name = line.prefix { $0.isLowercase || $0 == "-" }
      last = !name.isEmpty && line.dropFirst(name.count).hasPrefix(" = ") ? String(name) : nil
      if let last { productions[last] = line }
    }
    return productions
  }
}
