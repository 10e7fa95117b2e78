import Net
import TestSupport
import Testing

@Suite struct SubnetTests {
  @Test(
    "RFC 4632 §5.1: the blocks of the providers' clients",
    arguments: [
      ("10.24.0.0/13", "255.248.0.0", "10.24.0.0", "10.31.255.255", 2048),
      ("10.32.0.0/13", "255.248.0.0", "10.32.0.0", "10.39.255.255", 2048),
      ("10.24.0.0/21", "255.255.248.0", "10.24.0.0", "10.24.7.255", 8),
      ("10.24.16.0/20", "255.255.240.0", "10.24.16.0", "10.24.31.255", 16),
      ("10.24.8.0/22", "255.255.252.0", "10.24.8.0", "10.24.11.255", 4),
      ("10.24.12.0/22", "255.255.252.0", "10.24.12.0", "10.24.15.255", 4),
      ("10.24.32.0/23", "255.255.254.0", "10.24.32.0", "10.24.33.255", 2),
      ("10.24.34.0/23", "255.255.254.0", "10.24.34.0", "10.24.35.255", 2),
    ])
  func blocks(text: String, mask: String, first: String, last: String, count: Int) throws {
    let network = try #require(Network(text))
    #expect(network.mask.description == mask && network.first.description == first && network.last.description == last)
    #expect(try #require(Subnets(of: network, prefix: 24)).reduce(0) { sum, _ in sum + 1 } == count)
    #expect(Network("\(first)/\(mask)") == network)
  }

  @Test("RFC 4632 §3.1: each prefix length has twice the addresses of the next")
  func sizes() throws {
    for prefix in 0..<32 {
      let (wide, narrow) = (
        Network(address: Address(v4: 0), prefix: prefix), Network(address: Address(v4: 0), prefix: prefix + 1)
      )
      #expect(try #require(wide?.addressCount) == 2 * (try #require(narrow?.addressCount)))
    }
    #expect(Network("0.0.0.0/0")?.addressCount == 1 << 32)
  }

  @Test(
    arguments: [
      ("::/0", 1, "::/1 8000::/1"), ("::/0", 0, "::/0"),
      ("255.255.255.252/31", 32, "255.255.255.252/32 255.255.255.253/32"),
      ("10.0.0.0/8", 7, nil), ("10.0.0.0/8", 33, nil), ("::/0", 129, nil),
    ] as [(String, Int, String?)])
  func divides(text: String, prefix: Int, parts: String?) throws {
    let network = try #require(Network(text))
    #expect(Subnets(of: network, prefix: prefix).map { $0.map(\.description).joined(separator: " ") } == parts)
  }

