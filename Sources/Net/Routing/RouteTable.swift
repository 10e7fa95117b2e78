/// A table of routes in which the one with the longest prefix that contains an address is found quickly (RFC 1812 §5.2.4.3).
///
/// It is flattened: the addresses of a family are cut where the best route changes, so that a look-up finds a segment. That takes
/// at most two cuts of 8 bytes (IPv6: 32) a route, whatever the prefixes are, and about 2 bytes a route for the way there.
public struct RouteTable: Sendable {
  /// One route as the table needs it.
  public struct Entry: Sendable {
    public let network: Network
    /// Of routes to the same network the one with the lowest metric wins, and of those the first.
    public let metric: UInt32

    public init(_ network: Network, metric: UInt32 = 0) {
      self.network = network
      self.metric = metric
    }
  }

  private let v4: RouteFamily<UInt32>
  private let v6: RouteFamily<UInt128>
  public let entries: [Entry]
  /// More routes than this are refused.
  public static let limit = 16_000_000

  /// Makes a table; a route is known afterwards by its index among these.
  public init(_ entries: [Entry]) throws(AddressListError) {
    guard entries.count <= Self.limit else { throw .tooMany("a table has at most \(Self.limit) routes") }
    self.entries = entries
    var (old, new): ([RoutedPrefix<UInt32>], [RoutedPrefix<UInt128>]) = ([], [])
    for (index, entry) in entries.enumerated() {
      let (item, prefix) = (AddressItem.network(entry.network), UInt8(truncatingIfNeeded: entry.network.prefix))
      if entry.network.address.isIPv4 {
        old.append(RoutedPrefix(Interval(v4: item), prefix, entry.metric, index))
      } else {
        new.append(RoutedPrefix(Interval(v6: item), prefix, entry.metric, index))
      }
    }
    v4 = RouteFamily(old)
    v6 = RouteFamily(new)
  }

  /// Gives the index of the route that an address takes, nil if there is none; the zone of an address does not matter.
  public func route(for address: Address) -> Int? {
    let index = address.isIPv4 ? v4.route(for: UInt32(truncatingIfNeeded: address.value)) : v6.route(for: address.value)
    return index < 0 ? nil : Int(index)
  }

  /// Calls a function with the index of the route of each IPv4 address, -1 where there is none.
  @inline(__always)
  func forEachRoute(v4 numbers: [UInt32], _ body: (Int32) -> Void) { v4.forEachRoute(for: numbers, body) }

  /// Gives the indices of all routes that contain an address, the best first: longest prefix, lowest metric, first named.
  public func candidates(for address: Address) -> [Int] {
    address.isIPv4
      ? v4.candidates(for: UInt32(truncatingIfNeeded: address.value)) : v6.candidates(for: address.value)
  }

  /// Bytes of memory that the look-ups need.
  public var memory: Int { v4.memory + v6.memory + entries.count * MemoryLayout<Entry>.stride }
}
