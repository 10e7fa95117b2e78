/// A text of Markdown that `help` shows by its sections: the pages of the language.
public struct Guide: Sendable {
  /// What stands under one heading.
  public struct Section: Sendable {
    public let title: String
    /// How `help` is asked for it: the title in small letters, with `-` for what is no letter or digit.
    public let name: String
    public let lines: [String]

    init(title: String, lines: [String]) {
      self.title = title
      self.lines = lines
      name = title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }
  }

  /// The word before the dot: `language` in `help language.loops`.
  public let name: String
  public let sections: [Section]

  /// Reads the sections of a Markdown text; each begins with a heading of level two or three.
  public init(name: String, markdown: String) {
    self.name = name
    var sections: [Section] = []
    var title: String?
    var lines: [String] = []
    var isCode = false
    func end() {
      guard let title else { return }
      while lines.last?.isEmpty ?? false { lines.removeLast() }
      sections.append(Section(title: title, lines: Array(lines.drop { $0.isEmpty })))
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") { isCode.toggle() }
      guard !isCode, line.hasPrefix("## ") || line.hasPrefix("### ") else {
        lines.append(line)
        continue
      }
      end()
      title = String(line.drop { $0 == "#" || $0 == " " })
      lines = []
    }
    end()
    self.sections = sections
  }

  /// Gives the sections, each with its first sentence.
  public var contents: Value {
    .list(
      sections.map { section in
        .record(Record(["section": .string("\(name).\(section.name)"), "about": .string(section.firstSentence)]))
      })
  }

  /// What `help` can be asked for.
  public var topics: [String] { [name] + sections.map { name + "." + $0.name } }

  /// Gives the section with this name, with or without the guide's own before it.
  public func section(_ topic: String) -> Section? {
    let topic = topic.lowercased().replacing(" ", with: "-")
    let wanted = topic.hasPrefix(name + ".") ? String(topic.dropFirst(name.count + 1)) : topic
    return sections.first { $0.name == wanted }
  }
}

extension Guide.Section {
  /// The section as `help` shows it: code is indented instead of fenced, what it prints further still.
  public var text: String {
    var shown = [title, ""]
    var indent = ""
    for line in lines {
      if line.hasPrefix("```") {
        indent = indent.isEmpty ? (line.hasPrefix("```text") ? "    " : "  ") : ""
        continue
      }
      shown.append(line.isEmpty ? "" : indent + line)
    }
    return shown.joined(separator: "\n")
  }

  /// The first sentence under the heading, without a full stop.
  var firstSentence: String {
    var isCode = false
    let start = lines.firstIndex { line in
      let isFence = line.hasPrefix("```")
      if isFence { isCode.toggle() }
      return !isFence && !isCode && !line.isEmpty
    }
    let paragraph = lines[(start ?? lines.endIndex)...].prefix { !$0.isEmpty }.joined(separator: " ")
    let sentence = paragraph.firstRange(of: ". ").map { String(paragraph[..<$0.lowerBound]) } ?? paragraph
    return sentence.hasSuffix(".") || sentence.hasSuffix(":") ? String(sentence.dropLast()) : sentence
  }
}
