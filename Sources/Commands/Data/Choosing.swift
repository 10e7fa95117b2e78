import Interpreter
import Net

let get = Command(
  "get", "Gives a field of a record, an item of a list, or a field of every row of a table.",
  Parameter<Value>.input("where to look"),
  Parameter<Value>.required("path", "a field's name, `a.b.c`, or an index"), gives: .any,
  examples: [
    Example("{name: web, port: 80} | get port", "80"),
    Example("[{n: 1}, {n: 2}] | get n", "1\n2"),
    Example("[a b c] | get 1", "b"),
    Example("{a: {b: 7}} | get a.b", "7"),
  ]
) { _, input, path in
  guard case .string(let text) = path, !text.isEmpty else { return try look(path, in: input.settledItems()) }
  if let whole = input.fields[text] { return whole }
  return try text.split(separator: ".").reduce(input.settledItems()) { value, name in
    try look(.string(String(name)), in: value)
  }
}

private func look(_ key: Value, in value: Value) throws -> Value {
  if case .string(let name) = key { return try Accessing.field(name, of: value, optional: false) }
  return try Accessing.index(key, of: value)
}

extension Value {
  /// Gives a list of a stream of items, and every other value as it is.
  func settledItems() throws -> Value {
    if case .stream = self { return try settled() }
    return self
  }
}

let select = Command(
  "select", "Keeps only some fields of a record, or of each row, in the order named.",
  Parameter<Value>.input("a record, a table or a stream of records"),
  Parameter<[String]>.rest("field", "the names to keep"), gives: .table,
  examples: [
    Example("[{a: 1, b: 2, c: 3}] | select c a", "c\ta\n3\t1"), Example("{a: 1, b: 2} | select b", "b\t2"),
  ]
) { machine, input, names in
  func chosen(_ value: Value) throws -> Value {
    .record(Record(pairs: try names.map { ($0, try Accessing.field($0, of: value, optional: false)) }))
  }
  if case .record = input { return try chosen(input) }
  return try Items.map(input, machine) { try chosen($0) }
}

let where_ = Command(
  "where", "Keeps the items for which a function gives true.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<Function>.required("condition", "a function of an item: {|x| …}, or a block that uses $in"), gives: .list,
  examples: [
    Example("1..10 | where {|n| $n % 5 == 0}", "5\n10"),
    Example("[{port: 80}, {port: 22}] | where {|s| $s.port < 50} | get port", "22"),
  ]
) { machine, input, condition in
  try Items.map(input, machine) { item in
    let result = try machine.call(condition, with: item)
    guard case .bool(let holds) = result else {
      throw ValueError(
        "wrong-type", "the condition gave \(result.described), and true or false is wanted", layer: .command)
    }
    return holds ? item : nil
  }
}

let each = Command(
  "each", "Calls a function with each item and gives the results; null results are left out.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<Function>.required("function", "a function of an item: {|x| …}, or a block that uses $in"),
  Parameter<Int?>.option("parallel", "call it for so many items at a time; the results keep their order"), gives: .list,
  examples: [
    Example("[1 2 3] | each {|n| $n * $n}", "1\n4\n9"), Example("1..3 | each { $in + 10 }", "11\n12\n13"),
    Example("[30ms 20ms 10ms] | each --parallel 3 {|time| sleep $time; $time}", "30ms\n20ms\n10ms"),
  ]
) { machine, input, function, parallel in
  if let parallel { return try Parallel.map(input, machine, parallel, function) }
  return try Items.map(input, machine) { item in
    let result = try machine.call(function, with: item)
    return result.isNull ? nil : result
  }
}

