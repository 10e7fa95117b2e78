import Net

/// A rule of a grammar as it stands in a document: `token = 1*tchar` (ABNF, RFC 5234 and RFC 7405).
public struct ABNFRule: Hashable, Sendable {
  /// The rule's name as it is written.
  public let name: String
  /// Its lines without the margin that they share, comments included.
  public let text: String
  /// The number of the section that it stands in; empty before the first.
  public let section: String
  /// The line of the document that it begins with, from 0.
  public let line: Int
}

extension RFCText {
  /// The rules of the document's grammar in their order; one that is collected again in an appendix comes once.
  public var grammar: [ABNFRule] {
    var rules: [ABNFRule] = []
    var seen: Set<[String]> = []
    var index = 0
    while index < lines.count {
      guard let start = ABNFReader.ruleStart(lines[index]), let end = end(of: start, at: index) else {
        index += 1
        continue
      }
      let block = lines[index..<end].map { String($0.utf8.dropFirst(start.indent)) ?? $0 }
      // Two that differ in spaces alone are the same.
      let words = block.flatMap { $0.split(separator: " ").map(String.init) }
      if seen.insert(words).inserted {
        rules.append(
          ABNFRule(
            name: start.name, text: block.joined(separator: "\n"), section: section(ofLine: index)?.number ?? "",
            line: index))
      }
      index = end
    }
    return rules
  }

  /// Finds where a rule ends: at the first line that is not indented deeper; nil if what stands there is no rule.
  private func end(of start: ABNFReader.Start, at index: Int) -> Int? {
    var end = index + 1
    while end < lines.count, end - index < ABNFReader.longest {
      if RFCPages.isBlank(lines[end]) {
        // A page may have been broken within the rule: then an alternative goes on behind it.
        guard end + 1 < lines.count, RFCPages.indent(lines[end + 1]) > start.indent,
          RFCPages.trimmed(lines[end + 1]).hasPrefix("/")
        else { break }
      } else if RFCPages.indent(lines[end]) <= start.indent {
        break
      }
      end += 1
    }
    let elements = [start.elements] + lines[(index + 1)..<end]
    if ABNFReader.isElements(elements.joined(separator: "\n")) { return end }
    // Prose may follow directly below.
    return ABNFReader.isElements(start.elements) ? index + 1 : nil
  }
}
