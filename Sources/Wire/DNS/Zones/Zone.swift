import Net

/// A zone: the records from its apex down to the names where others begin (RFC 1034 §4.2), ready to be looked up.
public struct Zone: Sendable {
  /// What one name owns, by type.
  struct Node: Sendable {
    var sets: [RecordType: [ResourceRecord]] = [:]
  }

  public let origin: DomainName
  public let soa: ResourceRecord
  /// Every record in the order in which it came, the SOA first.
  public let records: [ResourceRecord]
  /// What was left out or looks wrong, for whoever loaded it.
  public let warnings: [String]
  /// Names with records, and those above them up to the apex, which exist without any (RFC 4592 §2.2.2).
  let nodes: [DomainName: Node]

  /// Makes a zone, and checks what only the whole shows: one SOA at the apex, servers, CNAMEs that stand alone (RFC 1034 §3.6.2,
  /// RFC 1912 §2.4), servers within the zone that have an address.
  ///
  /// Records outside the zone, and those that come twice, are left out with a warning.
  public init(origin: DomainName, records: [ResourceRecord]) throws(ZoneError) {
    func fail(_ sentence: String) -> ZoneError { ZoneError(.zone(sentence), line: 0) }
    var nodes: [DomainName: Node] = [:]
    var warnings: [String] = []
    var kept: [ResourceRecord] = []
    var soa: ResourceRecord?
    for record in records {
      guard record.name.isWithin(origin) else {
        warnings.append("\(record.name) is outside the zone and left out")
        continue
      }
      if record.type == .soa {
        guard record.name == origin else { throw fail("the SOA of \(record.name) is not at the apex, \(origin)") }
        if let soa {
          guard soa.data == record.data else { throw fail("the zone \(origin) has two SOA records") }
          continue
        }
        soa = record
      }
      var set = nodes[record.name, default: Node()].sets[record.type] ?? []
      guard !set.contains(where: { $0.data == record.data }) else {
        warnings.append("\(record) comes twice")
        continue
      }
      var added = record
      // All records of a set have one TTL (RFC 2181 §5.2).
      if let first = set.first, first.ttl != record.ttl {
        warnings.append("\(record.name) \(record.type) has several TTLs; \(first.ttl) is taken")
        added.ttl = first.ttl
      }
      set.append(added)
      nodes[record.name, default: Node()].sets[record.type] = set
      if record.type != .soa { kept.append(added) }
    }
    guard let soa else { throw fail("the zone \(origin) has no SOA record") }
    guard let servers = nodes[origin]?.sets[.ns] else { throw fail("the zone \(origin) has no NS record at its apex") }
    for (name, node) in nodes {
      try Zone.checkAlias(name, node, origin)
    }
    for server in servers.compactMap(\.data.target) where server.isWithin(origin) {
      try Zone.checkServer(server, nodes, origin)
    }
    for name in Array(nodes.keys) {
      var above = name.parent
      while let next = above, next.isWithin(origin), nodes[next] == nil {
        nodes[next] = Node()
        above = next.parent
      }
    }
    self.origin = origin
    self.soa = soa
    self.records = [soa] + kept
    self.warnings = warnings
    self.nodes = nodes
  }

  /// A name with a CNAME has nothing else but signatures (RFC 2181 §10.1, RFC 4035 §2.5).
  private static func checkAlias(_ name: DomainName, _ node: Node, _ origin: DomainName) throws(ZoneError) {
    guard let aliases = node.sets[.cname] else { return }
    let besides = node.sets.keys.filter { ![.cname, .rrsig, .nsec].contains($0) }
    guard besides.isEmpty else { throw ZoneError(.zone("\(name) has a CNAME and other records"), line: 0) }
    guard aliases.count == 1 else { throw ZoneError(.zone("\(name) has several CNAMEs"), line: 0) }
  }

  /// A name server within the zone has an address there, unless it lies below a cut (RFC 1912 §2.8).
  private static func checkServer(
    _ server: DomainName, _ nodes: [DomainName: Node], _ origin: DomainName
  ) throws(ZoneError) {
    var name: DomainName? = server
    while let next = name, next != origin {
      if nodes[next]?.sets[.ns] != nil { return }
      name = next.parent
    }
    let sets = nodes[server]?.sets ?? [:]
    if sets[.cname] != nil { throw ZoneError(.zone("the name server \(server) is an alias"), line: 0) }
    // A wildcard may give it one.
    let wild = server.parent?.prepending(label: [UInt8(ascii: "*")]).flatMap { nodes[$0]?.sets } ?? [:]
    guard sets[.a] != nil || sets[.aaaa] != nil || wild[.a] != nil || wild[.aaaa] != nil else {
      throw ZoneError(.zone("the name server \(server) has no address in the zone"), line: 0)
    }
  }
}
