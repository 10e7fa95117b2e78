/// The paragraphs of a comment: text that flows, items of lists, and lines that stay as they are.
enum Narration {
  /// Reads comment lines without their `#` and the space behind it.
  static func paragraphs(of lines: [String]) -> [Paragraph] {
    var paragraphs: [Paragraph] = []
    var isOpen = false
    for line in lines {
      let text = line.drop { $0 == " " || $0 == "\t" }
      let indent = line.count - text.count
      defer { isOpen = !text.isEmpty }
      guard !text.isEmpty else { continue }
      if isOpen, case .item(let mark, let before) = paragraphs.last, indent > 0, self.mark(of: text) == nil {
        paragraphs[paragraphs.count - 1] = .item(mark: mark, before + " " + text)
      } else if let mark = mark(of: text) {
        paragraphs.append(.item(mark: mark, String(text.dropFirst(mark.count).drop { $0 == " " })))
      } else if indent >= 2 {
        addVerbatim(line, isOpen, to: &paragraphs)
      } else if isOpen, case .text(let before) = paragraphs.last {
        paragraphs[paragraphs.count - 1] = .text(before + " " + text)
      } else {
        paragraphs.append(.text(String(text)))
      }
    }
    return paragraphs.map { if case .verbatim(let lines) = $0 { .verbatim(outdented(lines)) } else { $0 } }
  }

  private static func addVerbatim(_ line: String, _ isOpen: Bool, to paragraphs: inout [Paragraph]) {
    guard isOpen, case .verbatim(let before) = paragraphs.last else { return paragraphs.append(.verbatim([line])) }
    paragraphs[paragraphs.count - 1] = .verbatim(before + [line])
  }

  private static func outdented(_ lines: [String]) -> [String] {
    let indent = lines.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { String($0.dropFirst(indent)) }
  }

  /// Gives what begins an item: `-`, `*`, or a number of up to three digits with a full stop.
  private static func mark(of text: Substring) -> String? {
    if text.hasPrefix("- ") || text.hasPrefix("* ") { return String(text.prefix(1)) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard (1...3).contains(digits.count), text.dropFirst(digits.count).hasPrefix(". ") else { return nil }
    return digits + "."
  }
}
