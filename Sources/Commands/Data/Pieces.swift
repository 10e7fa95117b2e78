import Interpreter

/// The bytes of a value that come in pieces: those of a text, bytes, a stream or a response's body.
enum Pieces {
  private static let sliceLength = 1 << 20

  /// Gives a function that gives the next piece, then nil. The items of a stream come as they go into a pipe.
  static func next(of value: Value) throws -> () throws -> [UInt8]? {
    switch value {
    case .stream(let stream):
      return {
        guard let piece = try stream.next() else { return nil }
        if case .bytes(let bytes) = piece { return bytes }
        return try PlainText.bytes(of: piece)
      }
    case .record(let record):
      guard let body = record["body"] else { break }
      return try next(of: body)
    default: break
    }
    // Large ones go in slices too, so that Ctrl-C is seen between them.
    if case .string(let text) = value, text.utf8.count > Pieces.sliceLength {
      var rest = text.utf8[...]
      return {
        guard !rest.isEmpty else { return nil }
        let slice = rest.prefix(Pieces.sliceLength)
        rest = rest[slice.endIndex...]
        return Array(slice)
      }
    }
    var whole = try [UInt8].convert(value)
    var start = 0
    return {
      guard start < whole.count else {
        whole = []
        return nil
      }
      guard whole.count > Pieces.sliceLength else {
        defer { start = whole.count }
        return whole
      }
      defer { start = min(whole.count, start + Pieces.sliceLength) }
      return Array(whole[start..<min(whole.count, start + Pieces.sliceLength)])
    }
  }

  /// The stream that a value is, or that is its body.
  static func stream(in value: Value) -> Stream? {
    switch value {
    case .stream(let stream): stream
    case .record(let record):
      if case .stream(let stream)? = record["body"] { stream } else { nil }
    default: nil
    }
  }

  /// Makes bytes of bytes by a function that gives the next piece of output: a stream of a stream, else all of them.
  static func map(
    _ input: Value, _ machine: Machine, _ transform: (@escaping () throws -> [UInt8]?) throws -> () throws -> [UInt8]?
  ) throws -> Value {
    let pull = try transform(next(of: input))
    if let source = stream(in: input) {
      return .stream(
        Stream(bytes: true, close: { source.close() }) {
          try machine.checkpoint()
          return try pull().map { .bytes($0) }
        })
    }
    var bytes: [UInt8] = []
    while let piece = try pull() {
      try machine.checkpoint()
      bytes += piece
    }
    return .bytes(bytes)
  }
}
