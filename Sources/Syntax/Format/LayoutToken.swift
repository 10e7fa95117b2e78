import Diagnostics

/// A piece of a text that the formatter moves but does not change.
struct LayoutToken {
  enum Kind {
    case text, comment, pipe, semicolon, open, close
    /// `\` at the end of a line.
    case continuation
  }

  let kind: Kind
  let span: Span
  /// How many newlines and how many blanks stand between the token before and this one, of the blanks those behind the
  /// last newline.
  let newlines: Int
  let blanks: Int
}

extension Parser {
  /// Divides the text that was parsed into tokens; nothing but blanks and newlines is left out.
  func layoutTokens(_ layout: Layout) -> [LayoutToken] {
    let verbatim = layout.verbatim.sorted { $0.start < $1.start }
    var nextVerbatim = 0
    var nextComment = 0
    var tokens: [LayoutToken] = []
    var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while true {
      var newlines = 0
      var blanks = 0
      while offset < bytes.count, bytes[offset] <= .space {
        blanks += 1
        if bytes[offset] == .newline { (newlines, blanks) = (newlines + 1, 0) }
        offset += 1
      }
      guard offset < bytes.count else { return tokens }
      while nextVerbatim < verbatim.count, verbatim[nextVerbatim].start < offset { nextVerbatim += 1 }
      while nextComment < comments.count, comments[nextComment].span.start < offset { nextComment += 1 }
      let kind: LayoutToken.Kind
      let end: Int
      if nextVerbatim < verbatim.count, verbatim[nextVerbatim].start == offset {
        (kind, end) = (.text, verbatim[nextVerbatim].end)
      } else if nextComment < comments.count, comments[nextComment].span.start == offset {
        (kind, end) = (.comment, comments[nextComment].span.end)
      } else {
        // A comment may be glued to a variable or a closing bracket.
        let limit = nextComment < comments.count ? comments[nextComment].span.start : bytes.count
        (kind, end) = layoutToken(at: offset, before: limit, layout)
      }
      tokens.append(LayoutToken(kind: kind, span: Span(offset, end), newlines: newlines, blanks: blanks))
      offset = end
    }
  }

  private func layoutToken(at offset: Int, before limit: Int, _ layout: Layout) -> (LayoutToken.Kind, end: Int) {
    switch bytes[offset] {
    case .openParen, .openBracket, .openBrace: return (.open, offset + 1)
    case .closeParen, .closeBracket, .closeBrace: return (.close, offset + 1)
    case .semicolon: return (.semicolon, offset + 1)
    case .bar: return (layout.pipes.contains(offset) ? .pipe : .text, offset + 1)
    case .backslash where isContinuation(offset): return (.continuation, offset + 1)
    default:
      var end = offset
      while end < limit, !bytes[end].endsWord, !isContinuation(end) { end += 1 }
      return (.text, max(end, offset + 1))
    }
  }
}
