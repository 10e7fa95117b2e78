import Glibc
import Interpreter

/// The order of items by their keys: stable, by radix where all keys are numbers or texts, else by comparing.
struct Sorting {
  let machine: Machine
  let isReversed: Bool

  /// Gives the places of the items in their order; each column has one key an item.
  ///
  /// Null and NaN come after everything else. Values that have no order between them are an error.
  func order(_ columns: [[Value]]) throws -> [Int] {
    guard let keys = columns.first else { return [] }
    guard columns.count == 1, keys.count > 32, var ranked = rank(keys) else {
      return try Array(keys.indices).sorted { try precedes($0, $1, columns) }
    }
    try Radix.sort(&ranked) { try machine.checkpoint() }
    if case .string = keys[0] { try settleTies(&ranked, columns) }
    return ranked.map(\.index)
  }

  private func precedes(_ left: Int, _ right: Int, _ columns: [[Value]]) throws -> Bool {
    try machine.checkpoint()
    for keys in columns {
      let result = try Sorting.compare(keys[left], keys[right])
      if result != 0 { return isReversed ? result > 0 : result < 0 }
    }
    return left < right
  }

  /// Compares two keys: negative, 0 or positive.
  static func compare(_ left: Value, _ right: Value) throws -> Int {
    if case .string(var a) = left, case .string(var b) = right {
      return a.withUTF8 { a in
        b.withUTF8 { b in
          guard let first = a.baseAddress, let second = b.baseAddress else { return a.count - b.count }
          let result = Int(memcmp(first, second, Swift.min(a.count, b.count)))
          return result != 0 ? result : a.count - b.count
        }
      }
    }
    if let result = Interpreter.compare(left, right) { return result }
    let (first, second) = (outside(left), outside(right))
    guard first > 0 || second > 0 else {
      throw ValueError(
        "wrong-type", "\(left.described) and \(right.described) have no order",
        hint: "sort by a field or a function that gives one type: `sort {|x| …}`")
    }
    return first - second
  }

  /// How far a value stands after those that have an order: null after NaN.
  private static func outside(_ value: Value) -> Int {
    switch value {
    case .null: 2
    case .float(let number) where number.isNaN: 1
    default: 0
    }
  }

  /// Gives each key a number whose order is theirs; nil if keys differ in type. Texts with the same first 8 bytes tie.
  private func rank(_ keys: [Value]) -> [Radix.Item]? {
    var ranked: [Radix.Item] = []
    ranked.reserveCapacity(keys.count)
    let mask: UInt64 = isReversed ? .max : 0
    func add(_ rank: UInt64) { ranked.append(Radix.Item(rank: rank ^ mask, index: ranked.count)) }
    func add(_ number: Int64) { add(UInt64(bitPattern: number) ^ 1 << 63) }
    switch keys[0] {
    case .int: for key in keys { if case .int(let number) = key { add(Int64(number)) } else { return nil } }
    case .duration: for key in keys { if case .duration(let span) = key { add(span.nanoseconds) } else { return nil } }
    case .size: for key in keys { if case .size(let size) = key { add(size.bytes) } else { return nil } }
    case .time: for key in keys { if case .time(let time) = key { add(time.nanoseconds) } else { return nil } }
    case .float:
      for key in keys {
        guard case .float(let number) = key, !number.isNaN else { return nil }
        // Adding zero makes -0.0 tie with 0.0. IEEE 754 orders positive numbers as integers, negative ones the other way round.
        let bits = (number + 0).bitPattern
        add(bits >> 63 == 0 ? bits | 1 << 63 : ~bits)
      }
    case .string:
      for key in keys {
        guard case .string(let text) = key else { return nil }
        var rank: UInt64 = 0
        var shift: UInt64 = 64
        for byte in text.utf8.prefix(8) {
          shift -= 8
          rank |= UInt64(byte) << shift
        }
        add(rank)
      }
    default: return nil
    }
    return ranked
  }

  private func settleTies(_ ranked: inout [Radix.Item], _ columns: [[Value]]) throws {
    var start = 0
    while start < ranked.count {
      var end = start + 1
      while end < ranked.count, ranked[end].rank == ranked[start].rank { end += 1 }
      if end - start > 1 { try ranked[start..<end].sort { try precedes($0.index, $1.index, columns) } }
      start = end
      try machine.checkpoint()
    }
  }
}

/// Sorting of numbers by their bytes, the lowest first: stable, and in a time that only depends on their count.
enum Radix {
  struct Item {
    let rank: UInt64
    let index: Int
  }

  static func sort(_ items: inout [Item], checkpoint: () throws -> Void) throws {
    // How often each byte stands at each place.
    var counts = [Int](repeating: 0, count: 8 * 256)
    for item in items {
      for place in 0..<8 { counts[place << 8 | Int(item.rank >> UInt64(place << 3) & 0xFF)] += 1 }
    }
    var other = items
    for place in 0..<8 {
      try checkpoint()
      let shift = UInt64(place << 3)
      var next = Array(counts[place << 8..<(place + 1) << 8])
      guard !next.contains(items.count) else { continue }
      var sum = 0
      for byte in 0..<256 { (next[byte], sum) = (sum, sum + next[byte]) }
      for (number, item) in items.enumerated() {
        if number & 0xFFFF == 0xFFFF { try checkpoint() }
        let byte = Int(item.rank >> shift & 0xFF)
        other[next[byte]] = item
        next[byte] += 1
      }
      swap(&items, &other)
    }
  }
}
