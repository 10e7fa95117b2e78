import Interpreter
import Net
import Transport

let expect = Command(
  "expect",
  "Receives until one of several patterns is found, and says which, with its groups and what came before; the rest stays. `eof` and `timeout` are found at the end of the stream and of the time, as in expect(1).",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  Parameter<[Value]>.rest(
    "pattern",
    "a regex or a text that is one, bytes as they are, `eof`, `timeout`, or {pattern: …, action: {|found| …}}"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take; its error is `timeout`, and what came stays"),
  gives: .record,
  examples: [
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; (expect re'HTTP/\S+ (?<code>\d+)').groups.code"#,
      "404", needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; send "GET / HTTP/1.0\r\n\r\n"; (expect 'login:' 'Content-\w+:').index"#,
      "1",
      note: "which of the two came", needsLab: true),
    Example(
      #"let c = tcp connect www.rfc.test:80; (expect 'login:' timeout --timeout 50ms).pattern"#, "timeout",
      note: "what came stays; to wait for the word itself write re'timeout'", needsLab: true),
  ]
) { machine, given, patterns, timeout in
  let connection = try machine.connection(given).connection
  let expected = try Expected.list(patterns)
  let context = machine.network.context(machine, timeout: timeout)
  let found = try Expectation(expected).await(connection, context, machine.deadline)
  guard let action = expected[found.index].action else { return .record(found.fields) }
  return .record(found.fields.setting("result", to: try machine.call(action, [.record(found.fields)])))
}

/// One of the things that `expect` waits for.
private struct Expected {
  /// What is looked for in the bytes; nil for an ending.
  let pattern: Pattern?
  /// `eof` or `timeout`: not what comes but that nothing more does.
  let ending: String?
  /// How it was written.
  let value: Value
  var action: Function?

  /// Reads the arguments; lists among them are opened.
  static func list(_ values: [Value]) throws -> [Expected] {
    let all = values.flatMap { value -> [Value] in
      if case .list(let items) = value { Array(items) } else { [value] }
    }
    guard !all.isEmpty else { throw ValueError("missing-argument", "`expect` wants a pattern", layer: .command) }
    return try all.map { value in
      guard case .record(let record) = value, let pattern = record["pattern"] else { return try Expected(value) }
      var expected = try Expected(pattern)
      if let action = record["action"], !action.isNull { expected.action = try Function.convert(action) }
      return expected
    }
  }

  private init(_ value: Value) throws {
    self.value = value
    if case .string(let name) = value, ["eof", "timeout"].contains(where: { bytesEqual($0, name) }) {
      (pattern, ending) = (nil, name)
      return
    }
    ending = nil
    switch value {
    case .regex(let regex): pattern = .regex(regex)
    case .bytes(let bytes): pattern = .literal(bytes)
    default: pattern = .regex(try Regex(String.convert(value)))
    }
    if case .literal(let bytes) = pattern, bytes.isEmpty {
      throw ValueError("bad-argument", "empty bytes are found everywhere", layer: .command)
    }
  }
}

/// A search for the pattern that matches first in what arrives: the earliest place wins, then the order of the patterns.
private final class Expectation {
  private let patterns: [Expected]
  private var best: (index: Int, whole: Range<Int>, match: Regex.Match?)?
  private var failure: ValueError?

  struct Found {
    let index: Int
    let fields: Record
  }

  init(_ patterns: [Expected]) { self.patterns = patterns }

  /// Receives; `outer` is the deadline of what is around the command, which no pattern catches.
  func await(_ connection: Connection, _ context: NetworkContext, _ outer: Deadline) throws -> Found {
    let bytes: [UInt8]
    do throws(TransportError) {
      bytes = try connection.recvUntil(title, context, look)
    } catch {
      guard ["timeout", "eof"].contains(error.code), error.code == "eof" || !outer.isOver else { throw error }
      if let found = try ended(error.code, connection, context) { return found }
      throw ValueError(error.code, "expect \(title), and \(what(came: connection))", layer: .command, cause: error)
    }
    if let failure { throw failure }
    guard let best else { throw ValueError("internal", "nothing was found", layer: .command) }
    return Found(index: best.index, fields: record(of: best, in: bytes))
  }

