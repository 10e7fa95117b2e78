/// What is looked for in a text: itself, or what a regular expression matches.
public enum Pattern: Sendable, ValueConvertible {
  case literal([UInt8])
  case regex(Regex)

  public static var type: TypeName { .pattern }

  public static func convert(_ value: Value) throws -> Pattern {
    switch try TypeName.pattern.convert(value) {
    case .regex(let regex): return .regex(regex)
    case .bytes(let bytes): return .literal(bytes)
    case let text: return .literal(Array((text.scalarText ?? "").utf8))
    }
  }

  /// Calls a function with each place where it is found, and the groups of a regex, from left to right until it gives false.
  public func forEachMatch(
    in bytes: [UInt8], isText: Bool, _ body: (Range<Int>, Regex.Match?) throws -> Bool
  ) throws {
    switch self {
    case .regex(let regex):
      try bytes.withUnsafeBufferPointer { try regex.forEachMatch(in: $0, isText: isText) { try body($0.whole, $0) } }
    case .literal(let part):
      guard !part.isEmpty else {
        throw ValueError("bad-argument", "an empty text is found everywhere", layer: .command)
      }
      var start = 0
      while let found = find(part, in: bytes, from: start) {
        start = found + part.count
        guard try body(found..<start, nil) else { return }
      }
    }
  }
}
