/// Something wrong at a place in a source text, found before anything ran.
public struct Finding: Error, Sendable {
  /// A further place that matters to the finding, with what it has to do with it.
  public struct Label: Sendable, Hashable {
    public let span: Span
    public let text: String

    public init(_ span: Span, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// The stable name of the kind of finding, such as `syntax`, `unknown-command`, `unknown-variable`, `bad-literal`.
  public let code: String
  public let message: String
  public let source: Source
  public let span: Span
  public let labels: [Label]
  public let hint: String?

  public init(
    _ code: String, _ message: String, in source: Source, at span: Span, labels: [Label] = [], hint: String? = nil
  ) {
    self.code = code
    self.message = message
    self.source = source
    self.span = span
    self.labels = labels
    self.hint = hint
  }
}
