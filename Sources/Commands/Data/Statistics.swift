import Interpreter
import Syntax

let sum = Command(
  "sum", "Adds all items: numbers exactly, durations, sizes; of nothing it is 0.",
  Parameter<Value>.input("a list, range or stream"), gives: .any,
  examples: [
    Example("1..100 | sum", "5050"), Example("[250ms 1s] | sum", "1.25s"), Example("[1KiB 512B] | sum", "1536B"),
  ]
) { machine, input in try Statistics.sum(of: input, machine).sum }

let minOf = Command(
  "min", "Gives the smallest item, or the one whose key is the smallest; of equal ones the first.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<ItemKey?>.optional("key", "a field's name or a function"), gives: .any,
  examples: [Example("[3 1 2] | min", "1"), Example("[{h: a, ms: 20}, {h: b, ms: 3}] | min ms | get h", "b")]
) { machine, input, key in try Statistics.extreme(of: input, key, machine, "smallest") { $0 < 0 } }

let maxOf = Command(
  "max", "Gives the largest item, or the one whose key is the largest; of equal ones the first.",
  Parameter<Value>.input("a list, table, range or stream"),
  Parameter<ItemKey?>.optional("key", "a field's name or a function"), gives: .any,
  examples: [
    Example("[192.0.2.9 192.0.2.10] | max", "192.0.2.10"), Example("[a bbb cc] | max {|word| len $word}", "bbb"),
  ]
) { machine, input, key in try Statistics.extreme(of: input, key, machine, "largest") { $0 > 0 } }

let mean = Command(
  "mean", "Gives the sum of all items divided by their count.",
  Parameter<Value>.input("a list, range or stream of numbers, durations or sizes"), gives: .any,
  examples: [Example("[1 2 4 5] | mean", "3"), Example("[10ms 15ms] | mean", "12.5ms")]
) { machine, input in
  let (sum, count) = try Statistics.sum(of: input, machine)
  guard count > 0 else { throw Statistics.empty("mean") }
  return try Arithmetic.apply(.divide, sum, .int(count))
}

let median = Command(
  "median", "Gives the item in the middle of the order; of an even count the mean of both in the middle.",
  Parameter<Value>.input("a list, range or stream of numbers, durations or sizes"), gives: .any,
  examples: [Example("[9 1 5] | median", "5"), Example("[1 2 3 10] | median", "2.5")]
) { machine, input in
  let items = try Statistics.sorted(input, machine, "median")
  let middle = items[items.count / 2]
  guard items.count % 2 == 0 else { return middle }
  return try Arithmetic.apply(.divide, Arithmetic.apply(.add, items[items.count / 2 - 1], middle), .int(2))
}

let percentile = Command(
  "percentile", "Gives the value that so many percent of the items do not exceed, between two items by their distance.",
  Parameter<Value>.input("a list, range or stream of numbers, durations or sizes"),
  Parameter<[Double]>.rest("percent", "0 to 100; several give a list"), gives: .any,
  examples: [
    Example("1..101 | percentile 95", "96"), Example("[10ms 20ms 30ms 100ms] | percentile 50 99", "25ms\n97.9ms"),
  ]
) { machine, input, percents in
  guard !percents.isEmpty else {
    throw ValueError("missing-argument", "`percent` is missing", hint: "`percentile 95`", layer: .command)
  }
  for percent in percents where !(0...100).contains(percent) {
    throw ValueError("bad-argument", "\(percent) is no percentage: 0 to 100 are", layer: .command)
  }
  let items = try Statistics.sorted(input, machine, "percentile")
  let values = try percents.map { try Statistics.quantile($0, of: items) }
  return values.count == 1 ? values[0] : .list(values)
}

/// What is said of many values by one.
enum Statistics {
  static func empty(_ what: String) -> ValueError {
    ValueError("empty", "of nothing there is no \(what)", hint: "test for it: `if (len $list) > 0`")
  }

  /// Adds the items; integers stay exact, whatever their sum is.
  static func sum(of input: Value, _ machine: Machine) throws -> (sum: Value, count: Int) {
    var whole = 0
    var total: Value?
    var count = 0
    try Items.forEach(input, machine) { item in
      count += 1
      if total == nil, case .int(let number) = item {
        let (sum, overflow) = whole.addingReportingOverflow(number)
        if !overflow {
          whole = sum
          return true
        }
      }
      // The first item may be a duration, which has no sum with 0.
      try check(item)
      guard let known = total ?? (count > 1 ? .int(whole) : nil) else {
        total = item
        return true
      }
      total = try Arithmetic.apply(.add, known, item)
      return true
    }
    return (total ?? .int(whole), count)
  }

  private static func check(_ item: Value) throws {
    switch item {
    case .float(let number) where number.isNaN: throw ValueError("wrong-type", "NaN is no number to reckon with")
    case .int, .big, .float, .duration, .size: return
    default: throw ValueError("wrong-type", "a number, duration or size is wanted here, and this is \(item.described)")
    }
  }

  static func extreme(
    of input: Value, _ key: ItemKey?, _ machine: Machine, _ what: String, _ isBetter: (Int) -> Bool
  ) throws -> Value {
    var best: (item: Value, key: Value)?
    try Items.forEach(input, machine) { item in
      let value = try key?.of(item, machine) ?? item
      guard let known = best else {
        best = (item, value)
        return true
      }
      if isBetter(try Sorting.compare(value, known.key)) { best = (item, value) }
      return true
    }
    guard let best else { throw empty("\(what) item") }
    return best.item
  }

  static func sorted(_ input: Value, _ machine: Machine, _ what: String) throws -> [Value] {
    let items = try Items.all(of: input, machine)
    guard !items.isEmpty else { throw empty(what) }
    for item in items { try check(item) }
    return try Sorting(machine: machine, isReversed: false).order([items]).map { items[$0] }
  }

  /// Gives the value at a percentage of the way from the first to the last of sorted items, by linear interpolation between neighbours.
  static func quantile(_ percent: Double, of items: [Value]) throws -> Value {
    let steps = items.count - 1
    guard steps > 0 else { return items[0] }
    // Whole percentages stay exact: the place in hundredths of a step.
    if let whole = Int(exactly: percent), let hundredths = multiplied(whole, steps) {
      let (place, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
      guard rest > 0, place < steps else { return items[Swift.min(place, steps)] }
      let distance = try Arithmetic.apply(.subtract, items[place + 1], items[place])
      let part = try Arithmetic.apply(.divide, Arithmetic.apply(.multiply, distance, .int(rest)), .int(100))
      return try Arithmetic.apply(.add, items[place], part)
    }
    let position = percent / 100 * Double(steps)
    let place = Swift.min(Int(position), steps)
    let fraction = position - Double(place)
    guard fraction > 0, place < steps else { return items[place] }
    let distance = try Arithmetic.apply(.subtract, items[place + 1], items[place])
    return try Arithmetic.apply(.add, items[place], Arithmetic.apply(.multiply, distance, .float(fraction)))
  }

  private static func multiplied(_ a: Int, _ b: Int) -> Int? {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : product
  }
}
