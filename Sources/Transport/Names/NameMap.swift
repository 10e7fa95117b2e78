import Net

/// The session's map of endpoints to other endpoints, as curl's `--connect-to`: who connects to a key reaches its value.
///
/// Names are compared without regard to case, as in DNS (RFC 4343 §3). A mapped name reaches no resolver, unless its entry says so.
public struct NameMap: Sendable {
  /// Where who asks for an endpoint is led.
  public struct Entry: Sendable {
    public let from: Endpoint
    public let to: Endpoint
    /// Whether the name has to be found by a look-up first, and counts only at the address found: a name of the lab, whose ports
    /// alone are elsewhere than they seem.
    public let isLookedUp: Bool

    public init(from: Endpoint, to: Endpoint, isLookedUp: Bool) {
      self.from = from
      self.to = to
      self.isLookedUp = isLookedUp
    }
  }

  private var byEndpoint: [String: Entry] = [:]
  private var byName: [String: Endpoint] = [:]

  public init() {}

  /// All entries in alphabetical order: what is asked for, as text, and what is reached in its place.
  public var entries: [(from: String, to: Endpoint)] {
    let pairs = byEndpoint.values.map { (from: "\($0.from)", to: $0.to) } + byName.map { (from: $0.key, to: $0.value) }
    return pairs.sorted { $0.from < $1.from }
  }

  /// Maps one endpoint, name and port, to another.
  public mutating func map(_ from: Endpoint, to endpoint: Endpoint) {
    add(Entry(from: from, to: endpoint, isLookedUp: false))
  }

  public mutating func add(_ entry: Entry) { byEndpoint[key(entry.from)] = entry }

  /// Maps a name at every port that has no entry of its own.
  public mutating func map(name: String, to endpoint: Endpoint) { byName[name.lowercased()] = endpoint }

  public mutating func remove(_ from: Endpoint) { byEndpoint[key(from)] = nil }

  public mutating func remove(name: String) { byName[name.lowercased()] = nil }

  /// Gives what an endpoint is mapped to, nil if it is not.
  public subscript(_ endpoint: Endpoint) -> Endpoint? { entry(for: endpoint)?.to }

  /// Gives the entry of an endpoint, nil if it has none.
  public func entry(for endpoint: Endpoint) -> Entry? {
    guard !byEndpoint.isEmpty || !byName.isEmpty else { return nil }
    if let entry = byEndpoint[key(endpoint)] { return entry }
    guard case .name(let name) = endpoint.host, let target = byName[name.lowercased()] else { return nil }
    return Entry(from: endpoint, to: target, isLookedUp: false)
  }

  /// Gives the addresses that a name is mapped to, at whatever port, where no look-up comes first.
  func addresses(ofName name: String) -> [Address] {
    let byPort = byEndpoint.values.filter { !$0.isLookedUp && $0.from.name?.lowercased() == name.lowercased() }
    let targets = byPort.sorted { $0.from < $1.from }.map(\.to) + [byName[name.lowercased()]].compactMap { $0 }
    return targets.compactMap(\.address)
  }

  private func key(_ endpoint: Endpoint) -> String { "\(endpoint)".lowercased() }
}
