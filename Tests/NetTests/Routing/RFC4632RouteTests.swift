import Net
import Testing

/// The examples of routes in RFC 4632, §5.1, §6.1 and §6.2: two providers, PA and PB, that both reach the rest by BB.
@Suite struct RFC4632RouteTests {
  /// §6.1: what PA's block 10.24.0.0/13 became, in the order of the assignments: addresses, prefix and mask.
  private static let sites: [(name: String, first: String, last: String, prefix: String, mask: String)] = [
    ("C1", "10.24.0.0", "10.24.7.255", "10.24.0.0/21", "255.255.248.0"),
    ("C2", "10.24.16.0", "10.24.31.255", "10.24.16.0/20", "255.255.240.0"),
    ("C3", "10.24.8.0", "10.24.11.255", "10.24.8.0/22", "255.255.252.0"),
    ("C4", "10.24.12.0", "10.24.15.255", "10.24.12.0/22", "255.255.252.0"),
    ("C5", "10.24.32.0", "10.24.33.255", "10.24.32.0/23", "255.255.254.0"),
    ("C6", "10.24.34.0", "10.24.35.255", "10.24.34.0/23", "255.255.254.0"),
    ("C7", "10.32.0.0", "10.32.15.255", "10.32.0.0/20", "255.255.240.0"),
  ]

  @Test func describesEachSiteByOnePrefix() throws {
    for site in Self.sites {
      let network = try #require(Network(site.prefix))
      #expect("\(network.first)" == site.first && "\(network.last)" == site.last && "\(network.mask)" == site.mask)
      let (first, last) = (try #require(Address(site.first)), try #require(Address(site.last)))
      #expect(AddressSet([.range(first, last)]).networks.map { "\($0)" } == [site.prefix], "\(site.name)")
    }
  }

  /// §6.1: 2,048 times 256 addresses of PA make one route, and so do the next ones of PB.
  @Test func describesTheProvidersByOnePrefixEach() throws {
    let (first, last) = (try #require(Address("10.24.0.0")), try #require(Address("10.31.255.255")))
    let block = AddressSet([.range(first, last)])
    #expect(block.networks.map { "\($0)" } == ["10.24.0.0/13"])
    #expect(try "\(#require(Network("10.24.0.0/13")).mask)" == "255.248.0.0")
    let inside = try Self.sites.filter { $0.name != "C7" }.map { try #require(Network($0.prefix)) }
    #expect(inside.allSatisfy { block.contains(.network($0)) })
    // The six fill 10.24.0.0 to 10.24.35.255 without a hole, in the fewest prefixes.
    #expect(AddressSet(inside.map { .network($0) }).networks.map { "\($0)" } == ["10.24.0.0/19", "10.24.32.0/22"])
    #expect(try Network("10.32.0.0/13")?.contains(#require(Network("10.32.0.0/20"))) == true)
  }

  private func table(_ routes: [(String, String, UInt32)]) throws -> (RouteTable, [String]) {
    let entries = try routes.map { RouteTable.Entry(try #require(Network($0.0)), metric: $0.2) }
    return (try RouteTable(entries), routes.map(\.1))
  }

  private func way(_ address: String, _ routes: [(String, String, UInt32)]) throws -> String? {
    let (table, names) = try table(routes)
    return table.route(for: try #require(Address(address))).map { names[$0] }
  }

  /// §6.2: what BB hears of PA and PB; C4 is primary by PA and secondary by PB, C5 primary by PB.
  private static let advertised: [(String, String, UInt32)] = [
    ("10.24.12.0/22", "PA", 1), ("10.32.0.0/20", "PA", 1), ("10.24.0.0/13", "PA", 1),
    ("10.24.12.0/22", "PB", 2), ("10.24.32.0/23", "PB", 1), ("10.32.0.0/13", "PB", 1),
  ]

  @Test(
    "§6.2: multi-homed sites and one that moved",
    arguments: [
      ("10.24.0.1", "PA"), ("10.24.17.1", "PA"), ("10.24.35.255", "PA"),  // C1, C2, C6 by the aggregate
      ("10.24.12.1", "PA"), ("10.24.15.255", "PA"),  // C4, where both say so, by the metric
      ("10.24.32.1", "PB"), ("10.24.33.255", "PB"),  // C5, by the longer prefix
      ("10.32.0.1", "PA"), ("10.32.15.255", "PA"),  // C7 took its addresses along
      ("10.32.16.0", "PB"), ("10.39.255.255", "PB"),  // the rest of PB
    ]) func isAdvertised(address: String, provider: String) throws
  {
    #expect(try way(address, Self.advertised) == provider)
  }

  @Test("§6.2: what is left when an advertisement goes")
  func whenLinksFail() throws {
    func without(_ prefix: String, by provider: String) -> [(String, String, UInt32)] {
      Self.advertised.filter { $0.0 != prefix || $0.1 != provider }
    }
    // C4 is then reached by its other provider, C5 by PA's aggregate, C7 ends at PB, which knows it no more.
    #expect(try way("10.24.12.1", without("10.24.12.0/22", by: "PA")) == "PB")
    #expect(try way("10.24.32.1", without("10.24.32.0/23", by: "PB")) == "PA")
    #expect(try way("10.32.0.1", without("10.32.0.0/20", by: "PA")) == "PB")
  }

  /// §5.1: forwarding is by the longest match; and who advertises an aggregate drops what is none of its parts, instead of
  /// sending it back along a default route.
  @Test("§5.1: the longest match, and the loop that the second rule prevents") func rules() throws {
    let inside: [(String, String, UInt32)] = [
      ("10.24.0.0/13", "discard", 0), ("10.24.0.0/21", "C1", 0), ("10.24.16.0/20", "C2", 0), ("0.0.0.0/0", "BB", 0),
    ]
    #expect(try way("10.24.7.255", inside) == "C1" && way("10.24.16.0", inside) == "C2")
    #expect(try way("10.24.40.1", inside) == "discard" && way("192.0.2.1", inside) == "BB")
    #expect(try way("10.24.40.1", inside.filter { $0.1 != "discard" }) == "BB")
    let (table, names) = try table(inside)
    let candidates = table.candidates(for: try #require(Address("10.24.1.1")))
    #expect(candidates.map { names[$0] } == ["C1", "discard", "BB"])
  }
}
