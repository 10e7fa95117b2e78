/// A set made ready for many questions: whether addresses are in it, one by one or a whole text of lines at once.
public struct AddressFilter: Sendable {
  private let v4: SegmentIndex<UInt32>
  private let v6: SegmentIndex<UInt128>
  /// Whether the lines that are not in the set are the ones to keep.
  private let isInverted: Bool
  private var kept: [UInt8] = []
  /// How many items it was asked about, and how many of them it kept.
  public private(set) var seen = 0
  public private(set) var matched = 0

  public init(_ set: AddressSet, inverted: Bool = false) {
    v4 = Self.index(of: set.v4)
    v6 = Self.index(of: set.v6)
    isInverted = inverted
  }

  /// Cuts the numbers where the set begins and ends; the value of a segment is 1 within it.
  private static func index<Number>(of set: IntervalSet<Number>) -> SegmentIndex<Number> {
    var cuts: [SegmentIndex<Number>.Cut] = []
    cuts.reserveCapacity(set.intervals.count * 2)
    for interval in set.intervals {
      cuts.append(SegmentIndex.Cut(start: interval.first, value: 1))
      if interval.last < .max { cuts.append(SegmentIndex.Cut(start: interval.last + 1, value: 0)) }
    }
    return SegmentIndex(cuts: cuts, before: 0)
  }

  /// Says whether an item is kept: whether all its addresses are in the set, or with `inverted` whether they are not.
  public func keeps(_ item: AddressItem) -> Bool {
    guard item.first.isIPv4 else { return contains(Interval(v6: item), v6) != isInverted }
    return contains(Interval(v4: item), v4) != isInverted
  }

  @inline(__always)
  private func contains<Number>(_ interval: Interval<Number>, _ index: SegmentIndex<Number>) -> Bool {
    guard index.value(of: interval.first) == 1 else { return false }
    // The end of another interval lies beyond a cut.
    return interval.first == interval.last || index.place(of: interval.first) == index.place(of: interval.last)
  }

  /// Gives the items that were read since the last call and are kept, as lines of text.
  public mutating func takeText() -> [UInt8] {
    let text = kept
    kept = []
    kept.reserveCapacity(text.count)
    return text
  }
}

extension AddressFilter: AddressSink, AddressLineTaker {
  static let acceptsZones = true

  @inline(__always)
  mutating func take(_ interval: Interval<UInt32>, line: TextBytes) {
    seen &+= 1
    guard contains(interval, v4) != isInverted else { return }
    matched &+= 1
    kept.append(contentsOf: line)
    kept.append(UInt8(ascii: "\n"))
  }

  mutating func take(_ item: AddressItem) {
    seen &+= 1
    guard keeps(item) else { return }
    matched &+= 1
    kept.append(contentsOf: item.description.utf8)
    kept.append(UInt8(ascii: "\n"))
  }

  public mutating func add(_ item: AddressItem) { take(item) }

  public mutating func read(_ piece: [UInt8], _ lines: inout AddressLines) throws(AddressListError) {
    try lines.read(piece, into: &self)
  }

  public mutating func finish(_ lines: inout AddressLines) throws(AddressListError) { try lines.finish(into: &self) }
}