let first = Command(
  "first", "Gives the first item, or a list of the first few, and stops the producer.",
  Parameter<Value>.input("a list, table, range, stream, text or bytes"),
  Parameter<Int?>.optional("count", "how many"), gives: .any,
  examples: [Example("[5 6 7] | first", "5"), Example("1.. | first 3", "1\n2\n3"), Example("'hello' | first 2", "he")]
) { _, input, count in
  switch input {
  case .string, .bytes:
    return try Accessing.slice(
      RangeValue(lower: .int(0), upper: .int(max(0, count ?? 1)), includesEnd: false), of: input)
  default: break
  }
  let next = try Items.next(of: input)
  defer { if case .stream(let stream) = input { stream.close() } }
  guard let count else { return try next() ?? .null }
  var items: [Value] = []
  var turns = TurnCounter()
  while items.count < count, let item = try next() {
    try turns.turn()
    items.append(item)
  }
  return .list(items)
}

let last = Command(
  "last", "Gives the last item, or a list of the last few.",
  Parameter<Value>.input("a list, table, range, stream, text or bytes"),
  Parameter<Int?>.optional("count", "how many"), gives: .any,
  examples: [Example("[5 6 7] | last", "7"), Example("1..10 | last 2", "9\n10"), Example("'hello' | last 2", "lo")]
) { machine, input, count in
  let wanted = max(0, count ?? 1)
  switch input {
  case .string, .bytes:
    let part =
      wanted == 0
      ? RangeValue(lower: .int(0), upper: .int(0), includesEnd: false)
      : RangeValue(lower: .int(-wanted), upper: nil, includesEnd: true)
    return try Accessing.slice(part, of: input)
  case .list(let list): return count == nil ? list.last ?? .null : .list(Array(list.items.suffix(wanted)))
  default: break
  }
  let next = try Items.next(of: input)
  var items: [Value] = []
  var oldest = 0
  while let item = try next() {
    try machine.checkpoint()
    guard wanted > 0 else { continue }
    if items.count < wanted {
      items.append(item)
    } else {
      items[oldest] = item
      oldest = (oldest + 1) % wanted
    }
  }
  let ordered = Array(items[oldest...] + items[..<oldest])
  return count == nil ? ordered.last ?? .null : .list(ordered)
}

let count = Command(
  "count", "Counts items as they come: those of a list, range or stream, the fields of a record, the lines of a text.",
  Parameter<Value>.input("what to count"), gives: .int,
  examples: [Example("[a b c] | count", "3"), Example("1..1_000 | where {|n| $n % 7 == 0} | count", "142")]
) { machine, input in
  switch input {
  case .list(let list): return .int(list.count)
  case .string(let text): return .int(try Lines.count(Array(text.utf8)))
  case .bytes(let bytes): return .int(try Lines.count(bytes))
  default: break
  }
  let next = try Items.next(of: input)
  var total = 0
  while try next() != nil {
    total += 1
    if total & 0xFFF == 0 { try machine.checkpoint() }
  }
  return .int(total)
}

let len = Command(
  "len", "Counts: the items of a list, the characters of a text, the bytes of bytes.",
  Parameter<Value>.input("what to measure"), gives: .int,
  examples: [Example("len 'äöü'", "3"), Example("0x[01 02] | len", "2"), Example("[1 2 3] | len", "3")]
) { _, input in
  switch input {
  case .list(let list): return .int(list.count)
  case .string(let text): return .int(scalarCount(of: text))
  case .bytes(let bytes): return .int(bytes.count)
  case .record(let record) where record["body"] != nil: return .int(try [UInt8].convert(input).count)
  case .record(let record): return .int(record.count)
  case .range(let range):
    if let (first, last) = range.content.integers, range.content.upper != nil {
      let (span, overflow) = last.subtractingReportingOverflow(first)
      if !overflow, span < Int.max { return .int(max(0, span + 1)) }
    }
    throw ValueError("no-length", "the range has no end that could be counted")
  case .stream(let stream):
    var total = 0
    var turns = TurnCounter()
    while let piece = try stream.next() {
      try turns.turn()
      if case .bytes(let bytes) = piece, stream.isBytes { total += bytes.count } else { total += 1 }
    }
    return .int(total)
  default: throw ValueError("wrong-type", "\(input.described) has no length")
  }
}
