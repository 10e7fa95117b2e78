import Net
import TestSupport
import Testing

@Suite struct RouteTableTests {
  /// The best route by looking at all of them.
  private func best(_ entries: [RouteTable.Entry], for address: Address) -> Int? {
    entries.indices.filter { entries[$0].network.contains(address) }.min { one, two in
      let (a, b) = (entries[one], entries[two])
      return (-a.network.prefix, Int(a.metric), one) < (-b.network.prefix, Int(b.metric), two)
    }
  }

  @Test func findsWhatASearchOfAllFinds() throws {
    var random = SeededRandom(seed: 1812)
    for size in [0, 1, 2, 5, 40, 400] {
      for _ in 0..<(size == 400 ? 5 : 60) {
        let entries = (0..<size).map { _ in
          RouteTable.Entry(random.crowdedNetwork(), metric: UInt32(random.below(3)))
        }
        let table = try RouteTable(entries)
        for _ in 0..<100 {
          let near = entries.isEmpty ? nil : random.pick(entries).network
          let address =
            random.pick([
              near?.first, near?.last, near?.last.advanced(by: 1), near?.first.advanced(by: -1), random.address(),
            ])
            ?? random.address()
          let wanted = best(entries, for: address.withoutZone)
          #expect(table.route(for: address) == wanted, "\(address) in \(entries.map(\.network))")
          let candidates = table.candidates(for: address)
          #expect(candidates.first == wanted)
          #expect(Set(candidates) == Set(entries.indices.filter { entries[$0].network.contains(address.withoutZone) }))
        }
      }
    }
  }

  @Test func countsWhatLooksUpsFind() throws {
    var random = SeededRandom(seed: 3)
    let entries = (0..<200).map { _ in RouteTable.Entry(random.crowdedNetwork()) }
    let addresses = (0..<5_000).map { _ in random.crowdedNetwork().address }
    let table = try RouteTable(entries)
    var traffic = RouteTraffic(table)
    var lines = AddressLines()
    try traffic.read(Array(addresses.map { "\($0)\n" }.joined().utf8), &lines)
    try traffic.finish(&lines)
    var counts = [Int](repeating: 0, count: entries.count)
    var unrouted = 0
    for address in addresses {
      if let route = best(entries, for: address) { counts[route] += 1 } else { unrouted += 1 }
    }
    #expect(traffic.counts == counts)
    #expect(traffic.unrouted == unrouted)
    #expect(traffic.total == addresses.count)
  }

  private func routes(_ text: String) throws -> [String] {
    var list = RouteList()
    var lines = AddressLines()
    try list.read(Array(text.utf8), &lines)
    try list.finish(&lines)
    return list.entries.indices.map { index in
      let hop = list.hops[Int(list.hopOfRoute[index])]
      let words = [
        "\(list.entries[index].network)", hop.via.map { "\($0)" }, hop.interface, hop.metric.map { "\($0)" },
      ]
      return words.map { $0 ?? "-" }.joined(separator: " ")
    }
  }

  @Test func readsRoutesAsTheyAreWritten() throws {
    let ip = """
      default via 192.168.0.1 dev eth0 proto dhcp src 192.168.0.7 metric 100
      10.1.2.3/8 dev tun0 scope link
      192.0.2.1 via 10.0.0.1 dev tun0 onlink
      default via fe80::1 dev eth0 metric 1024 pref medium
      """
    #expect(
      try routes(ip) == [
        "0.0.0.0/0 192.168.0.1 eth0 100", "10.0.0.0/8 - tun0 -", "192.0.2.1/32 10.0.0.1 tun0 -",
        "::/0 fe80::1 eth0 1024",
      ])
    #expect(
      try routes("10.0.0.0/8 10.0.0.1 eth0 5\n10.0.0.0/8 eth0\n10.0.0.0/8") == [
        "10.0.0.0/8 10.0.0.1 eth0 5", "10.0.0.0/8 - eth0 -", "10.0.0.0/8 - - -",
      ])
    #expect(
      try routes("to\tvia\tsource\tinterface\n10.0.0.0/8\t\t1.2.3.4\teth0\n::/0\tfe80::1\t\t\n") == [
        "10.0.0.0/8 - eth0 -", "::/0 fe80::1 - -",
      ])
  }

  /// Next hops are remembered by their text, but not for destinations of another family, nor where they decide it.
  @Test func remembersNextHopsByTheirText() throws {
    let many = (0..<3_000).map { "10.\($0 / 250).\($0 % 250).0/24 via 192.0.2.\($0 % 200) dev eth\($0 % 3)" }
    let found = try routes((many + many).joined(separator: "\n"))
    #expect(found == (many + many).map { $0.replacing("via ", with: "").replacing("dev ", with: "") + " -" })
    #expect(
      try routes(
        "10.0.0.0/8 via fe80::1\ndefault via fe80::1\n::/1 via fe80::1\ndefault via 10.0.0.1\n10.0.0.0/8 via 10.0.0.1")
        == [
          "10.0.0.0/8 fe80::1 - -", "::/0 fe80::1 - -", "::/1 fe80::1 - -", "0.0.0.0/0 10.0.0.1 - -",
          "10.0.0.0/8 10.0.0.1 - -",
        ])
    #expect(throws: AddressListError.self) { try routes("10.0.0.0/8 via 10.0.0.1\n::/1 via 10.0.0.1") }
  }

  @Test(arguments: [
    "10.0.0.0/33", "10.0.0.0/8 via", "10.0.0.0/8 via x", "10.0.0.0/8 metric x", "10.0.0.0/8 metric 99999999999",
    "10.0.0.0/8 eth0 eth1", "to", "::/0 via 10.0.0.1",
  ])
  func refuses(text: String) throws {
    if text == "to" { return #expect(try routes(text).isEmpty) }
    #expect(throws: AddressListError.self) { try routes(text) }
  }
}
