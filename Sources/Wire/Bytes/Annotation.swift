/// What some bytes of a message are.
public struct Annotation: Sendable, Hashable {
  /// Offsets in the message.
  public let range: Range<Int>
  /// Such as `answer 1, type` or `field Host`.
  public let field: String
  /// What the bytes say.
  public let value: String
  /// Where that is written: an RFC and section.
  public let source: String

  public init(range: Range<Int>, field: String, value: String, source: String) {
    self.range = range
    self.field = field
    self.value = value
    self.source = source
  }
}
