import Interpreter
import Net

let words = Command(
  "words", "Splits text into its words, at white space; of a file's stream one at a time.",
  Parameter<Value>.input("text, bytes, a list of texts, a file's stream or a response"), gives: .list,
  examples: [Example("words '  one two\tthree '", "one\ntwo\nthree"), Example("'a b c' | words | count", "3")]
) { machine, input in
  if case .stream(let stream) = input, stream.isBytes { return try Words.stream(of: stream, machine) }
  if case .record(let record) = input, case .stream(let stream)? = record["body"] {
    return try Words.stream(of: stream, machine)
  }
  return try Texts.subjects(input, machine) { value in
    var words: [Value] = []
    let subject = try Subject(value)
    try Words.forEach(in: subject) { range in
      words.append(subject.part(range))
      if words.count & 0xFFF == 0 { try machine.checkpoint() }
    }
    return .list(words)
  }
}

/// The division of text at white space: space, tab, newline, carriage return, vertical tab, form feed.
private enum Words {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 9 && byte <= 13 }

  static func forEach(in subject: Subject, _ body: (Range<Int>) throws -> Void) throws {
    let bytes = subject.bytes
    var start = 0
    while start < bytes.count {
      guard !isSpace(bytes[start]) else {
        start += 1
        if start % Watch.stride == 0 { try Watch.check() }
        continue
      }
      var end = start + 1
      while end < bytes.count, !isSpace(bytes[end]) {
        end += 1
        if end % Watch.stride == 0 { try Watch.check() }
      }
      try body(start..<end)
      start = end
    }
  }

  /// Gives words as the pieces come; one that is not UTF-8 is bytes.
  static func stream(of source: Stream, _ machine: Machine) throws -> Value {
    let next = try Lines.next(of: .stream(source))
    var pending: [Value] = []
    var place = 0
    return .stream(
      Stream(close: { source.close() }) {
        while place == pending.count {
          try machine.checkpoint()
          guard let line = try next() else { return nil }
          let subject = try Subject(line)
          pending.removeAll(keepingCapacity: true)
          place = 0
          try forEach(in: subject) { pending.append(subject.part($0)) }
        }
        place += 1
        return pending[place - 1]
      })
  }
}

let split = Command(
  "split", "Divides a text at each place where a separator or a regex is found.",
  Parameter<Value>.input("text, bytes, or a list or stream of texts"),
  Parameter<Pattern>.required("separator", "a text, or a regex; '' divides into characters"),
  Parameter<Int?>.option("max", "how many parts at most; the last one keeps the rest"), gives: .list,
  examples: [
    Example("'a,b,,c' | split ,", "a\nb\n\nc"), Example("split 'k=v=w' = --max 2", "k\nv=w"),
    Example("'1 -  2-3' | split re'\\s*-\\s*'", "1\n2\n3"),
  ]
) { machine, input, separator, most in
  let most = try most.map { try Count.checked($0, atLeast: 1) } ?? .max
  return try Texts.subjects(input, machine) { .list(try divide(Subject($0), separator, most, machine)) }
}

private func divide(_ subject: Subject, _ separator: Pattern, _ most: Int, _ machine: Machine) throws -> [Value] {
  if case .literal(let part) = separator, part.isEmpty { return try characters(of: subject, most) }
  var parts: [Value] = []
  var start = 0
  guard most > 1 else { return [subject.part(0..<subject.bytes.count)] }
  try separator.forEachMatch(in: subject.bytes, isText: subject.isText) { found, _ in
    parts.append(subject.part(start..<found.lowerBound))
    start = found.upperBound
    if parts.count & 0xFFF == 0 { try machine.checkpoint() }
    return parts.count < most - 1
  }
  parts.append(subject.part(start..<subject.bytes.count))
  return parts
}

private func characters(of subject: Subject, _ most: Int) throws -> [Value] {
  var parts: [Value] = []
  var start = 0
  var turns = TurnCounter()
  while start < subject.bytes.count {
    try turns.turn()
    var end = start + 1
    if parts.count == most - 1 { end = subject.bytes.count }
    // A byte 10xxxxxx continues a character (RFC 3629, section 3).
    while subject.isText, end < subject.bytes.count, subject.bytes[end] & 0xC0 == 0x80 { end += 1 }
    parts.append(subject.part(start..<end))
    start = end
  }
  return parts
}

let join = Command(
  "join", "Puts the texts of all items together, with a separator between them.",
  Parameter<Value>.input("a list, range or stream"),
  Parameter<String>.positional("separator", "what stands between them", default: "", shown: "''"), gives: .string,
  examples: [Example("[a b c] | join ,", "a,b,c"), Example("1..5 | join", "12345")]
) { machine, input, separator in
  let separator = Array(separator.utf8)
  var made: [UInt8] = []
  if case .list(let list) = input { made.reserveCapacity(min(list.count, 1 << 24) * 8) }
  var isText = true
  var isFirst = true
  try Items.forEach(input, machine) { item in
    if !isFirst { made.append(contentsOf: separator) }
    isFirst = false
    switch item {
    case .string(var text): text.withUTF8 { made.append(contentsOf: $0) }
    case .bytes(let bytes):
      made.append(contentsOf: bytes)
      isText = false
    default:
      guard let text = item.scalarText, !item.isNull else {
        throw ValueError("wrong-type", "\(item.described) has no text to join")
      }
      made.append(contentsOf: text.utf8)
    }
    guard made.count <= collectLimit else { throw ValueError("too-large", "the result would have over 1 GiB") }
    return true
  }
  return isText ? .string(String(decoding: made, as: UTF8.self)) : .bytes(made)
}
