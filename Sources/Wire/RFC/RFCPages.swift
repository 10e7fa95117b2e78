import Net

/// The pages of an RFC's text form, put together into one column of lines.
enum RFCPages {
  /// Gives the lines without what only paper needs; a paragraph that a page cut in two is whole again.
  static func joined(_ document: String) -> [String] {
    var lines: [String] = []
    var isBetweenPages = false
    var headerSeen = false
    for piece in document.utf8.split(separator: ASCII.lf, omittingEmptySubsequences: false) {
      var bytes = piece
      if bytes.last == ASCII.cr { bytes.removeLast() }
      let hasFormFeed = bytes.contains(0x0C)
      let line = hasFormFeed ? text(of: bytes.filter { $0 != 0x0C }) : String(Substring(bytes))
      if hasFormFeed || isFooter(line) {
        if !isBetweenPages {
          dropBlankEnd(&lines)
          isBetweenPages = true
          headerSeen = false
        }
        if isFooter(line) { continue }
      }
      guard isBetweenPages else {
        lines.append(line)
        continue
      }
      if trimmed(line).isEmpty { continue }
      if !headerSeen && isHeader(line) {
        headerSeen = true
        continue
      }
      isBetweenPages = false
      if let last = lines.last, !continues(last, line) { lines.append("") }
      lines.append(line)
    }
    dropBlankEnd(&lines)
    return lines
  }

  static func trimmed(_ line: String) -> String { text(of: ASCII.trimmed(Array(line.utf8)[...])) }

  /// `Masinter                     Informational                      [Page 1]`
  private static func isFooter(_ line: String) -> Bool {
    let bytes = ASCII.trimmed(Array(line.utf8)[...])
    guard bytes.last == 0x5D, let open = bytes.lastIndex(of: 0x5B) else { return false }
    let inside = bytes[(open + 1)...].dropLast()
    guard inside.starts(with: "Page ".utf8) else { return false }
    let page = inside.dropFirst(5).drop { $0.isBlank }
    return !page.isEmpty && page.allSatisfy { $0.isDigit || "ivx".utf8.contains($0) }
  }

  /// `RFC 2324                   HTCPCP/1.0                   1 April 1998`
  private static func isHeader(_ line: String) -> Bool {
    line.hasPrefix("RFC ") || line.hasPrefix("Internet-Draft")
  }

  private static func dropBlankEnd(_ lines: inout [String]) {
    while let last = lines.last, last.utf8.allSatisfy(\.isBlank) { lines.removeLast() }
  }

  /// Whether the line after a page break goes on with the paragraph before it: as far indented, and no sentence ended.
  private static func continues(_ before: String, _ after: String) -> Bool {
    func indent(_ line: String) -> Int { line.utf8.prefix { $0.isBlank }.count }
    guard indent(before) == indent(after), let end = before.utf8.last(where: { !$0.isBlank }) else { return false }
    return !".:;!?".utf8.contains(end)
  }
}
