/// A set of addresses of both families, however they were written down: what `ip aggregate` and its like compute with.
///
/// It takes 8 bytes an interval of IPv4 and 32 an interval of IPv6, where intervals that touch are one.
public struct AddressSet: Equatable, Sendable {
  var v4 = IntervalSet<UInt32>()
  var v6 = IntervalSet<UInt128>()

  public init() {}

  init(v4: IntervalSet<UInt32>, v6: IntervalSet<UInt128>) {
    self.v4 = v4
    self.v6 = v6
  }

  /// Makes the set of all addresses of these items; zones are left out.
  public init(_ items: some Sequence<AddressItem>) {
    var (old, new): ([Interval<UInt32>], [Interval<UInt128>]) = ([], [])
    for item in items {
      if item.first.isIPv4 { old.append(Interval(v4: item)) } else { new.append(Interval(v6: item)) }
    }
    v4 = IntervalSet(old)
    v6 = IntervalSet(new)
  }

  public var isEmpty: Bool { v4.intervals.isEmpty && v6.intervals.isEmpty }

  /// How many addresses are in the set; nil beyond 128 bits.
  public var addressCount: UInt128? {
    var total: UInt128 = 0
    for interval in v4.intervals { total += UInt128(interval.last - interval.first) + 1 }
    for interval in v6.intervals {
      let (sum, overflow) = total.addingReportingOverflow(interval.last - interval.first)
      let (next, carry) = sum.addingReportingOverflow(1)
      guard !overflow, !carry else { return nil }
      total = next
    }
    return total
  }

  /// How many networks it takes at least to write the set down.
  public var networkCount: Int { v4.networkCount + v6.networkCount }

  public func union(_ other: AddressSet) -> AddressSet { AddressSet(v4: v4.union(other.v4), v6: v6.union(other.v6)) }

  public func intersection(_ other: AddressSet) -> AddressSet {
    AddressSet(v4: v4.intersection(other.v4), v6: v6.intersection(other.v6))
  }

  public func subtracting(_ other: AddressSet) -> AddressSet {
    AddressSet(v4: v4.subtracting(other.v4), v6: v6.subtracting(other.v6))
  }

  /// Says whether the two have an address in common.
  public func overlaps(_ other: AddressSet) -> Bool { v4.overlaps(other.v4) || v6.overlaps(other.v6) }

  /// Says whether all addresses of an item are in the set, whatever its zone; takes time with the logarithm of the intervals.
  public func contains(_ item: AddressItem) -> Bool {
    item.first.isIPv4 ? v4.contains(Interval(v4: item)) : v6.contains(Interval(v6: item))
  }

  /// Gives the smallest network that contains the whole set; nil for a set that is empty or has both families.
  public var common: Network? {
    if let first = v4.intervals.first, let last = v4.intervals.last {
      guard v6.intervals.isEmpty else { return nil }
      let span = Interval(first.first, last.last)
      return Network(address: Address(v4: span.first), prefix: span.commonPrefix)?.masked
    }
    guard let first = v6.intervals.first, let last = v6.intervals.last else { return nil }
    let span = Interval(first.first, last.last)
    return Network(address: Address(number: span.first), prefix: span.commonPrefix)?.masked
  }

  /// The fewest networks that make up the set, in order.
  public var networks: [Network] {
    var cursor = AddressSetCursor(self)
    var networks: [Network] = []
    while case .network(let network)? = cursor.next() { networks.append(network) }
    return networks
  }
}

extension Address {
  /// Makes an IPv6 address from its number.
  init(number: UInt128) {
    self.init(v6High: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number))
  }
}
