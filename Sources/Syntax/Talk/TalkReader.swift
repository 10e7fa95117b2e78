import Diagnostics

/// The reading of a script as a talk; what is not a statement of the top level is told or left out.
///
/// Comments that stand alone on their lines are the narration of what follows. A heading or an empty line between comments begins
/// another slide, and so do comments behind statements.
struct TalkReader {
  private let source: Source
  private var slides: [Slide] = []
  private var statements: [TalkStatement] = []
  private var heading: Heading?
  private var opensSection = false
  /// The comment lines of the slide that is being read, without `#`.
  private var lines: [String] = []
  private var first = 0

  private init(_ source: Source) { self.source = source }

  static func read(_ block: Block, of source: Source) -> Talk {
    var reader = TalkReader(source)
    var end = 0
    for statement in block.statements {
      reader.readGap(end..<max(end, statement.span.start))
      reader.add(statement)
      end = statement.span.end
    }
    reader.readGap(end..<source.bytes.count)
    reader.endSlide()
    let title = reader.slides.lazy.compactMap(\.heading).first?.text ?? Self.stem(of: source.name)
    return Talk(title: title, slides: reader.slides, statements: reader.statements)
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".nsh") ? String(name.dropLast(4)) : name
  }

  private mutating func add(_ statement: Statement) {
    let line = source.position(of: statement.span.start).line
    statements.append(TalkStatement(statement: statement, text: text(of: statement), line: line))
  }

  /// Gives the text of a statement with the comment behind it, the common indent taken away.
  private func text(of statement: Statement) -> String {
    var end = statement.span.end
    let lineEnd = source.bytes[end...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.bytes.count
    let rest = source.bytes[end..<lineEnd]
    if rest.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: "#") { end = lineEnd }
    let column = source.position(of: statement.span.start).column
    let lines = source.text(Span(statement.span.start, end)).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      index == 0 ? String(line) : String(line.dropFirst(min(column - 1, line.prefix { $0 == " " }.count)))
    }.joined(separator: "\n")
  }

  // MARK: Comments

  /// Reads what stands between two statements: line ends, `;` and comments.
  private mutating func readGap(_ range: Range<Int>) {
    var isFirst = true
    for bytes in source.bytes[range].split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = String(decoding: bytes, as: UTF8.self).drop { $0 == " " || $0 == "\t" }
      defer { isFirst = false }
      // What stands behind a statement on its line was shown with it.
      if isFirst, range.lowerBound > 0 { continue }
      if line.first == "#" {
        readComment(String(line))
      } else if !lines.isEmpty, bytes.endIndex < range.upperBound {
        endParagraphs()
      }
    }
  }

  private mutating func readComment(_ line: String) {
    guard !line.hasPrefix("#!") else { return }
    let level = line.prefix { $0 == "#" }.count
    var text = line.dropFirst(level)
    while let last = text.last, last == "\r" || last == " " || last == "\t" { text.removeLast() }
    if statements.count > first { endSlide() }
    if level > 1 {
      let title = text.drop { $0 == " " }
      guard !title.isEmpty else { return }
      endSlide()
      heading = Heading(level: level - 1, text: String(title))
      opensSection = true
    } else {
      lines.append(String(text.first == " " ? text.dropFirst() : text))
    }
  }

  /// An empty line: what was told so far is a slide of its own, if more is told before the next statement.
  private mutating func endParagraphs() { if lines.last != Self.gap { lines.append(Self.gap) } }

  /// The mark of an empty line, which no comment line can be.
  private static let gap = "\n"

  private mutating func endSlide() {
    var parts = lines.split(separator: Self.gap).map { Narration.paragraphs(of: Array($0)) }.filter { !$0.isEmpty }
    guard statements.count > first || !parts.isEmpty || opensSection else {
      lines = []
      return
    }
    let last = parts.popLast() ?? []
    for part in parts {
      slides.append(Slide(heading: heading, opensSection: opensSection, narration: part, statements: first..<first))
      opensSection = false
    }
    slides.append(
      Slide(heading: heading, opensSection: opensSection, narration: last, statements: first..<statements.count))
    first = statements.count
    lines = []
    opensSection = false
  }
}

extension Talk {
  /// Reads a script that was parsed without findings as a talk.
  public init(_ block: Block, of source: Source) { self = TalkReader.read(block, of: source) }
}
