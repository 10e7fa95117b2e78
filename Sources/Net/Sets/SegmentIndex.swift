/// The numbers of a family cut into segments, each with a value, and the way to the segment that a number lies in.
///
/// A first table by the leading bits after the first cut leads to the few cuts among which the number falls; both take
/// memory in proportion to the cuts, and the table is small enough for a cache. The search that is left is a binary one, so
/// that no distribution makes it slow.
struct SegmentIndex<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  /// Where a segment begins, and its value.
  struct Cut: Sendable {
    let start: Number
    var value: Int32
  }

  private let cuts: [Cut]
  /// The value of what lies before the first cut.
  private let before: Int32
  /// How many cuts lie before the beginning of each bucket; one more than there are buckets.
  private let table: [UInt32]
  private let base: Number
  /// How many buckets there are; none without cuts.
  private let buckets: Number
  private let shift: Number

  /// Makes an index of cuts that ascend, fewer than 2^31.
  init(cuts: [Cut], before: Int32) {
    self.cuts = cuts
    self.before = before
    guard let first = cuts.first, let last = cuts.last, cuts.count < 1 << 31 else {
      (table, shift, base, self.buckets) = ([], 0, 0, 0)
      return
    }
    // Two to four cuts a bucket where they are spread evenly.
    let wanted = Swift.min(22, Swift.max(4, Int.bitWidth - 2 - cuts.count.leadingZeroBitCount))
    let span = last.start &- first.start
    base = first.start
    shift = Number(Swift.max(0, Number.bitWidth - span.leadingZeroBitCount - wanted))
    let buckets = Int(truncatingIfNeeded: span &>> shift) + 1
    self.buckets = Number(truncatingIfNeeded: buckets)
    var table = [UInt32](repeating: 0, count: buckets + 1)
    for cut in cuts { table[Int(truncatingIfNeeded: (cut.start &- first.start) &>> shift) + 1] += 1 }
    for bucket in 1...buckets { table[bucket] += table[bucket - 1] }
    self.table = table
  }

  /// Gives the value of the segment that a number lies in.
  @inline(__always)
  func value(of number: Number) -> Int32 {
    let place = place(of: number)
    return place == 0 ? before : cuts.withUnsafeBufferPointer { $0[place &- 1].value }
  }

  /// Gives how many cuts lie at or before a number: the place of its segment.
  @inline(__always)
  func place(of number: Number) -> Int {
    let (low, high) = bounds(of: number)
    return cuts.withUnsafeBufferPointer { Self.place(of: number, in: $0, low, high) }
  }

  /// Calls a function with the value of each number in order.
  ///
  /// It goes over the numbers three times, doing for all of them what waits for the same memory, so that the processor fetches
  /// for many at once: that is twice as fast as one after the other where the index is larger than the caches.
  @inline(__always)
  func forEachValue(of numbers: [Number], _ body: (Int32) -> Void) {
    withUnsafeTemporaryAllocation(of: (low: UInt32, high: UInt32).self, capacity: numbers.count) { ranges in
      cuts.withUnsafeBufferPointer { cuts in
        for (index, number) in numbers.enumerated() {
          let (low, high) = bounds(of: number)
          ranges.initializeElement(
            at: index, to: (UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: high)))
        }
        for (index, number) in numbers.enumerated() {
          let (low, high) = ranges[index]
          guard low < high else { continue }
          let middle = low &+ (high &- low) &>> 1
          let isAbove = cuts[Int(middle)].start <= number
          ranges[index] = (isAbove ? middle &+ 1 : low, isAbove ? high : middle)
        }
        for (index, number) in numbers.enumerated() {
          let place = Self.place(of: number, in: cuts, Int(ranges[index].low), Int(ranges[index].high))
          body(place == 0 ? before : cuts[place &- 1].value)
        }
      }
    }
  }

  /// Between which places the place of a number is.
  @inline(__always)
  private func bounds(of number: Number) -> (low: Int, high: Int) {
    guard number >= base else { return (0, 0) }
    let offset = (number &- base) &>> shift
    guard offset < buckets else { return (cuts.count, cuts.count) }
    let bucket = Int(truncatingIfNeeded: offset)
    return table.withUnsafeBufferPointer { (Int($0[bucket]), Int($0[bucket &+ 1])) }
  }

  @inline(__always)
  private static func place(of number: Number, in cuts: UnsafeBufferPointer<Cut>, _ low: Int, _ high: Int) -> Int {
    var (low, high) = (low, high)
    while low < high {
      let middle = (low &+ high) &>> 1
      if cuts[middle].start <= number { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// Bytes of memory that it takes.
  var memory: Int { cuts.count * MemoryLayout<Cut>.stride + table.count * 4 }
}
