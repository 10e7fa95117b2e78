import Glibc

/// Routes read from text: `10.0.0.0/8 via 10.0.0.1 dev eth0 metric 100` as ip(8) writes them, the same without the words,
/// or a table with a header line such as `to via interface metric`, whose cells are separated by tabs; `default` is 0.0.0.0/0 or ::/0.
public struct RouteList: Sendable {
  public private(set) var entries: [RouteTable.Entry] = []
  /// The different next hops, and which of them each route has.
  public private(set) var hops: [RouteHop] = []
  public private(set) var hopOfRoute: [UInt32] = []
  private var known: [RouteHop: UInt32] = [:]
  private var lately = HopCache()
  /// The columns that a header line names, nil for those of no interest; nil without such a line.
  private var columns: [Column?]?

  enum Column {
    case to, via, interface, metric

    /// Finds a column by the name that tables or ip(8) give it; nil for any other.
    init?(named name: String) {
      switch name {
      case "to": self = .to
      case "via": self = .via
      case "interface", "dev": self = .interface
      case "metric": self = .metric
      default: return nil
      }
    }
  }

  public init() {}

  public mutating func add(_ network: Network, _ hop: RouteHop) throws(AddressListError) {
    let index = known[hop] ?? UInt32(truncatingIfNeeded: hops.count)
    if Int(index) == hops.count {
      hops.append(hop)
      known[hop] = index
    }
    try add(network, hop: index)
  }

  private mutating func add(_ network: Network, hop: UInt32) throws(AddressListError) {
    guard entries.count < RouteTable.limit else { throw .tooMany("a table has at most \(RouteTable.limit) routes") }
    entries.append(RouteTable.Entry(network, metric: hops[Int(hop)].metric ?? 0))
    hopOfRoute.append(hop)
  }

  /// Reads the routes whose lines end in a piece of text.
  public mutating func read(_ piece: [UInt8], _ lines: inout AddressLines) throws(AddressListError) {
    try lines.read(piece, into: &self)
  }

  public mutating func finish(_ lines: inout AddressLines) throws(AddressListError) { try lines.finish(into: &self) }
}

extension RouteList: AddressLineReader {
  /// line = to *(["via"] address / ["dev"] name / ["metric"] number / word-of-ip value) ; or the cells of a table
  mutating func readLine(_ line: TextBytes) throws(WrongLine) {
    if let columns, line.contains(ASCII.tab) { return try readCells(line, columns) }
    var words = RouteWords(line)
    guard let (first, start) = words.next() else { return }
    if entries.isEmpty, columns == nil, first.elementsEqual("to".utf8) {
      var named: [Column?] = [.to]
      while let (word, _) = words.next() { named.append(Column(named: text(word))) }
      columns = named
      return
    }
    var route = RouteFields()
    try route.set(.to, first, at: start)
    let rest = TextBytes(rebasing: line[(start + first.count)...])
    if let network = route.network, !route.isDefault, let hop = lately[rest], hops[Int(hop)].fits(network) {
      do throws(AddressListError) { return try add(network, hop: hop) } catch { throw .list(error) }
    }
    while let (word, place) = words.next() {
      // Only the words of ip(8) begin with a small letter and may be something else than an interface.
      guard let first = word.first, first.isLetter, let known = RouteWord(rawValue: text(word)) else {
        try route.setByShape(word, at: place)
        continue
      }
      switch known {
      case .onlink, .linkdown, .dead, .pervasive: break
      case .via, .dev, .metric:
        guard let (value, at) = words.next() else { throw .text(line.count, "ends too early") }
        try route.set(Column(named: known.rawValue) ?? .interface, value, at: at)
      default: _ = words.next()
      }
    }
    try finish(route)
    if let hop = hopOfRoute.last { lately.keep(rest, hop) }
  }

  private mutating func readCells(_ line: TextBytes, _ columns: [Column?]) throws(WrongLine) {
    var route = RouteFields()
    var start = 0
    for column in columns where start <= line.count {
      let end = line[start...].firstIndex(of: ASCII.tab) ?? line.count
      if end > start, let column { try route.set(column, TextBytes(rebasing: line[start..<end]), at: start) }
      start = end + 1
    }
    try finish(route)
  }

  private mutating func finish(_ route: RouteFields) throws(WrongLine) {
    guard let network = route.network else { throw .text(0, "names no network") }
    let hop = RouteHop(via: route.via, interface: route.interface, metric: route.metric)
    guard hop.fits(network) else { throw .text(0, "sends IPv6 to a router of IPv4") }
    do throws(AddressListError) { try add(network, hop) } catch { throw .list(error) }
  }
}

private func text(_ bytes: TextBytes) -> String { String(decoding: bytes, as: UTF8.self) }

/// The words by which ip(8) says what the next word is; the last four say something themselves.
private enum RouteWord: String {
  case via, dev, metric, proto, scope, src, table, pref, type, mtu, expires, error
  case onlink, linkdown, dead, pervasive
}

/// The words of a line and where each begins.
private struct RouteWords {
  private let line: TextBytes
  private var index = 0

  init(_ line: TextBytes) { self.line = line }

  mutating func next() -> (word: TextBytes, offset: Int)? {
    while index < line.count, line[index].isBlank { index += 1 }
    let start = index
    while index < line.count, !line[index].isBlank { index += 1 }
    return start == index ? nil : (TextBytes(rebasing: line[start..<index]), start)
  }
}
