import Net
import Testing

@Suite struct NetworkTests {
  @Test(
    "RFC 4632 §3.1 and §5.1: blocks with their first and last address",
    arguments: [
      ("10.0.0.0/8", "10.0.0.0", "10.255.255.255"), ("172.16.0.0/12", "172.16.0.0", "172.31.255.255"),
      ("192.168.99.0/24", "192.168.99.0", "192.168.99.255"), ("10.24.0.0/13", "10.24.0.0", "10.31.255.255"),
      ("0.0.0.0/0", "0.0.0.0", "255.255.255.255"), ("192.0.2.1/32", "192.0.2.1", "192.0.2.1"),
      ("192.0.2.1/31", "192.0.2.0", "192.0.2.1"),
      ("10.1.2.3/8", "10.0.0.0", "10.255.255.255"),
      ("2001:db8:0:cd30::/60", "2001:db8:0:cd30::", "2001:db8:0:cd3f:ffff:ffff:ffff:ffff"),
      ("2001:db8:0:cd30:123:4567:89ab:cdef/60", "2001:db8:0:cd30::", "2001:db8:0:cd3f:ffff:ffff:ffff:ffff"),
      ("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), ("::1/128", "::1", "::1"),
      ("2001:db8::1/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"),
      ("2001:db8::1/65", "2001:db8::", "2001:db8::7fff:ffff:ffff:ffff"),
      ("fe80::1%eth0/64", "fe80::%eth0", "fe80::ffff:ffff:ffff:ffff%eth0"),
    ])
  func bounds(text: String, first: String, last: String) throws {
    let network = try #require(Network(text))
    #expect(network.description == text)
    #expect(network.first == Address(first) && network.last == Address(last))
    #expect(network.masked.address == network.first && network.masked.prefix == network.prefix)
    #expect(network.contains(network.first) && network.contains(network.last) && network.contains(network.address))
    if let below = network.first.advanced(by: -1) { #expect(!network.contains(below)) }
    if let above = network.last.advanced(by: 1) { #expect(!network.contains(above)) }
    #expect(network.contains(network) && network.contains(network.masked))
  }

  @Test func takesMasks() throws {
    let network = try #require(Network("10.1.2.3/255.0.0.0"))
    #expect(network == Network("10.1.2.3/8") && network.mask == Address("255.0.0.0"))
    #expect(Network("1.2.3.4/0.0.0.0")?.prefix == 0 && Network("1.2.3.4/255.255.255.255")?.prefix == 32)
    for mask in ["255.0.255.0", "0.255.255.255", "0.0.0.1", "128.0.0.1", "255.255.255", "::"] {
      #expect(Network("10.0.0.0/\(mask)") == nil)
    }
    #expect(Network("::1/255.0.0.0") == nil && Network("::1/ffff::") == nil)
  }

  @Test(
    arguments: [
      "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/00", "10.0.0.0/8 ",
      "10.0.0.0/8/8", "10.0.0/8", "/8",
      "::/129", "::/999999999999999999999", "::/", "::/1٢", "fe80::1/64%eth0", "10/8",
    ] + hostileTexts)
  func refuses(text: String) { #expect(Network(text) == nil) }

  @Test func containsNetworks() throws {
    let wide = try #require(Network("10.9.9.9/8"))
    let narrow = try #require(Network("10.1.0.0/16"))
    #expect(wide.contains(narrow) && !narrow.contains(wide) && wide.overlaps(narrow) && narrow.overlaps(wide))
    #expect(Network("::/0")?.contains(wide) == false)
    #expect(Network("0.0.0.0/0")?.contains(Address(v6High: 0, low: 0)) == false)
    let link = try #require(Network("fe80::/10"))
    let zone = try #require(Network("fe80::%eth0/10"))
    #expect(link.contains(Address(v6High: 0xfe80 << 48, low: 1, zone: "eth0")))
    #expect(
      !zone.contains(Address(v6High: 0xfe80 << 48, low: 1, zone: "eth1")) && !zone.contains(link) && link.contains(zone)
    )
  }

  @Test func checksPrefixesAndOrders() throws {
    let (four, six) = (Address(v4: 1), Address(v6High: 0, low: 1))
    for prefix in [Int.min, -1, 33, 129, 256, Int.max] { #expect(Network(address: four, prefix: prefix) == nil) }
    #expect(
      Network(address: six, prefix: 128)?.addressCount == 1 && Network(address: six, prefix: 0)?.addressCount == nil)
    let texts = ["10.0.0.0/8", "10.0.0.0/16", "10.0.0.1/8", "::/0", "::/1"]
    #expect(texts.reversed().compactMap { Network($0) }.sorted().map(\.description) == texts)
  }
}
