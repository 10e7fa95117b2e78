/// What some bytes of a message are.
public struct Annotation: Sendable, Hashable {
  /// Offsets in the message.
  public let range: Range<Int>
  /// Such as `answer 1, type` or `field Host`.
  public let field: String
  /// What the bytes say.
  public let value: String
  /// What that means, where a phrase says more; empty where the value says it all.
  public let meaning: String
  /// Where that is written: an RFC and section.
  public let source: String

  public init(range: Range<Int>, field: String, value: String, meaning: String = "", source: String) {
    self.range = range
    self.field = field
    self.value = value
    self.meaning = meaning
    self.source = source
  }

  /// The value and what it means.
  public var sentence: String { meaning.isEmpty ? value : "\(value): \(meaning)" }
}
