/// A set of addresses of one family: intervals in order, of which no two touch.
struct IntervalSet<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Equatable, Sendable {
  private(set) var intervals: [Interval<Number>] = []

  init() {}

  /// Makes the set of all addresses of intervals in any order.
  init(_ intervals: consuming [Interval<Number>]) {
    self.intervals = intervals
    self.intervals.sortByFirst()
    merge()
  }

  /// Joins ordered intervals that touch or overlap, in place.
  private mutating func merge() {
    guard intervals.count > 1 else { return }
    let kept = intervals.withUnsafeMutableBufferPointer { intervals in
      var end = 0
      for index in 1..<intervals.count {
        let next = intervals[index]
        // `first - 1` cannot fall below zero: an interval that begins there overlaps the one before.
        if next.first <= intervals[end].last || next.first &- 1 == intervals[end].last {
          if next.last > intervals[end].last { intervals[end].last = next.last }
        } else {
          end += 1
          intervals[end] = next
        }
      }
      return end + 1
    }
    intervals.removeLast(intervals.count - kept)
  }

  /// How many networks it takes to write the set down.
  var networkCount: Int {
    var count = 0
    for interval in intervals { interval.forEachNetwork { _, _ in count += 1 } }
    return count
  }

  func union(_ other: IntervalSet) -> IntervalSet { IntervalSet(intervals + other.intervals) }

  func intersection(_ other: IntervalSet) -> IntervalSet {
    var result = IntervalSet()
    var (left, right) = (0, 0)
    while left < intervals.count, right < other.intervals.count {
      let (one, two) = (intervals[left], other.intervals[right])
      let (first, last) = (max(one.first, two.first), min(one.last, two.last))
      if first <= last { result.intervals.append(Interval(first, last)) }
      if one.last < two.last { left += 1 } else { right += 1 }
    }
    return result
  }

  func subtracting(_ other: IntervalSet) -> IntervalSet {
    var result = IntervalSet()
    var right = 0
    for interval in intervals {
      var first = interval.first
      var isUsedUp = false
      while right < other.intervals.count, other.intervals[right].last < first { right += 1 }
      var next = right
      while next < other.intervals.count, other.intervals[next].first <= interval.last {
        let hole = other.intervals[next]
        if hole.first > first { result.intervals.append(Interval(first, hole.first - 1)) }
        guard hole.last < interval.last else {
          isUsedUp = true
          break
        }
        first = hole.last + 1
        next += 1
      }
      right = next
      if !isUsedUp { result.intervals.append(Interval(first, interval.last)) }
    }
    return result
  }

  func overlaps(_ other: IntervalSet) -> Bool {
    var (left, right) = (0, 0)
    while left < intervals.count, right < other.intervals.count {
      let (one, two) = (intervals[left], other.intervals[right])
      if max(one.first, two.first) <= min(one.last, two.last) { return true }
      if one.last < two.last { left += 1 } else { right += 1 }
    }
    return false
  }

  /// Says whether all addresses of an interval are in the set, by binary search.
  func contains(_ interval: Interval<Number>) -> Bool {
    var (low, high) = (0, intervals.count)
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].first <= interval.first { low = middle + 1 } else { high = middle }
    }
    return low > 0 && intervals[low - 1].last >= interval.last
  }
}
