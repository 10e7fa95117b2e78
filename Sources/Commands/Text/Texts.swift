import Interpreter
import Net

/// What the commands on text work on: a text, or each item of a list or stream.
enum Texts {
  /// Applies a function to a text, or to each item of a list or stream, and gives a value of the same nature.
  static func map(_ input: Value, _ machine: Machine, _ change: @escaping (String) throws -> Value) throws -> Value {
    try subjects(input, machine) { try change(String.convert($0)) }
  }

  /// Applies a function to a text or bytes, or to each item of a list or stream.
  static func subjects(_ input: Value, _ machine: Machine, _ change: @escaping (Value) throws -> Value) throws -> Value
  {
    switch input {
    case .list: return try Items.map(input, machine, change)
    case .stream(let stream) where !stream.isBytes: return try Items.map(input, machine, change)
    case .null: throw ValueError("wrong-type", "text is wanted here, and this is null")
    default: return try change(input)
    }
  }
}

/// A text or bytes that are searched and divided by byte offsets; the parts have the nature of the whole.
struct Subject {
  let bytes: [UInt8]
  let isText: Bool

  private init(bytes: [UInt8], isText: Bool) {
    self.bytes = bytes
    self.isText = isText
  }

  /// Takes bytes as they are, and the text of everything else.
  init(_ value: Value) throws {
    switch value {
    case .bytes(let bytes):
      self.init(bytes: bytes, isText: false)
    case .stream(let stream) where stream.isBytes:
      try self.init(stream.collect())
    case .record(let record) where record["body"] != nil: try self.init((record["body"] ?? .null).settled())
    default:
      self.init(bytes: Array(try String.convert(value).utf8), isText: true)
    }
  }

  /// Gives a part. The ends must lie within the bytes and, of a text, between characters.
  func part(_ range: Range<Int>) -> Value {
    guard isText else { return .bytes(Array(bytes[range])) }
    return .string(bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) })
  }

  /// Gives bytes made of parts as a value of the same nature; bytes where a text has become something else.
  func value(_ made: [UInt8]) -> Value {
    guard isText, let text = String(validating: made, as: UTF8.self) else { return .bytes(made) }
    return .string(text)
  }
}
