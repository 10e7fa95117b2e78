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
    counts.withUnsafeMutableBufferPointer { counts in
      var unrouted = 0
      table.forEachRoute(v4: waiting) { route in
        if route < 0 { unrouted += 1 } else { counts[Int(route)] += 1 }
      }
      self.unrouted += unrouted
    }
    waiting.removeAll(keepingCapacity: true)
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
    if let route = table.route(for: item.first) { counts[route] += 1 } else { unrouted += 1 }
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
