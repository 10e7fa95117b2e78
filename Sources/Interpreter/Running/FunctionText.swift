import Diagnostics

/// Where the text of a function stands, and which of its variables is in which slot.
final class FunctionText {
  let name: String
  let source: Source
  let span: Span
  let scope: Scope

  init(_ name: String, _ source: Source, _ span: Span, _ scope: Scope) {
    self.name = name
    self.source = source
    self.span = span
    self.scope = scope
  }

  func contains(_ place: Place) -> Bool {
    source === place.source && span.start <= place.span.start && place.span.end <= span.end
  }
}

/// The texts of all functions that can still be called.
struct FunctionTexts {
  private struct Entry {
    weak var text: FunctionText?
  }
  private var entries: [Entry] = []
  /// How many there may be before those of functions that are gone are looked for.
  private var room = 256

  mutating func add(_ text: FunctionText) {
    if entries.count >= room {
      entries.removeAll { $0.text == nil }
      room = entries.count * 2 + 256
    }
    entries.append(Entry(text: text))
  }

  /// Gives the innermost function around a place.
  func innermost(around place: Place) -> FunctionText? {
    entries.lazy.compactMap(\.text).filter { $0.contains(place) }.min {
      ($0.span.end - $0.span.start) < ($1.span.end - $1.span.start)
    }
  }
}
