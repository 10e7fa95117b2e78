/// Something to tell about a source text: what is wrong, where, and what is known about it.
public struct Report: Sendable {
  /// A line below the source: the name of a layer, `hint` or `called`, and what it says.
  public struct Row: Sendable {
    public let name: String
    public let text: String

    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  public let headline: String
  public let source: Source?
  public let span: Span
  public let labels: [Finding.Label]
  public let rows: [Row]

  public init(
    _ headline: String, in source: Source? = nil, at span: Span = Span(0, 0), labels: [Finding.Label] = [],
    rows: [Row] = []
  ) {
    self.headline = headline
    // People look for what they wrote.
    self.source = source?.written
    self.span = source?.written(span) ?? span
    self.labels = labels.map { Finding.Label(source?.written($0.span) ?? $0.span, $0.text) }
    self.rows = rows
  }

  public init(_ finding: Finding) {
    let hint = finding.hint.map { [Row("hint", $0)] } ?? []
    self.init(finding.message, in: finding.source, at: finding.span, labels: finding.labels, rows: hint)
  }
}
