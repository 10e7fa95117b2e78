import Diagnostics

/// What the parser saw of the shape of a text that its tree does not say.
struct Layout {
  /// Statements between braces, or those of the whole text.
  struct Body {
    /// Where its `{` stands; nil for the whole text.
    let brace: Int?
    /// Where its statements may begin: behind the brace, or behind the parameters of a function.
    let start: Int
    /// Where its `}` stands.
    let end: Int
    let statements: [Span]
  }

  var bodies: [Body] = []
  /// The strings and patterns, inner ones after those around them or before.
  var verbatim: [Span] = []
  /// Where the `|` stand that join stages.
  var pipes: Set<Int> = []

  mutating func add(_ statements: [Statement], brace: Int?, start: Int, end: Int) {
    bodies.append(Body(brace: brace, start: start, end: end, statements: statements.map(\.span)))
  }
}
