import Interpreter
import Net

/// The items of a value that a command works through one by one.
enum Items {
  /// Gives a function that gives the next item, then nil: of a list, range, network, record (as key and value), stream, or text (its lines).
  static func next(of value: Value) throws -> () throws -> Value? {
    switch value {
    case .list(let list):
      var items = list.items.makeIterator()
      return { items.next() }
    case .range(let range): return range.content.members()
    case .network(let network):
      return RangeValue(lower: .address(network.first), upper: .address(network.last), includesEnd: true).members()
    case .record(let record):
      guard record["body"] == nil else { return try Lines.next(of: value) }
      var pairs = record.pairs.makeIterator()
      return { pairs.next().map { .record(Record(["key": .string($0.name), "value": $0.value])) } }
    case .stream(let stream):
      guard !stream.isBytes else { return try Lines.next(of: value) }
      return { try stream.next() }
    case .null: return { nil }
    default: throw ValueError("wrong-type", "a list, range or stream is wanted here, and this is \(value.described)")
    }
  }

  /// Makes a value of the same nature: a stream from a stream, which is not read before somebody asks; else a list.
  static func map(_ input: Value, _ machine: Machine, _ transform: @escaping (Value) throws -> Value?) throws -> Value {
    let next = try next(of: input)
    let pull: () throws -> Value? = {
      while let item = try next() {
        try machine.checkpoint()
        if let result = try transform(item) { return result }
      }
      return nil
    }
    if isEndless(input) {
      let source: Stream? = if case .stream(let stream) = input { stream } else { nil }
      return .stream(Stream(close: { source?.close() }, next: pull))
    }
    var results: [Value] = []
    while let result = try pull() { results.append(result) }
    return .list(results)
  }

  /// Tells whether the items may be too many to hold: those of streams, networks and ranges.
  static func isEndless(_ value: Value) -> Bool {
    switch value {
    case .stream, .network, .range: true
    default: false
    }
  }
}
