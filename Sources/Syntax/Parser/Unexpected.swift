import Diagnostics

extension Parser {
  /// Reports what stands where a statement, a stage or a bracket should end, with what may have been meant.
  mutating func reportUnexpected(inside bracket: OpenBracket? = nil) {
    let labels = bracket.map { [Finding.Label(Span($0.start, $0.start + $0.opening.utf8.count), "opened here")] } ?? []
    let wanted = bracket.map { "`\(Character(Unicode.Scalar($0.closing)))`" } ?? "the end of the statement"
    guard !reportForeignOperator() else { return }
    let span = wordSpan()
    switch byte {
    case .equals:
      lose("syntax", "`=` stands only in `let` and `set`", here, hint: "`==` compares")
    case .semicolon where bracket != nil:
      lose("syntax", "only one pipeline stands in brackets, and `;` would end it", here, labels: labels)
    case .closeParen, .closeBracket, .closeBrace:
      lose("syntax", "expected \(wanted), found `\(source.text(here))`", here, labels: labels)
    case .comma where bracket == nil:
      lose("syntax", "a comma cannot stand here", here)
    default:
      let found = isAtNewline ? "the end of the line" : "`\(source.text(span))`"
      lose(
        "syntax", "expected \(wanted), found \(found)", span, labels: labels,
        hint: isAtNewline ? nil : "an operator is missing before it, or a newline or `;`")
    }
  }

  /// Reports what another shell would take for an operator, if one stands here.
  mutating func reportForeignOperator() -> Bool {
    guard let (length, message, hint) = foreignOperator() else { return false }
    lose("shell-syntax", message, Span(at, at + length), hint: hint)
    return true
  }

  /// Recognizes what another shell would take for an operator: its length, what is wrong, and what to write here.
  private func foreignOperator() -> (length: Int, message: String, hint: String)? {
    switch byte {
    case .ampersand where peek(1) == .ampersand:
      return (
        2, "`&&` is no operator here", "a failure ends a script: write `;` or a newline; between conditions write `and`"
      )
    case .ampersand where peek(1) == .greater:
      return (2, "`&>` does not redirect here", "write `| save FILE`; `sh` gives both outputs")
    case .ampersand where endsKeyword(at + 1):
      return (1, "`&` does not start a job here", "write `spawn { … }`")
    case .bar where peek(1) == .bar:
      return (2, "`||` is no operator here", "write `try { … } catch { … }`; between conditions write `or`")
    case .greater where peek(1) == .greater:
      return (2, "`>>` does not redirect here", "write `| save --append FILE`")
    case .greater where peek(1) != .equals:
      return (1, "`>` does not redirect here", "write `| save FILE`; a comparison wants ( )")
    case .less where endsKeyword(at + 1):
      return (1, "`<` does not redirect here", "write `open FILE | …`; a comparison wants ( )")
    case .less where peek(1) == .less:
      return (2, "`<<` does not begin a text here", "write \"\"\" … \"\"\"")
    case 0x31, 0x32:
      guard peek(1) == .greater else { return nil }
      return (2, "`\(source.text(Span(at, at + 2)))` does not redirect here", "`sh` gives both outputs and the status")
    default: return nil
    }
  }

  /// Gives the span from here to the end of the word, at least one character.
  func wordSpan() -> Span {
    var end = at
    while end - at < 200, !self[end].endsWord { end += 1 }
    while self[end] & 0xC0 == 0x80 { end += 1 }
    return end > at ? Span(at, end) : here
  }
}
