/// An unbroken run of the addresses of one family as numbers, both ends included.
struct Interval<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Equatable, Sendable {
  var first: Number
  var last: Number

  init(_ first: Number, _ last: Number) {
    self.first = first
    self.last = last
  }

  /// Gives the widest network that begins where the interval begins and lies in it, as its last address.
  @inline(__always)
  var leadingBlockEnd: Number {
    // As wide as the zeros at the end of the first address allow, and no wider than what is left.
    var size = first == 0 ? Number.bitWidth : first.trailingZeroBitCount
    let span = last &- first
    let room = span == .max ? Number.bitWidth : Number.bitWidth - 1 - (span &+ 1).leadingZeroBitCount
    size = Swift.min(size, room)
    return size == Number.bitWidth ? .max : first | ((Number(1) &<< Number(size)) &- 1)
  }

  /// Calls a function with the fewest networks that cover the interval, as first address and prefix (RFC 4632 §3.1).
  @inline(__always)
  func forEachNetwork(_ body: (_ first: Number, _ prefix: Int) -> Void) {
    var rest = self
    while true {
      let end = rest.leadingBlockEnd
      body(rest.first, (rest.first ^ end).leadingZeroBitCount)
      guard end < rest.last else { return }
      rest.first = end &+ 1
    }
  }

  /// The widest prefix both ends share, and so the smallest network around the interval.
  var commonPrefix: Int { (first ^ last).leadingZeroBitCount }
}

extension Interval<UInt32> {
  init(v4 item: AddressItem) {
    self.init(UInt32(truncatingIfNeeded: item.first.value), UInt32(truncatingIfNeeded: item.last.value))
  }
}

extension Interval<UInt128> {
  init(v6 item: AddressItem) { self.init(item.first.value, item.last.value) }
}
