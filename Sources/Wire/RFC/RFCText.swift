import Net

/// The text form of an RFC: pages of 58 lines with running headers and footers (RFC 7994 describes it), read as one document.
public struct RFCText: Hashable, Sendable {
  /// One numbered section with the text up to the next heading.
  public struct Section: Hashable, Sendable {
    /// `1.2` or `A.1`, without a final dot.
    public let number: String
    public let title: String
    /// The lines behind the heading, blank ones at both ends cut off.
    public let body: String
  }

  /// The number after `Request for Comments:`; nil where the heading names none.
  public let number: Int?
  /// The title, its lines joined by single spaces; empty where there is none.
  public let title: String
  /// The sections in order; the table of contents does not count.
  public let sections: [Section]
  /// The document without form feeds, page footers and running headers, lines ending with LF.
  public let withoutPageBreaks: String

  /// Reads a document as served: UTF-8, or ISO 8859-1 as a few old ones are.
  public init(_ bytes: [UInt8]) { self.init(text(of: bytes)) }

  public init(_ text: String) {
    let lines = RFCPages.joined(text)
    withoutPageBreaks = lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n")
    number = Self.number(in: lines)
    title = Self.title(in: lines)
    sections = Self.sections(in: lines)
  }

  private static func isBlank(_ line: String) -> Bool { line.utf8.allSatisfy(\.isBlank) }

  private static func number(in lines: [String]) -> Int? {
    let mark = "Request for Comments:"
    guard let line = lines.prefix(40).first(where: { $0.hasPrefix(mark) }) else { return nil }
    let digits = line.utf8.dropFirst(mark.utf8.count).drop { $0.isBlank }.prefix { $0.isDigit }
    return Int(String(Substring(digits)))
  }

  /// The title is the second block of lines, centred below the block that names the authors.
  private static func title(in lines: [String]) -> String {
    var rest = lines[...]
    rest = rest.drop { isBlank($0) }
    rest = rest.drop { !isBlank($0) }
    rest = rest.drop { isBlank($0) }
    return rest.prefix { !isBlank($0) }.map(RFCPages.trimmed).joined(separator: " ")
  }

  private static func sections(in lines: [String]) -> [Section] {
    var found: [Section] = []
    var open: (number: String, title: String, start: Int)?
    func close(_ end: Int) {
      guard let heading = open else { return }
      var body = lines[heading.start..<end]
      body = body.drop(while: isBlank)
      while let last = body.last, isBlank(last) { body.removeLast() }
      found.append(Section(number: heading.number, title: heading.title, body: body.joined(separator: "\n")))
    }
    for (index, line) in lines.enumerated() {
      guard index == 0 || isBlank(lines[index - 1]), let heading = heading(line) else { continue }
      close(index)
      open = (heading.number, heading.title, index + 1)
    }
    close(lines.count)
    return found
  }

  /// Reads a heading that begins in the first column: `1.  Title`, `2.3 Title`, `A.1.  Title`, `Appendix B.  Title`.
  private static func heading(_ line: String) -> (number: String, title: String)? {
    var rest = Array(line.utf8)[...]
    let appendix = rest.starts(with: "Appendix ".utf8)
    if appendix { rest = rest.dropFirst(9) }
    let label = rest.prefix { !$0.isBlank }
    let title = ASCII.trimmed(rest.dropFirst(label.count))
    var parts = label.split(separator: 0x2E, omittingEmptySubsequences: false)
    let hadDot = parts.count > 1
    if let last = parts.last, last.isEmpty || last.elementsEqual(":".utf8) { parts.removeLast() }
    guard let first = parts.first, !title.isEmpty, !isContentsLine(title) else { return nil }
    let isLetter = first.count == 1 && first.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    // "A man …" is no heading: a lone letter needs its dot or the word Appendix before it.
    guard (isLetter && (hadDot || appendix)) || isNumber(first), parts.dropFirst().allSatisfy(isNumber) else {
      return nil
    }
    return (parts.map { text(of: $0) }.joined(separator: "."), text(of: title))
  }

  private static func isNumber(_ part: ArraySlice<UInt8>) -> Bool {
    (1...3).contains(part.count) && part.allSatisfy(\.isDigit)
  }

  /// A line of the table of contents ends with leaders and a page: `Introduction ....... 3`.
  private static func isContentsLine(_ title: ArraySlice<UInt8>) -> Bool {
    let leaders = title.reversed().drop { $0.isDigit }.drop { $0.isBlank }.filter { !$0.isBlank }.prefix(3)
    return title.last?.isDigit == true && leaders.count == 3 && leaders.allSatisfy { $0 == 0x2E }
  }
}
