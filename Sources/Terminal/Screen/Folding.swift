/// A text of one line folded to columns: behind spaces and separators where it can, else inside a word, never inside a character.
public struct Folding {
  public private(set) var lines: [String] = []

  /// What a line may end with.
  private static let separators: Set<Character> = [" ", ",", ";", "/", "|", "&"]

  /// Folds; of more than `atMost` lines the last one ends with `…`.
  public init(_ text: String, columns: Int, atMost: Int = .max) {
    let columns = max(columns, 1)
    guard DisplayWidth.of(text) > columns else {
      lines = [text]
      return
    }
    var line: [Character] = []
    var width = 0
    /// How many characters of the line stand before the last place where it may end.
    var end = 0
    for character in text {
      let own = DisplayWidth.of(String(character))
      var isSkipped = false
      while width + own > columns, !line.isEmpty, !isSkipped {
        guard lines.count + 1 < atMost else {
          lines.append(DisplayWidth.cut(String(line) + "…" + " ", to: columns))
          return
        }
        let kept = end > 0 && character != " " ? Array(line[end...]) : []
        let finished = line.dropLast(kept.count)
        lines.append(String(finished.last == " " ? finished.dropLast() : finished))
        (line, end) = (kept, 0)
        width = kept.reduce(0) { $0 + DisplayWidth.of(String($1)) }
        isSkipped = character == " "
      }
      if isSkipped { continue }
      line.append(character)
      width += own
      if Self.separators.contains(character) { end = line.count }
    }
    lines.append(String(line))
  }

  /// Gives the columns of the longest part that is better not divided.
  static func longestWord(of text: String) -> Int {
    text.split(whereSeparator: { separators.contains($0) }).reduce(0) { max($0, DisplayWidth.of(String($1)) + 1) }
  }
}
