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
    guard number >= base else { return 0 }
    let offset = (number &- base) &>> shift
    guard offset < buckets else { return cuts.count }
    let bucket = Int(truncatingIfNeeded: offset)
    return table.withUnsafeBufferPointer { table in
      var (low, high) = (Int(table[bucket]), Int(table[bucket &+ 1]))
      return cuts.withUnsafeBufferPointer { cuts in
        while low < high {
          let middle = (low &+ high) &>> 1
          if cuts[middle].start <= number { low = middle &+ 1 } else { high = middle }
        }
        return low
      }
    }
  }

  /// Bytes of memory that it takes.
  var memory: Int { cuts.count * MemoryLayout<Cut>.stride + table.count * 4 }
}
