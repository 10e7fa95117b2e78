extension Address: Comparable {
  /// Orders IPv4 before IPv6, then by number, then by the bytes of the zone, none first.
  public static func < (left: Address, right: Address) -> Bool {
    switch (left.storage, right.storage) {
    case (.v4(let left), .v4(let right)): return left < right
    case (.v4, _): return true
    case (_, .v4): return false
    default: break
    }
    let (one, other) = (left.halves, right.halves)
    guard one == other else { return one < other }
    guard let zone = right.zone else { return false }
    return (left.zone ?? "").utf8.lexicographicallyPrecedes(zone.utf8)
  }

  /// Gives the address that lies `count` further on, in the same family and zone; nil beyond either end of the family.
  public func advanced(by count: Int128) -> Address? {
    let (sum, overflow) =
      count < 0 ? value.subtractingReportingOverflow(count.magnitude) : value.addingReportingOverflow(count.magnitude)
    return overflow ? nil : Address(value: sum, like: self)
  }

  /// Gives how far on another address lies, negative if it comes before; nil if the two are of different families or
  /// zones, or further apart than 127 bits count.
  public func distance(to other: Address) -> Int128? {
    guard isIPv4 == other.isIPv4, hasSameZone(as: other) else { return nil }
    let (start, end) = (value, other.value)
    if end >= start { return Int128(exactly: end - start) }
    return Int128(exactly: start - end).map { -$0 }
  }
}
