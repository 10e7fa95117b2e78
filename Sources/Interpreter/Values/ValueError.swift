import Net

/// What is wrong with a value, a file or an argument, where no network layer is concerned.
public struct ValueError: LayeredError {
  public let layer: Layer
  public let code: String
  public let message: String
  public let hint: String?
  public let cause: (any LayeredError)?

  public init(
    _ code: String, _ message: String, hint: String? = nil, layer: Layer = .value, cause: (any LayeredError)? = nil
  ) {
    self.layer = layer
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
  }

  static func tooLarge(_ limit: Int) -> ValueError {
    ValueError(
      "too-large", "a stream of more than \(ByteSize(bytes: Int64(limit))) cannot be kept in memory",
      hint: "write it with `save FILE`, or take a part with `first`")
  }

  static let tooDeep = ValueError(
    "too-deep", "lists, records and functions stand more than \(depthLimit) deep in each other")

  public static func wrongType(_ wanted: String, found value: Value) -> ValueError {
    ValueError("wrong-type", "\(wanted) is wanted here, and this is \(value.described)")
  }
}

extension Value {
  /// Names the value in a sentence: its type, and a scalar's text when it is short.
  public var described: String {
    switch self {
    case .null: return "null"
    case .list(let list): return "a list of \(list.count)"
    case .record: return "a record"
    case .bytes(let bytes): return "\(bytes.count) bytes"
    case .string(let text):
      return text.utf8.count <= 40 ? "the string '\(text)'" : "a string of \(text.utf8.count) bytes"
    default:
      let article = "aeiou".contains(type.rawValue.first ?? "x") ? "an" : "a"
      guard let text = scalarText, text.utf8.count <= 60 else { return "\(article) \(type.rawValue)" }
      return "the \(type.rawValue) \(text)"
    }
  }
}
