/// A route of one family as its prefix, and where it stood in the list.
struct RoutedPrefix<Number: FixedWidthInteger & UnsignedInteger & Sendable>: BeginsAtNumber {
  let interval: Interval<Number>
  let prefix: UInt8
  let metric: UInt32
  let index: Int32

  init(_ interval: Interval<Number>, _ prefix: UInt8, _ metric: UInt32, _ index: Int) {
    self.interval = interval
    self.prefix = prefix
    self.metric = metric
    self.index = Int32(truncatingIfNeeded: index)
  }

  var first: Number { interval.first }

  /// Orders by where the prefixes begin, the shortest first, then the best first.
  static func precedes(_ left: RoutedPrefix, _ right: RoutedPrefix) -> Bool {
    if left.first != right.first { return left.first < right.first }
    if left.prefix != right.prefix { return left.prefix < right.prefix }
    return left.metric != right.metric ? left.metric < right.metric : left.index < right.index
  }
}

/// The routes of one family, flattened for look-ups and in order for questions about all that match.
struct RouteFamily<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  private let prefixes: [RoutedPrefix<Number>]
  /// Where the best route changes, to which; -1 is none.
  private let segments: SegmentIndex<Number>

  init(_ unordered: [RoutedPrefix<Number>]) {
    prefixes = Self.ordered(unordered)
    var flat = FlatRoutes<Number>()
    for prefix in prefixes { flat.enter(prefix) }
    flat.leaveAll()
    segments = SegmentIndex(cuts: flat.cuts, before: -1)
  }

  private static func ordered(_ unordered: [RoutedPrefix<Number>]) -> [RoutedPrefix<Number>] {
    var prefixes = unordered
    prefixes.sortByFirst()
    var start = 0
    while start < prefixes.count {
      var end = start + 1
      while end < prefixes.count, prefixes[end].first == prefixes[start].first { end += 1 }
      if end - start > 1 { prefixes[start..<end].sort(by: RoutedPrefix.precedes) }
      start = end
    }
    return prefixes
  }

  @inline(__always)
  func route(for number: Number) -> Int32 {
    segments.value(of: number)
  }

  @inline(__always)
  func forEachRoute(for numbers: [Number], _ body: (Int32) -> Void) { segments.forEachValue(of: numbers, body) }

  /// Gives all routes that contain a number, the best first, by a binary search for each length of prefix.
  func candidates(for number: Number) -> [Int] {
    var found: [Int] = []
    for prefix in stride(from: Number.bitWidth, through: 0, by: -1) {
      let hostMask: Number = prefix == 0 ? .max : (Number(1) << (Number.bitWidth - prefix)) &- 1
      let first = number & ~hostMask
      var (low, high) = (0, prefixes.count)
      while low < high {
        let middle = (low + high) / 2
        if (prefixes[middle].first, Int(prefixes[middle].prefix)) < (first, prefix) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      while low < prefixes.count, prefixes[low].first == first, Int(prefixes[low].prefix) == prefix {
        found.append(Int(prefixes[low].index))
        low += 1
      }
    }
    return found
  }

  var memory: Int { segments.memory + prefixes.count * MemoryLayout<RoutedPrefix<Number>>.stride }
}

/// The cuts between addresses whose best routes differ, made by walking prefixes in order with those around them on a stack.
private struct FlatRoutes<Number: FixedWidthInteger & UnsignedInteger & Sendable> {
  private(set) var cuts: [SegmentIndex<Number>.Cut] = []
  /// The prefixes that contain the place of the walk, the widest first; never more than there are lengths.
  private var open: [(last: Number, prefix: UInt8, route: Int32)] = []

  mutating func enter(_ prefix: RoutedPrefix<Number>) {
    while let inner = open.last, inner.last < prefix.first { leave(inner.last) }
    // The same prefix again: the one before was better.
    if let inner = open.last, inner.prefix == prefix.prefix { return }
    cut(at: prefix.first, prefix.index)
    open.append((prefix.interval.last, prefix.prefix, prefix.index))
  }

  mutating func leaveAll() {
    while let inner = open.last { leave(inner.last) }
  }

  private mutating func leave(_ last: Number) {
    open.removeLast()
    guard last < .max else { return }
    cut(at: last + 1, open.last?.route ?? -1)
  }

  private mutating func cut(at start: Number, _ route: Int32) {
    if cuts.last?.start == start {
      cuts[cuts.count - 1].value = route
    } else {
      cuts.append(SegmentIndex.Cut(start: start, value: route))
    }
  }
}
