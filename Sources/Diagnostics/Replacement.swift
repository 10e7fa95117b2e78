/// A piece of a source text in whose place another is read.
public struct Replacement: Sendable {
  /// Where it stands in the text as it was written, in bytes.
  public let span: Span
  public let bytes: [UInt8]

  public init(_ span: Span, by bytes: [UInt8]) {
    self.span = span
    self.bytes = bytes
  }
}

extension Source {
  /// Gives the text with pieces replaced, in which everything keeps the place where it was written.
  ///
  /// - Parameter pieces: in their order, none within another.
  public func replacing(_ pieces: [Replacement]) -> Source {
    guard !pieces.isEmpty else { return self }
    var text: [UInt8] = []
    var places: [(new: Span, old: Span)] = []
    var end = 0
    for piece in pieces where piece.span.start >= end && piece.span.end <= bytes.count {
      text += bytes[end..<piece.span.start]
      places.append((Span(text.count, text.count + piece.bytes.count), piece.span))
      text += piece.bytes
      end = piece.span.end
    }
    text += bytes[end...]
    return Source(name, text, firstLine, original: Original(source: self, places: places))
  }
}

/// The text that another was made of, and which of its pieces were replaced.
struct Original: Sendable {
  let source: Source
  /// The pieces in their order: where they stand now, and where they stood.
  let places: [(new: Span, old: Span)]

  /// Gives the place that a span stood at; where it begins or ends within a replaced piece it has the whole of it.
  func span(of span: Span) -> Span {
    let start = offset(of: span.start) { $0.start }
    return Span(start, max(start, offset(of: span.end) { span.end > span.start ? $0.end : $0.start }))
  }

  private func offset(of offset: Int, within edge: (Span) -> Int) -> Int {
    var moved = offset
    for place in places where place.new.start < offset {
      if offset < place.new.end { return edge(place.old) }
      moved = place.old.end + (offset - place.new.end)
    }
    return moved
  }
}
