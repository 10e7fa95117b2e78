import Wire

/// What is told between statements as HTML: code, strong words and links.
enum HTMLText {
  /// Writes what is told: `code` between backquotes, **words** between asterisks strong, and addresses of the web as links.
  static func prose(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      if index % 2 == 1, index < parts.count - 1 {
        guard !part.isEmpty else { return "``" }
        return "<code>\(HTMLEscaping.escape(part))</code>"
      }
      let prose = strong(part)
      return index % 2 == 1 ? "`" + prose : prose
    }.joined()
  }

  private static func strong(_ prose: Substring) -> String {
    let parts = prose.split(separator: "**", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      let words = part.split(separator: " ", omittingEmptySubsequences: false).map(linked).joined(separator: " ")
      guard index % 2 == 1 else { return words }
      return index < parts.count - 1 ? "<strong>\(words)</strong>" : "**" + words
    }.joined()
  }

  private static func linked(_ word: Substring) -> String {
    guard let target = target(of: word) else { return HTMLEscaping.escape(word) }
    let link = HTMLEscaping.escape(target)
    return "<a href=\"\(link)\">\(link)</a>" + HTMLEscaping.escape(word[target.endIndex...])
  }

  /// Gives the address with which a word begins, without the punctuation behind it.
  static func target(of word: Substring) -> Substring? {
    guard word.hasPrefix("https://") || word.hasPrefix("http://") else { return nil }
    var target = word
    while let last = target.last, ".,;:!?)".contains(last) { target.removeLast() }
    return target
  }
}
