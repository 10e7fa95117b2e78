/// A set of addresses while it is read from a list of any length: it takes memory for what is in the set, not for the list.
public struct AddressSetBuilder: Sendable {
  private var v4 = Pending<UInt32>()
  private var v6 = Pending<UInt128>()
  /// The intervals of each family take at most this many bytes, and sorting them as much again: 512 MiB. A set that fills
  /// seven eighths of that is refused: 56 million intervals of IPv4, or 14 million of IPv6.
  private static let limit = 512 << 20

  public init() {}

  /// Gives the set of all that was read.
  public mutating func build() throws(AddressListError) -> AddressSet {
    try check()
    return AddressSet(v4: v4.take(), v6: v6.take())
  }

  private func check() throws(AddressListError) {
    guard !v4.isFull, !v6.isFull else {
      throw .tooMany("a set has at most 56 million intervals of IPv4 and 14 million of IPv6")
    }
  }

  /// Intervals in the order of their coming, sorted and merged whenever they have grown to twice of what that left.
  private struct Pending<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private var intervals: [Interval<Number>] = []
    private var due = 1 << 22
    private(set) var isFull = false

    @inline(__always)
    mutating func add(_ interval: Interval<Number>) {
      guard intervals.count < due else { return addAfterMerging(interval) }
      intervals.append(interval)
    }

    private mutating func addAfterMerging(_ interval: Interval<Number>) {
      guard !isFull else { return }
      let room = limit / MemoryLayout<Interval<Number>>.stride
      intervals = take().intervals
      isFull = intervals.count > room / 8 * 7
      due = min(max(1 << 22, intervals.count * 2), room)
      intervals.append(interval)
    }

    mutating func take() -> IntervalSet<Number> {
      let all = intervals
      intervals = []
      return IntervalSet(all)
    }
  }
}

extension AddressSetBuilder: AddressSink, AddressLineTaker {
  static let acceptsZones = false

  @inline(__always)
  mutating func take(_ interval: Interval<UInt32>, line: TextBytes) { v4.add(interval) }

  mutating func take(_ item: AddressItem) {
    if item.first.isIPv4 { v4.add(Interval(v4: item)) } else { v6.add(Interval(v6: item)) }
  }

  public mutating func add(_ item: AddressItem) throws(AddressListError) {
    guard item.first.zone == nil else {
      throw .wrongItem(item.description, "has a zone, and a set of addresses has none")
    }
    take(item)
    try check()
  }

  public mutating func read(_ piece: [UInt8], _ lines: inout AddressLines) throws(AddressListError) {
    try lines.read(piece, into: &self)
    try check()
  }

  public mutating func finish(_ lines: inout AddressLines) throws(AddressListError) { try lines.finish(into: &self) }
}