  /// Gives what stands for an ending, if a pattern asks for it: at the end of the stream all that came, which is taken; at the
  /// end of the time what came and stays.
  private func ended(_ code: String, _ connection: Connection, _ context: NetworkContext) throws -> Found? {
    guard let index = patterns.firstIndex(where: { $0.ending == code }) else { return nil }
    var bytes: [UInt8] = []
    if code == "eof" {
      bytes = connection.takeBuffered()
    } else if connection.buffered > 0 {
      bytes = try connection.peek(max: connection.buffered, context)?.data ?? []
    }
    return Found(
      index: index,
      fields: Record(pairs: [
        ("index", .int(index)), ("pattern", patterns[index].value), ("match", .null), ("groups", .null),
        ("before", part(0..<bytes.count, of: bytes)),
      ]))
  }

  private var title: String {
    patterns.map { expected in
      switch expected.pattern {
      case .regex(let regex): "re'\(regex.pattern)'"
      case .literal(let bytes): "\(bytes.count) bytes"
      case nil: expected.ending ?? ""
      }
    }.joined(separator: " or ")
  }

  private func what(came connection: Connection) -> String {
    let count = connection.buffered
    guard count > 0 else { return "nothing came" }
    return "\(count) bytes came that are something else"
  }

  private func look(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Sought {
    var undecided = bytes.count
    do throws(ValueError) {
      for (index, expected) in patterns.enumerated() {
        guard let pattern = expected.pattern else { continue }
        let (found, beginning) = try search(pattern, bytes, from: start)
        undecided = min(undecided, beginning)
        guard let found, found.whole.lowerBound < best?.whole.lowerBound ?? .max else { continue }
        best = (index, found.whole, found.match)
      }
    } catch {
      failure = error
      return .end(0)
    }
    return best.map { .end($0.whole.upperBound) } ?? .nothing(before: undecided)
  }

  /// Gives the first match, if there is one, and where else one may begin.
  private func search(
    _ pattern: Pattern, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(ValueError) -> (found: (whole: Range<Int>, match: Regex.Match?)?, beginning: Int) {
    switch pattern {
    case .regex(let regex):
      switch try regex.firstMatch(inArrived: bytes, from: start) {
      case .match(let match): return ((match.whole, match), bytes.count)
      case .beginning(let offset): return (nil, offset)
      case .nothing: return (nil, bytes.count)
      }
    case .literal(let mark):
      guard let offset = ReceivedBytes.offset(of: mark, in: bytes, from: start) else {
        return (nil, max(start, bytes.count - mark.count + 1))
      }
      return ((offset..<(offset + mark.count), nil), bytes.count)
    }
  }

  /// A piece of what came, as text where it is text.
  private func part(_ range: Range<Int>, of bytes: [UInt8]) -> Value {
    let piece = Array(bytes[range.clamped(to: bytes.indices)])
    return String(validating: piece, as: UTF8.self).map { .string($0) } ?? .bytes(piece)
  }

  private func record(
    of found: (index: Int, whole: Range<Int>, match: Regex.Match?), in bytes: [UInt8]
  ) -> Record {
    func part(_ range: Range<Int>) -> Value { self.part(range, of: bytes) }
    var groups = Value.null
    if let match = found.match, case .regex(let regex) = patterns[found.index].pattern {
      if regex.names.isEmpty {
        groups = .list(match.groups.dropFirst().map { $0.map(part) ?? .null })
      } else {
        let pairs = regex.names.map { name in
          (name.name, name.number < match.groups.count ? match.groups[name.number].map(part) ?? .null : .null)
        }
        groups = .record(pairs.reduce(Record.empty) { $0.setting($1.0, to: $1.1) })
      }
    }
    return Record(pairs: [
      ("index", .int(found.index)), ("pattern", patterns[found.index].value), ("match", part(found.whole)),
      ("groups", groups), ("before", part(0..<found.whole.lowerBound)),
    ])
  }
}
