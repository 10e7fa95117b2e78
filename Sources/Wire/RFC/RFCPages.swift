import Net

/// The pages of an RFC's text form, put together into one column of lines.
///
/// Older RFCs have pages with a running header and footer and a form feed between them (RFC 2223 §3); newer ones have none (RFC 7994 §4).
enum RFCPages {
  /// Gives the lines without what only paper needs; a paragraph that a page cut in two is whole again.
  static func joined(_ document: String) -> [String] {
    let raw = split(document)
    let headers = RunningHeaders(raw)
    var lines: [String] = []
    var isBetweenPages = false
    for (index, piece) in raw.enumerated() {
      if piece.hasFormFeed || isFooter(piece.text) {
        if !isBetweenPages {
          dropBlankEnd(&lines)
          isBetweenPages = true
        }
        if isFooter(piece.text) { continue }
      }
      guard isBetweenPages else {
        lines.append(piece.text)
        continue
      }
      if isBlank(piece.text) || headers.contains(index) { continue }
      isBetweenPages = false
      if let last = lines.last, !continues(last, piece.text) { lines.append("") }
      lines.append(piece.text)
    }
    dropBlankEnd(&lines)
    return lines
  }

  /// A line as it stands in the document, without its end and without form feeds.
  struct Line {
    let text: String
    let hasFormFeed: Bool
  }

  private static func split(_ document: String) -> [Line] {
    document.utf8.split(separator: ASCII.lf, omittingEmptySubsequences: false).map { piece in
      var bytes = piece
      if bytes.last == ASCII.cr { bytes.removeLast() }
      let hasFormFeed = bytes.contains(0x0C)
      return Line(
        text: hasFormFeed ? text(of: bytes.filter { $0 != 0x0C }) : String(Substring(bytes)), hasFormFeed: hasFormFeed)
    }
  }

  static func isBlank(_ line: String) -> Bool { line.utf8.allSatisfy(\.isBlank) }

  static func trimmed(_ line: String) -> String { text(of: ASCII.trimmed(Array(line.utf8)[...])) }

  static func indent(_ line: String) -> Int { line.utf8.prefix { $0.isBlank }.count }

  /// `Masinter                     Informational                      [Page 1]`
  private static func isFooter(_ line: String) -> Bool {
    // Most lines are told apart by their last byte alone.
    guard line.utf8.last(where: { !$0.isBlank }) == 0x5D else { return false }
    let bytes = ASCII.trimmed(Array(line.utf8)[...])
    guard let open = bytes.lastIndex(of: 0x5B) else { return false }
    let inside = bytes[(open + 1)...].dropLast()
    guard inside.starts(with: "Page ".utf8) else { return false }
    let page = inside.dropFirst(5).drop { $0.isBlank }
    return !page.isEmpty && page.allSatisfy { $0.isDigit || "ivx".utf8.contains($0) }
  }

  private static func dropBlankEnd(_ lines: inout [String]) {
    while let last = lines.last, isBlank(last) { lines.removeLast() }
  }

  /// Tells whether the line after a page break goes on with the paragraph before it: as far indented, and no sentence ended.
  private static func continues(_ before: String, _ after: String) -> Bool {
    guard indent(before) == indent(after), let end = before.utf8.last(where: { !$0.isBlank }) else { return false }
    return !".:;!?".utf8.contains(end)
  }
}

/// The lines at the tops of pages that come again and again: `RFC 793        Transmission Control Protocol      September 1981`.
private struct RunningHeaders {
  private var indexes: Set<Int> = []

  /// So many lines at the top of a page can be its header; those of 1981 have two.
  private static let most = 2

  init(_ lines: [RFCPages.Line]) {
    var tops: [[Int]] = []
    for (index, line) in lines.enumerated() {
      if line.hasFormFeed { tops.append([]) }
      guard !tops.isEmpty, tops[tops.count - 1].count < Self.most, !RFCPages.isBlank(line.text) else { continue }
      tops[tops.count - 1].append(index)
    }
    var counts: [String: Int] = [:]
    for index in tops.joined() { counts[Self.form(lines[index].text), default: 0] += 1 }
    for top in tops {
      for (place, index) in top.enumerated() {
        let text = lines[index].text
        let isNamed = place == 0 && (text.hasPrefix("RFC ") || text.hasPrefix("Internet-Draft"))
        // What only one page begins with is text.
        guard isNamed || counts[Self.form(text), default: 0] > 1 else { break }
        indexes.insert(index)
      }
    }
  }

  func contains(_ index: Int) -> Bool { indexes.contains(index) }

  /// Gives the line without its spaces, which differ between left and right pages.
  private static func form(_ text: String) -> String { Wire.text(of: text.utf8.filter { !$0.isBlank }) }
}
