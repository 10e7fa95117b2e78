/// The one maker of the text that people read about an error, whether it was found by the parser, the check or while running.
///
/// ```
/// error: cannot fetch http://www.example.test/
///   --> fetch.nsh:3:9
///    |
///  3 | let r = http get http://www.example.test/
///    |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
///   tcp        connect to 127.0.0.1:80
///   hint       the host answered that nothing listens on that port; `why` says more
/// ```
public struct Renderer {
  /// A piece of the text and its part, by which it may be coloured.
  public struct Piece: Sendable, Equatable {
    public let text: String
    public let part: Part
  }

  public enum Part: Sendable { case plain, severity, headline, place, gutter, underline, label, name, hint }

  /// Makes what a source says fit to be shown, on one line.
  private let show: (String) -> String
  /// Gives the columns that shown text takes.
  private let width: (String) -> Int
  private var pieces: [Piece] = []

  /// How many columns of a source line are shown before the span, and of the span and behind it.
  private static let before = 60
  private static let after = 100

  private init(show: @escaping (String) -> String, width: @escaping (String) -> Int) {
    self.show = show
    self.width = width
  }

  /// Renders a report; every line ends with a newline, which is a piece of its own.
  public static func render(
    _ report: Report, show: @escaping (String) -> String, width: @escaping (String) -> Int
  ) -> [Piece] {
    var renderer = Renderer(show: show, width: width)
    renderer.add(report)
    return renderer.pieces
  }

  private mutating func add(_ report: Report) {
    put("error:", .severity)
    put(" ")
    put(show(report.headline.shortened), .headline)
    endLine()
    if let source = report.source { add(source, report) }
    for row in report.rows {
      put("  " + row.name.padded(to: 10) + " ", .name)
      put(show(row.text.shortened), row.name == "hint" ? .hint : .plain)
      endLine()
    }
  }

  private mutating func add(_ source: Source, _ report: Report) {
    let (line, column) = source.position(of: report.span.start)
    let marks =
      [Mark(span: report.span, text: "", sign: "^")]
      + report.labels.map { Mark(span: $0.span, text: $0.text, sign: "-") }
    let byLine = Dictionary(grouping: marks) { source.position(of: $0.span.start).line }
    let gutter = String(repeating: " ", count: byLine.keys.reduce(0) { max($0, String($1).utf8.count) })
    put("  --> ", .gutter)
    put("\(show(source.name)):\(line):\(column)", .place)
    endLine()
    put(" \(gutter) |", .gutter)
    endLine()
    for (number, marks) in byLine.sorted(by: { $0.key < $1.key }) {
      let range = source.lineRange(number)
      put(" \(String(number).padded(to: gutter.utf8.count)) | ", .gutter)
      let start = cutStart(of: range, for: marks, in: source)
      let end = cutEnd(of: range, from: start, in: source)
      put((start > range.lowerBound ? "…" : "") + shown(start..<end, in: source) + (end < range.upperBound ? "…" : ""))
      endLine()
      for mark in marks { add(mark, range, from: start, in: source, gutter: gutter) }
    }
  }

  /// A span to underline with a sign, and what stands behind the underline.
  private struct Mark {
    let span: Span
    let text: String
    let sign: Character
  }

  private mutating func add(_ mark: Mark, _ line: Range<Int>, from start: Int, in source: Source, gutter: String) {
    let end = cutEnd(of: line, from: start, in: source)
    let first = min(max(mark.span.start, start), end)
    let last = min(max(mark.span.end, first), end)
    put(" \(gutter) | ", .gutter)
    put(String(repeating: " ", count: (start > line.lowerBound ? 1 : 0) + width(shown(start..<first, in: source))))
    let sign = String(repeating: mark.sign, count: max(1, width(shown(first..<last, in: source))))
    put(sign, mark.sign == "^" ? .underline : .label)
    if !mark.text.isEmpty { put(" " + show(mark.text.shortened), .label) }
    endLine()
  }

  /// Tells where the part of a long line begins that is shown: the marks must be in it.
  private func cutStart(of line: Range<Int>, for marks: [Mark], in source: Source) -> Int {
    let first = marks.reduce(line.upperBound) { min($0, max($1.span.start, line.lowerBound)) }
    guard line.count > Self.before + Self.after, first - line.lowerBound > Self.before else { return line.lowerBound }
    return scalarStart(first - Self.before, in: source)
  }

  private func cutEnd(of line: Range<Int>, from start: Int, in source: Source) -> Int {
    let limit = Self.before + Self.after
    guard line.upperBound - start > limit else { return max(start, line.upperBound) }
    return scalarStart(start + limit, in: source)
  }

  /// Gives the place at or shortly before an offset at which no UTF-8 sequence is cut.
  private func scalarStart(_ offset: Int, in source: Source) -> Int {
    var start = offset
    while start > offset - 3, start > 0, start < source.bytes.count, source.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  private func shown(_ range: Range<Int>, in source: Source) -> String {
    let text = source.text(Span(range.lowerBound, range.upperBound))
    return show(String(text.map { $0 == "\t" ? " " : $0 }))
  }

  private mutating func put(_ text: String, _ part: Part = .plain) {
    if !text.isEmpty { pieces.append(Piece(text: text, part: part)) }
  }

  private mutating func endLine() { pieces.append(Piece(text: "\n", part: .plain)) }
}

extension String {
  /// The text with its middle left out if it is longer than anybody reads, as when it quotes a very long word.
  fileprivate var shortened: String {
    guard utf8.count > 1_000 else { return self }
    return prefix(600) + " … " + suffix(200)
  }

  /// Fills up with spaces at the end.
  fileprivate func padded(to count: Int) -> String { self + String(repeating: " ", count: max(0, count - utf8.count)) }
}
