import Diagnostics

extension Parser {
  /// Adds a finding, unless it only follows from an earlier one; reading goes on where it is.
  ///
  /// A finding at the very end of the text while a bracket is open, at nothing or at a word that may go on, says instead
  /// that the bracket is open: the rest of the text would cure it.
  mutating func report(
    _ code: String, _ message: String, _ span: Span, labels: [Finding.Label] = [],
    hint: String? = nil
  ) {
    guard !isLost, !endWasReported else { return }
    let mayGoOn = span.end >= bytes.count && (span.start >= bytes.count || bytes.last?.endsWord == false)
    if mayGoOn, let bracket = brackets.last {
      return reportEnd(
        .brackets(brackets.count), "`\(bracket.opening)` is never closed",
        Span(bracket.start, bracket.start + bracket.opening.utf8.count))
    }
    add(code, message, span, labels: labels, hint: hint)
  }

  /// Adds a finding about something missing or out of place; what follows is skipped up to where reading can go on.
  mutating func lose(
    _ code: String = "syntax", _ message: String, _ span: Span, labels: [Finding.Label] = [],
    hint: String? = nil
  ) {
    report(code, message, span, labels: labels, hint: hint)
    isLost = true
  }

  /// Goes on behind what was skipped; at the end of the text there is nothing more to say.
  mutating func findBack() {
    if isAtEnd, isLost { endWasReported = true }
    isLost = false
  }

  /// Adds the one finding about a text that ends too early.
  mutating func reportEnd(_ reason: Incompleteness, _ message: String, _ span: Span) {
    guard !isLost, !endWasReported else { return }
    endWasReported = true
    let isOnly = findings.isEmpty
    add("incomplete", message, span)
    if isOnly { incomplete = brackets.isEmpty || reason.isString ? reason : .brackets(brackets.count) }
  }

  private mutating func add(
    _ code: String, _ message: String, _ span: Span, labels: [Finding.Label] = [], hint: String? = nil
  ) {
    incomplete = nil
    guard findings.count < limits.findings else {
      unlisted += 1
      return
    }
    findings.append(Finding(code, message, in: source, at: span, labels: labels, hint: hint))
  }

  /// Gives the findings in the order of the text, the last one saying how many more there were.
  func listedFindings() -> [Finding] {
    var listed = findings
    listed.sort { $0.span.start < $1.span.start }
    guard unlisted > 0 else { return listed }
    let end = listed.last?.span ?? Span(0, 0)
    return listed + [Finding("too-many", "… and \(unlisted) more", in: source, at: end)]
  }

  /// The span of the next byte or character, empty at the end of a line.
  var here: Span {
    guard !isAtEnd, !isAtNewline else { return Span(at, at) }
    var end = at + 1
    while self[end] & 0xC0 == 0x80 { end += 1 }
    return Span(at, end)
  }
}

extension Incompleteness {
  var isString: Bool {
    guard case .string = self else { return false }
    return true
  }
}
