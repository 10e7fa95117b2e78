import Net

/// The text form of an RFC, with or without pages (RFC 2223 §3, RFC 7994 §4), read as one document.
public struct RFCText: Hashable, Sendable {
  /// One section with the text up to the next heading.
  public struct Section: Hashable, Sendable {
    /// `1.2` or `A.1`, without a final dot; empty for one without a number, such as the abstract.
    public let number: String
    public let title: String
    /// The lines of the document that it has, from its heading to before the next one.
    public let lines: Range<Int>
    /// How many of them are the heading.
    let headingLines: Int

    /// How deep it stands: 1 for `3` and `Abstract`, 2 for `3.1`.
    public var level: Int { max(1, number.split(separator: ".").count) }

    /// Tells whether it is below a section with this number.
    public func isBelow(_ other: String) -> Bool { !other.isEmpty && number.hasPrefix(other + ".") }
  }

  /// The number after `Request for Comments:`; nil where the heading names none.
  public let number: Int?
  /// The title, its lines joined by single spaces; empty where there is none.
  public let title: String
  /// The document without form feeds, page footers and running headers.
  public let lines: [String]
  /// The sections in order; the table of contents is none.
  public let sections: [Section]

  /// Reads a document as served: UTF-8 with or without a mark at its beginning, or ISO 8859-1 as a few old ones are.
  public init(_ bytes: [UInt8]) {
    // RFC 7994 §4.1: the mark U+FEFF stands before what is not ASCII alone.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.init(Wire.text(of: bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]))
  }

  public init(_ text: String) {
    let lines = RFCPages.joined(text)
    self.lines = lines
    number = Self.number(in: lines)
    title = Self.title(in: lines)
    sections = RFCSections(lines).found
  }

  /// The document for reading, lines ending with LF.
  public var withoutPageBreaks: String { lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n") }

  /// Gives the text below the heading, blank lines at both ends cut off.
  public func body(of section: Section) -> String {
    var body = lines[section.lines].dropFirst(section.headingLines).drop(while: RFCPages.isBlank)
    while let last = body.last, RFCPages.isBlank(last) { body.removeLast() }
    return body.joined(separator: "\n")
  }

  /// Gives a section with its heading and all that stands below it; `wanted` is a number such as `3.3` or `Appendix A`, or a title in any case.
  public func text(ofSection wanted: String) -> String? {
    var wanted = RFCPages.trimmed(wanted)
    for prefix in ["appendix ", "section ", "§"] where wanted.lowercased().hasPrefix(prefix) {
      wanted = RFCPages.trimmed(String(wanted.dropFirst(prefix.count)))
    }
    if wanted.hasSuffix(".") { wanted.removeLast() }
    let title = RFCHeading.plain(wanted)
    guard !title.isEmpty else { return nil }
    let place =
      sections.firstIndex { $0.number.lowercased() == title }
      ?? sections.firstIndex { RFCHeading.plain($0.title) == title }
    guard let place else { return nil }
    let below = sections[(place + 1)...].prefix { $0.isBelow(sections[place].number) }
    var text = lines[sections[place].lines.lowerBound..<(below.last ?? sections[place]).lines.upperBound]
    while let last = text.last, RFCPages.isBlank(last) { text.removeLast() }
    return text.joined(separator: "\n")
  }

  /// Gives the section that a line stands in; nil before the first.
  public func section(ofLine line: Int) -> Section? {
    // By halves: the sections stand in order.
    var (low, high) = (0, sections.count)
    while low < high {
      let middle = (low + high) / 2
      if sections[middle].lines.lowerBound <= line { low = middle + 1 } else { high = middle }
    }
    guard low > 0, sections[low - 1].lines.contains(line) else { return nil }
    return sections[low - 1]
  }

  private static func number(in lines: [String]) -> Int? {
    let mark = "Request for Comments:"
    guard let line = lines.prefix(40).first(where: { $0.hasPrefix(mark) }) else { return nil }
    let digits = line.utf8.dropFirst(mark.utf8.count).drop { $0.isBlank }.prefix { $0.isDigit }
    return Int(String(Substring(digits)))
  }

  /// The title is the second block of lines, centred below the block that names the authors.
  private static func title(in lines: [String]) -> String {
    var rest = lines[...]
    rest = rest.drop(while: RFCPages.isBlank)
    rest = rest.drop { !RFCPages.isBlank($0) }
    rest = rest.drop(while: RFCPages.isBlank)
    return rest.prefix { !RFCPages.isBlank($0) }.map(RFCPages.trimmed).joined(separator: " ")
  }
}
