/// What is told between statements as Markdown: what would mean something to Markdown and is no mark of the talk is escaped.
enum MarkdownText {
  /// Writes what is told, of which `code`, **strong** words and addresses of the web keep their meaning (CommonMark §2.4, §6).
  static func prose(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    let prose = parts.enumerated().map { index, part in
      guard index % 2 == 1 else { return strong(part) }
      // The last one is opened and never closed.
      guard index < parts.count - 1 else { return "\\`" + strong(part) }
      return part.isEmpty ? "\\`\\`" : "`\(part)`"
    }.joined()
    return beginning(prose)
  }

  private static func strong(_ prose: Substring) -> String {
    let parts = prose.split(separator: "**", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      let words = part.split(separator: " ", omittingEmptySubsequences: false).map(escaped).joined(separator: " ")
      guard index % 2 == 1 else { return words }
      return index < parts.count - 1 ? "**\(words)**" : "\\*\\*" + words
    }.joined()
  }

  private static func escaped(_ word: Substring) -> String {
    if let target = HTMLText.target(of: word), !target.contains(where: { $0 == "<" || $0 == ">" }) {
      return "<\(target)>" + escaped(word[target.endIndex...])
    }
    return word.map { Self.special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// HTML, emphasis, links, struck words, references to characters, and the mathematics of GitHub.
  private static let special: Set<Character> = ["\\", "<", "*", "_", "[", "~", "&", "$"]

  /// Escapes what would begin a heading, a quotation, a list or a line across the page.
  private static func beginning(_ prose: String) -> String {
    guard let first = prose.first else { return prose }
    if "#>+-=".contains(first) { return "\\" + prose }
    let digits = prose.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let mark = prose.dropFirst(digits.count).first, mark == ")" || mark == "." else {
      return prose
    }
    return digits + "\\" + prose.dropFirst(digits.count)
  }

  /// Writes a heading; hashes at its end would be taken for its close (CommonMark §4.2).
  static func heading(_ text: String) -> String {
    let prose = prose(text)
    return prose.hasSuffix("#") ? prose.dropLast() + "\\#" : prose
  }
}
