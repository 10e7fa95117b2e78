import Net

/// The table of contents of an RFC: where it stands, and which headings it promises.
struct RFCContents {
  /// The lines of the table, its heading first; empty where there is none.
  private(set) var range = 0..<0
  private var titles: [String: String] = [:]

  /// A table of fewer entries says too little to judge headings by.
  private static let fewest = 3
  /// So many lines in a row that are no entries end the table.
  private static let patience = 3

  init(_ lines: [String]) {
    let names = ["table of contents", "contents"]
    guard
      let start = lines.firstIndex(where: { line in
        line.utf8.count < 80 && names.contains(RFCHeading.plain(RFCPages.trimmed(line)))
      })
    else { return }
    var end = start + 1
    var first: RFCHeading?
    var last: String?
    var strangers = 0
    for index in (start + 1)..<max(start + 1, lines.count) {
      let line = lines[index]
      guard !RFCPages.isBlank(line) else { continue }
      let (text, hasPage) = Self.withoutPage(line)
      // The body begins in the first column, where entries stand only with their pages.
      guard RFCPages.indent(line) > 0 || hasPage else { break }
      if let heading = RFCHeading(text) {
        guard heading != first else { break }
        first = first ?? heading
        titles[heading.number] = heading.title
        last = heading.number
        strangers = 0
      } else if let number = last, !hasPage, RFCPages.indent(line) > 3, let title = titles[number] {
        titles[number] = title + " " + RFCPages.trimmed(text)
        strangers += 1
      } else {
        strangers += hasPage ? 0 : 1
        last = nil
      }
      guard strangers < Self.patience else { break }
      end = index + 1
    }
    range = start..<end
    if titles.count < Self.fewest { titles = [:] }
  }

  var isEmpty: Bool { titles.isEmpty }

  /// Tells whether the table has this heading, perhaps with a longer title.
  func lists(_ heading: RFCHeading) -> Bool {
    guard let title = titles[heading.number] else { return false }
    return RFCHeading.plain(title).hasPrefix(RFCHeading.plain(heading.title))
  }

  /// Cuts the leaders and the page off an entry: `Introduction ....... 3`, `Introduction . . . . 3`, `Introduction        3`.
  static func withoutPage(_ line: String) -> (text: String, hasPage: Bool) {
    var bytes = Array(line.utf8)[...]
    while let last = bytes.last, last.isBlank { bytes.removeLast() }
    let digits = bytes.reversed().prefix { $0.isDigit || "ivx".utf8.contains($0) }.count
    guard digits > 0, digits < 5 else { return (line, false) }
    let front = bytes.dropLast(digits)
    let gap = front.reversed().prefix { $0.isBlank || $0 == 0x2E }
    let dots = gap.count { $0 == 0x2E }
    guard dots >= 3 || dots == 0 && gap.count >= 3, gap.count < front.count else { return (line, false) }
    return (text(of: front.dropLast(gap.count)), true)
  }
}
