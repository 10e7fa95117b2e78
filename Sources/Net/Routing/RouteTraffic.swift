/// How many of the addresses of a list each route of a table would take.
public struct RouteTraffic: Sendable {
  private let table: RouteTable
  /// The count of each route, by its index.
  public private(set) var counts: [Int]
  /// How many addresses have no route.
  public private(set) var unrouted = 0

  public init(_ table: RouteTable) {
    self.table = table
    counts = [Int](repeating: 0, count: table.entries.count)
  }

  public var total: Int { counts.reduce(unrouted, +) }

  /// Addresses of IPv4 that wait to be looked up together, so that the processor fetches what several of them need at once.
  private var waiting: [UInt32] = []
  private static let batch = 1_024

  /// Looks up the addresses that wait.
  private mutating func lookUp() {
    for number in waiting { count(table.route(v4: number)) }
    waiting.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private mutating func count(_ route: Int32) {
    if route < 0 {
      unrouted += 1
    } else {
      counts.withUnsafeMutableBufferPointer { $0[Int(route)] += 1 }
    }
  }
}

extension RouteTraffic: AddressSink, AddressLineTaker {
  static let acceptsZones = true

  /// A network counts as its first address.
  @inline(__always)
  mutating func take(_ interval: Interval<UInt32>, line: TextBytes) {
    waiting.append(interval.first)
    if waiting.count == Self.batch { lookUp() }
  }

  mutating func take(_ item: AddressItem) {
    count(table.route(for: item.first).map { Int32(truncatingIfNeeded: $0) } ?? -1)
  }

  public mutating func add(_ item: AddressItem) { take(item) }

  public mutating func read(_ piece: [UInt8], _ lines: inout AddressLines) throws(AddressListError) {
    try lines.read(piece, into: &self)
    lookUp()
  }

  public mutating func finish(_ lines: inout AddressLines) throws(AddressListError) {
    try lines.finish(into: &self)
    lookUp()
  }
}
