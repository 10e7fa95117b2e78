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
    guard isEndless(input) else {
      var results: [Value] = []
      do {
        try forEach(input, machine) { item in
          if let result = try transform(item) { results.append(result) }
          return true
        }
      } catch {
        Disposal.release(&results)
        throw error
      }
      return .list(results)
    }
    let source: Stream? = if case .stream(let stream) = input { stream } else { nil }
    let drain: Stream.Drain = { take in
      try forEach(input, machine) { item in
        if let result = try transform(item) { try take(result) }
        return true
      }
    }
    return .stream(Stream(close: { source?.close() }, drain: drain, next: pull))
  }

  /// Makes a stream of what a function gives if the input is one, else a list.
  static func produce(like input: Value, _ pull: @escaping () throws -> Value?) throws -> Value {
    if isEndless(input) {
      let source: Stream? = if case .stream(let stream) = input { stream } else { nil }
      return .stream(Stream(close: { source?.close() }, next: pull))
    }
    var results: [Value] = []
    do { while let result = try pull() { results.append(result) } } catch {
      Disposal.release(&results)
      throw error
    }
    return .list(results)
  }

  /// Calls a function with each item until it gives false, and stops the producer then.
  static func forEach(_ input: Value, _ machine: Machine, _ body: (Value) throws -> Bool) throws {
    defer { if case .stream(let stream) = input { stream.close() } }
    if case .list(let list) = input {
      for item in list.items {
        try machine.checkpoint()
        guard try body(item) else { return }
      }
      return
    }
    if case .range(let range) = input, let (first, last) = range.content.integers {
      guard first <= last else { return }
      for number in first...last {
        try machine.checkpoint()
        guard try body(.int(number)) else { return }
      }
      return
    }
    let next = try next(of: input)
    while let item = try next() {
      try machine.checkpoint()
      guard try body(item) else { return }
    }
  }

  /// Collects all items, within the limit of what is kept in memory.
  static func all(of input: Value, _ machine: Machine) throws -> [Value] {
    if case .list(let list) = input { return list.items }
    var items: [Value] = []
    var room = collectLimit
    do {
      try forEach(input, machine) { item in
        room -= item.approximateSize
        guard room >= 0 else {
          throw ValueError(
            "too-large", "more than 1 GiB of items cannot be kept in memory", hint: "`first` takes a part")
        }
        items.append(item)
        return true
      }
    } catch {
      Disposal.release(&items)
      throw error
    }
    return items
  }

  /// Tells whether the items may be too many to hold: those of streams, networks and ranges.
  static func isEndless(_ value: Value) -> Bool {
    switch value {
    case .stream, .network, .range: true
    default: false
    }
  }
}
