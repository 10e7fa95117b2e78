import Interpreter

let skip = Command(
  "skip", "Leaves out the first item, or the first few.",
  Parameter<Value>.input("a list, table, range, stream, text or bytes"),
  Parameter<Int>.positional("count", "how many", default: 1, shown: "1"), gives: .list,
  examples: [
    Example("[a b c] | skip", "b\nc"), Example("1.. | skip 2 | first 2", "3\n4"), Example("skip hello 3", "lo"),
  ]
) { machine, input, count in
  let count = try Count.checked(count)
  switch input {
  case .string, .bytes:
    return try Accessing.slice(RangeValue(lower: .int(count), upper: nil, includesEnd: true), of: input)
  case .list(let list): return .list(Array(list.items.dropFirst(count)))
  default: break
  }
  let next = try Items.next(of: input)
  var left = count
  return try Items.produce(like: input) {
    while left > 0, try next() != nil {
      try machine.checkpoint()
      left -= 1
    }
    left = 0
    return try next()
  }
}

/// How many items a command is asked for.
enum Count {
  static func checked(_ count: Int, atLeast least: Int = 0) throws -> Int {
    guard count >= least else {
      throw ValueError("bad-count", "the count \(count) is less than \(least)", layer: .command)
    }
    return count
  }
}

let reverse = Command(
  "reverse", "Turns items round, or the characters of a text, or bytes.",
  Parameter<Value>.input("a list, table, range, stream, text or bytes"), gives: .any,
  examples: [Example("1..3 | reverse", "3\n2\n1"), Example("reverse nsh", "hsn")]
) { machine, input in
  switch input {
  case .string(let text):
    var turned = String.UnicodeScalarView()
    var turns = TurnCounter()
    for scalar in text.unicodeScalars.reversed() {
      try turns.turn()
      turned.append(scalar)
    }
    return .string(String(turned))
  case .bytes(let bytes): return .bytes(bytes.reversed())
  default: return .list(try Items.all(of: input, machine).reversed())
  }
}

let zipWith = Command(
  "zip", "Pairs the items with those of another list, until one of both ends.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<Value>.required("other", "a list, table or range"), gives: .list,
  examples: [
    Example("[a b c] | zip (1..) | each {|pair| \"${$pair[1]}: ${$pair[0]}\"}", "1: a\n2: b\n3: c"),
    Example("[a b] | zip [x y] | last | join -", "b-y"),
  ]
) { machine, input, other in
  let next = try Items.next(of: input)
  let partner = try Items.next(of: other)
  return try Items.produce(like: input) {
    try machine.checkpoint()
    guard let item = try next(), let second = try partner() else { return nil }
    return .list([item, second])
  }
}

let flatten = Command(
  "flatten", "Puts the items of lists inside a list in their places.",
  Parameter<Value>.input("a list or stream of lists and other values"),
  Parameter<Bool>.flag("all", "also of lists inside those lists"), gives: .list,
  examples: [Example("[[1 2] 3 [4]] | flatten", "1\n2\n3\n4"), Example("[[1 [2 [3]]]] | flatten --all | count", "3")]
) { machine, input, isDeep in
  // The lists that are being read, the innermost last.
  var open = [try Items.next(of: input)]
  return try Items.produce(like: input) {
    while let next = open.last {
      try machine.checkpoint()
      guard let item = try next() else {
        open.removeLast()
        continue
      }
      guard case .list(let list) = item, isDeep || open.count == 1 else { return item }
      var items = list.items.makeIterator()
      open.append { items.next() }
    }
    return nil
  }
}

let enumerate = Command(
  "enumerate", "Numbers items from 0: records of index and item.",
  Parameter<Value>.input("a list, table, range or stream"), gives: .table,
  examples: [Example("[a b] | enumerate", "index\titem\n0\ta\n1\tb")]
) { machine, input in
  let row = Record(["index": .null, "item": .null])
  var index = 0
  return try Items.map(input, machine) { item in
    defer { index += 1 }
    return .record(Record(like: row, [.int(index), item]))
  }
}

let chunks = Command(
  "chunks", "Divides items into lists of a length; the last one may be shorter.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<Int>.required("length", "how many items each has"), gives: .list,
  examples: [Example("1..5 | chunks 2 | each {|c| $c | sum}", "3\n7\n5")]
) { machine, input, length in
  let length = try Count.checked(length, atLeast: 1)
  let next = try Items.next(of: input)
  return try Items.produce(like: input) {
    var chunk: [Value] = []
    while chunk.count < length, let item = try next() {
      try machine.checkpoint()
      chunk.append(item)
    }
    return chunk.isEmpty ? nil : .list(chunk)
  }
}
