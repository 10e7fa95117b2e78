import Net

/// The sections of a document, found by their headings.
///
/// A heading stands behind a blank line. With a number it is one if the table of contents has it, wherever it stands, or if it begins in the first
/// column and comes next in order; without a number if it stands alone in the first column and reads like a title.
struct RFCSections {
  private(set) var found: [RFCText.Section] = []
  private let lines: [String]
  private let contents: RFCContents
  /// Whether paragraphs begin in the first column, as in some old documents, so that a line there says little.
  private let isFlush: Bool

  init(_ lines: [String]) {
    self.lines = lines
    contents = RFCContents(lines)
    let text = lines.filter { !RFCPages.isBlank($0) }
    isFlush = text.count { RFCPages.indent($0) == 0 } > text.count / 4 + 10
    find()
  }

  private mutating func find() {
    var last: [Int] = []
    var open: (heading: RFCHeading, start: Int, lines: Int)?
    var index = 0
    func close(_ end: Int) -> RFCText.Section? {
      open.map {
        RFCText.Section(
          number: $0.heading.number, title: $0.heading.title, lines: $0.start..<end, headingLines: $0.lines)
      }
    }
    while index < lines.count {
      if contents.range.contains(index) {
        // Nothing in it is a heading, but it ends the section before it.
        if let section = close(index) { found.append(section) }
        open = nil
        index = max(index + 1, contents.range.upperBound)
        continue
      }
      guard let heading = heading(at: index, after: last) else {
        index += 1
        continue
      }
      if let section = close(index) { found.append(section) }
      open = (heading.heading, index, heading.lines)
      if !heading.heading.number.isEmpty { last = heading.heading.path }
      index += heading.lines
    }
    if let section = close(lines.count) { found.append(section) }
  }

  /// Gives the heading that begins with this line, and how many lines it has.
  private func heading(at index: Int, after last: [Int]) -> (heading: RFCHeading, lines: Int)? {
    guard index == 0 || RFCPages.isBlank(lines[index - 1]), !RFCPages.isBlank(lines[index]) else { return nil }
    let line = lines[index]
    guard let heading = RFCHeading(line) else {
      return isTitle(at: index) ? (RFCHeading(number: "", title: line), 1) : nil
    }
    guard !RFCContents.withoutPage(line).hasPage else { return nil }
    let isFirstColumn = RFCPages.indent(line) == 0
    if contents.lists(heading) { return extended(heading, index) }
    guard isFirstColumn, heading.follows(last) else { return nil }
    let whole = extended(heading, index)
    let next = index + whole.lines
    // A sentence, or a paragraph in the first column, that begins with a number is an item of a list.
    guard let end = whole.heading.title.utf8.last, !".,;".utf8.contains(end) else { return nil }
    guard next >= lines.count || RFCPages.isBlank(lines[next]) || RFCPages.indent(lines[next]) > 0 else { return nil }
    return whole
  }

  /// Takes the lines with which a long title goes on, below where it began.
  private func extended(_ heading: RFCHeading, _ index: Int) -> (heading: RFCHeading, lines: Int) {
    let line = Array(lines[index].utf8)
    let title = Array(heading.title.utf8)
    let column = line.count - title.count - line.reversed().prefix { $0.isBlank }.count
    var whole = heading
    var count = 1
    while count < 4, index + count < lines.count, case let more = lines[index + count], !RFCPages.isBlank(more),
      RFCPages.indent(more) == column, column > 0
    {
      whole.title += " " + RFCPages.trimmed(more)
      count += 1
    }
    // What is followed by more text was a paragraph, not a title.
    guard count > 1, index + count < lines.count, !RFCPages.isBlank(lines[index + count]) else { return (whole, count) }
    return (heading, 1)
  }

  /// The sections that have no number in most RFCs (RFC 7322 §4).
  private static let usual: Set<String> = [
    "abstract", "status of this memo", "status of memo", "copyright notice", "full copyright statement",
    "copyright statement",
    "acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment", "contributors", "index",
    "author's address", "authors' addresses", "author's addresses", "editor's address", "editors' addresses",
    "references", "normative references", "informative references", "security considerations", "iana considerations",
    "intellectual property", "intellectual property statement", "introduction", "foreword", "preface", "overview",
    "iesg note", "rfc editor's note",
  ]

  /// Tells whether a line without a number reads like a title and stands alone.
  private func isTitle(at index: Int) -> Bool {
    let line = lines[index]
    guard line.utf8.count <= 72, let first = line.utf8.first, first.isLetter, first != first.lowercased,
      index + 1 >= lines.count || RFCPages.isBlank(lines[index + 1])
    else { return false }
    if Self.usual.contains(RFCHeading.plain(line)) { return true }
    // The first block names working group and authors.
    guard !isFlush, index > 5, let last = line.utf8.last(where: { !$0.isBlank }) else { return false }
    return !".,;:".utf8.contains(last) && !line.contains("  ") && line.utf8.count { $0.isBlank } < 10
  }
}
