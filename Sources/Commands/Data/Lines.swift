import Interpreter
import Net

let lines = Command(
  "lines", "Splits text into its lines, without their LF or CRLF; of a stream one at a time.",
  Parameter<Value>.input("text, bytes, a file's stream or a response"), gives: .list,
  examples: [
    Example(#""one\ntwo\r\n" | lines | last"#, "two"), Example(#"lines "a\nb" | count"#, "2"),
  ]
) { _, input in
  let next = try Lines.next(of: input)
  if case .string = input { return .list(try collect(next)) }
  if case .bytes = input { return .list(try collect(next)) }
  let source: Stream? = if case .stream(let stream) = input { stream } else { nil }
  let isOfBytes = source?.isBytes ?? false
  return .stream(Stream(linesOf: isOfBytes ? source : nil, close: { source?.close() }, next: next))
}

private func collect(_ next: () throws -> Value?) throws -> [Value] {
  var items: [Value] = []
  var turns = TurnCounter()
  while let item = try next() {
    try turns.turn()
    items.append(item)
  }
  return items
}

/// The division of bytes that come in pieces into lines.
enum Lines {
  private static let newline: [UInt8] = [10]

  /// Gives a function that gives the next line, then nil. A line that is not UTF-8 is bytes.
  static func next(of value: Value) throws -> () throws -> Value? {
    switch value {
    case .stream(let stream) where !stream.isBytes:
      return { try stream.next() }
    case .stream(let stream):
      return lines {
        guard case .bytes(let piece)? = try stream.next() else { return nil }
        return piece
      }
    case .record(let record):
      guard let body = record["body"] else { break }
      return try next(of: body)
    case .bytes(let bytes): return lines(once(bytes))
    case .string(let text): return lines(once(Array(text.utf8)))
    default: break
    }
    throw ValueError("wrong-type", "text or bytes are wanted here, and this is \(value.described)")
  }

  /// Counts the lines of bytes without making them; the last one need not end.
  static func count(_ bytes: [UInt8]) throws -> Int {
    var total = 0
    var start = 0
    var turns = TurnCounter()
    while let end = Interpreter.find(newline, in: bytes, from: start) {
      try turns.turn()
      total += 1
      start = end + 1
    }
    return start < bytes.count ? total + 1 : total
  }

  private static func once(_ bytes: [UInt8]) -> () throws -> [UInt8]? {
    var rest: [UInt8]? = bytes
    return {
      defer { rest = nil }
      return rest
    }
  }

  private static func lines(_ pull: @escaping () throws -> [UInt8]?) -> () throws -> Value? {
    var piece: [UInt8] = []
    var start = 0
    /// What of an unfinished line came in earlier pieces.
    var carried: [UInt8] = []
    var isOver = false
    return {
      while !isOver {
        if let end = Interpreter.find(Lines.newline, in: piece, from: start) {
          defer { start = end + 1 }
          guard !carried.isEmpty else { return line(piece[start..<end]) }
          carried.append(contentsOf: piece[start..<end])
          defer { carried = [] }
          return line(carried[...])
        }
        carried.append(contentsOf: piece[start...])
        guard carried.count <= collectLimit else {
          throw ValueError("too-large", "a line of more than 1 GiB", hint: "is this text?")
        }
        start = 0
        piece = []
        if let more = try pull() {
          piece = more
        } else {
          isOver = true
        }
      }
      defer { carried = [] }
      return carried.isEmpty ? nil : line(carried[...])
    }
  }

  private static func line(_ bytes: ArraySlice<UInt8>) -> Value {
    let line = bytes.last == 13 ? bytes.dropLast() : bytes
    return String(validating: line, as: UTF8.self).map { .string($0) } ?? .bytes(Array(line))
  }
}
