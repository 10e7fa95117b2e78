/// The expected lines of an answer, with placeholders for what differs from run to run.
struct Expectation {
  let lines: [String]

  /// Tells whether an answer is what was expected.
  func matches(_ answer: [String]) -> Bool { Self.match(lines[...], answer[...]) }

  /// Gives the answer with the expected line in place of each actual one that it matches, so that placeholders survive a rewrite.
  func keepingPlaceholders(in answer: [String]) -> [String] {
    answer.map { actual in lines.first { Self.matchLine($0, actual) } ?? actual }
  }

  private static func match(_ wanted: ArraySlice<String>, _ found: ArraySlice<String>) -> Bool {
    guard let first = wanted.first else { return found.isEmpty }
    guard first == "…" else {
      guard let line = found.first, matchLine(first, line) else { return false }
      return match(wanted.dropFirst(), found.dropFirst())
    }
    return (found.startIndex...found.endIndex).contains { match(wanted.dropFirst(), found[$0...]) }
  }

  // MARK: A line

  /// What a placeholder stands for: whether it takes this text.
  private static let placeholders: [(name: String, takes: @Sendable (Substring) -> Bool)] = [
    ("<port>", { !$0.isEmpty && $0.utf8.count <= 5 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
    (
      "<time>",
      { ($0.utf8.first.map { (0x30...0x39).contains($0) } ?? false) && !$0.contains(" ") && !$0.contains("\t") }
    ),
    ("<any>", { _ in true }),
  ]

  private static func matchLine(_ wanted: String, _ found: String) -> Bool { matchText(wanted[...], found[...]) }

  private static func matchText(_ wanted: Substring, _ found: Substring) -> Bool {
    guard let first = wanted.first else { return found.isEmpty }
    for (name, takes) in placeholders where wanted.hasPrefix(name) {
      let rest = wanted.dropFirst(name.count)
      var end = found.endIndex
      while true {
        if takes(found[..<end]), matchText(rest, found[end...]) { return true }
        guard end > found.startIndex else { return false }
        end = found.index(before: end)
      }
    }
    guard found.first == first else { return false }
    return matchText(wanted.dropFirst(), found.dropFirst())
  }
}
