import Net

/// Values in order, with how deep they nest.
public struct List: Sendable, RandomAccessCollection {
  public private(set) var items: [Value]
  private var itemDepth: Int32

  public init(_ items: [Value]) {
    self.items = items
    itemDepth = 0
    for item in items {
      let depth = Int32(truncatingIfNeeded: item.depth)
      if depth > itemDepth { itemDepth = depth }
    }
  }

  public var depth: Int { Int(itemDepth) + 1 }
  public var startIndex: Int { 0 }
  public var endIndex: Int { items.count }
  public subscript(index: Int) -> Value { items[index] }

  public mutating func append(_ item: Value) {
    items.append(item)
    itemDepth = Swift.max(itemDepth, Int32(truncatingIfNeeded: item.depth))
  }

  public mutating func append(contentsOf other: List) {
    items.append(contentsOf: other.items)
    itemDepth = Swift.max(itemDepth, other.itemDepth)
  }

  /// Appends a list that may be long, with looks whether to stop.
  mutating func append(watched other: List) throws(ValueError) {
    let step = 1 << 16
    guard count + other.count > step else { return append(contentsOf: other) }
    // Copied piece by piece, since a copy of the whole array would not look.
    var joined: [Value] = []
    joined.reserveCapacity(count + other.count)
    for part in [items, other.items] {
      for start in stride(from: 0, to: part.count, by: step) {
        try Watch.check()
        joined += part[start..<Swift.min(part.count, start + step)]
      }
    }
    items = joined
    itemDepth = Swift.max(itemDepth, other.itemDepth)
  }

  /// Replaces one item; the index must be within the list.
  public mutating func replace(at index: Int, with item: Value) {
    items[index] = item
    itemDepth = Swift.max(itemDepth, Int32(truncatingIfNeeded: item.depth))
  }

  /// Takes an item out to be changed in place, leaving null; the index must be within the list.
  mutating func take(at index: Int) -> Value {
    var item = Value.null
    swap(&item, &items[index])
    return item
  }
}