  @Test(
    arguments: [
      ("192.168.10.37/28", "192.168.10.33", "192.168.10.46", 14), ("10.0.0.0/31", "10.0.0.0", "10.0.0.1", 2),
      ("10.0.0.1/32", "10.0.0.1", "10.0.0.1", 1),
      ("10.0.0.0/30", "10.0.0.1", "10.0.0.2", 2), ("2001:db8::/127", "2001:db8::", "2001:db8::1", 2),
      ("2001:db8::/126", "2001:db8::1", "2001:db8::3", 3),
      ("::1/128", "::1", "::1", 1),
    ])
  func hosts(text: String, first: String, last: String, count: Int) throws {
    let network = try #require(Network(text))
    #expect(
      network.firstHost.description == first && network.lastHost.description == last
        && network.hostCount == UInt128(count))
  }

  @Test func choosesPrefixesForHosts() throws {
    let network = try #require(Network("10.0.0.0/8"))
    for (hosts, prefix) in [(1, 30), (2, 30), (3, 29), (6, 29), (7, 28), (50, 26), (62, 26), (63, 25), (16_777_214, 8)]
    {
      #expect(network.prefix(forHosts: UInt128(hosts)) == prefix)
    }
    #expect(network.prefix(forHosts: 16_777_215) == nil && network.prefix(forHosts: .max) == nil)
    let wide = try #require(Network("2001:db8::/32"))
    #expect(wide.prefix(forHosts: 1) == 64 && wide.prefix(forHosts: 1 << 64) == 63)
    #expect(Network("2001:db8::/120")?.prefix(forHosts: 50) == 122)
  }

  @Test func plansLeaveNoHoles() throws {
    var random = SeededRandom(seed: 1878)
    for _ in 0..<2_000 {
      let network = try #require(Network(address: random.address().withoutZone, prefix: 8 + random.below(16)))
      let needs = (0..<random.below(12)).map {
        AddressPlan.Need(name: "\($0)", prefix: network.prefix + 1 + random.below(8))
      }
      let wanted = needs.reduce(0.0) { $0 + 1 / Double(1 << ($1.prefix - network.prefix)) }
      guard let plan = AddressPlan(of: network, for: needs) else {
        #expect(wanted > 1)
        continue
      }
      #expect(wanted <= 1)
      let all = (plan.networks + plan.free).sorted { $0.first < $1.first }
      #expect(zip(plan.networks, needs).allSatisfy { $0.prefix == $1.prefix && network.contains($0) })
      #expect(all.first?.first == network.first && all.last?.last == network.last)
      for (left, right) in zip(all, all.dropFirst()) { #expect(left.last.advanced(by: 1) == right.first) }
      // As few as can be: no two neighbours are the halves of one network.
      for (left, right) in zip(plan.free, plan.free.dropFirst()) where left.prefix == right.prefix {
        #expect(Network(address: left.first, prefix: left.prefix - 1)?.contains(right) != true)
      }
    }
  }

  @Test func indexesFromBothEnds() throws {
    let network = try #require(Network("192.0.2.77/24"))
    #expect(network.address(at: 0)?.description == "192.0.2.0" && network.address(at: -1)?.description == "192.0.2.255")
    #expect(
      network.address(at: 256) == nil && network.address(at: -257) == nil
        && network.address(at: -256)?.description == "192.0.2.0")
    #expect(network.address(at: .max) == nil && network.address(at: .min) == nil)
    #expect(Network("::/0")?.address(at: -1)?.description == "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
  }

  @Test func randomHostsLieInside() throws {
    var random = SeededRandom(seed: 4193)
    for text in ["10.0.0.0/30", "10.0.0.0/31", "10.0.0.0/32", "::/0", "2001:db8::/64", "0.0.0.0/0"] {
      let network = try #require(Network(text))
      for _ in 0..<50 {
        let host = network.randomHost(using: &random)
        #expect(network.contains(host) && host >= network.firstHost && host <= network.lastHost)
      }
    }
    let local = try #require(Network.uniqueLocal(using: &random))
    #expect(local.prefix == 48 && local.first.bytes[0] == 0xfd && local == local.masked)
    #expect(Network.uniqueLocal(using: &random) != local)
  }

  @Test(
    arguments: [
      ("192.0.2.0/24", ["2.0.192.in-addr.arpa"]), ("10.0.0.0/8", ["10.in-addr.arpa"]), ("0.0.0.0/0", ["in-addr.arpa"]),
      ("10.2.0.0/15", ["2.10.in-addr.arpa", "3.10.in-addr.arpa"]), ("192.0.2.128/25", ["128/25.2.0.192.in-addr.arpa"]),
      ("192.0.2.1/32", ["1.2.0.192.in-addr.arpa"]), ("2001:db8::/32", ["8.b.d.0.1.0.0.2.ip6.arpa"]),
      ("::/0", ["ip6.arpa"]),
      ("2001:db8::/31", ["8.b.d.0.1.0.0.2.ip6.arpa", "9.b.d.0.1.0.0.2.ip6.arpa"]),
    ])
  func reverseZones(text: String, zones: [String]) throws { #expect(try #require(Network(text)).reverseZones == zones) }
}
