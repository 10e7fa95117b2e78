/// A value that could not be made from what was given, or that an operation cannot give.
public struct ValueError: LayeredError, Hashable {
  /// The stable name, such as `bad-address` or `overflow`.
  public let code: String
  public let message: String
  public let hint: String?

  public init(code: String, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  public var layer: Layer { .value }
}
