/// Text of any origin as HTML (HTML Living Standard §13.1.4: `&`, `<`, `>` and quotes as character references).
enum HTMLText {
  static func escaped(_ text: some StringProtocol) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// Writes what is told: `code` between backquotes, **words** between asterisks strong, and addresses of the web as links.
  static func prose(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      if index % 2 == 1, index < parts.count - 1 { return "<code>\(escaped(part))</code>" }
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
    guard word.hasPrefix("https://") || word.hasPrefix("http://") else { return escaped(word) }
    var target = word
    while let last = target.last, ".,;:!?)".contains(last) { target.removeLast() }
    let link = escaped(target)
    return "<a href=\"\(link)\">\(link)</a>" + escaped(word[target.endIndex...])
  }
}
