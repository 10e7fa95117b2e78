import Net
import TestSupport
import Testing

/// IPv4 addresses inside IPv6 addresses, and MACs inside interface identifiers.
@Suite struct EmbeddedAddressTests {
  @Test(
    "RFC 6052 §2.4, tables 2 and 3",
    arguments: [
      ("2001:db8::/32", "2001:db8:c000:221::"), ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
      ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"), ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
      ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
      ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
      ("64:ff9b::/96", "64:ff9b::192.0.2.33"),
    ])
  func translates(prefix: String, text: String) throws {
    let network = try #require(Network(prefix))
    let (inner, outer) = (try #require(Address("192.0.2.33")), try #require(Address(text)))
    #expect(network.translating(inner) == outer)
    #expect(network.translated(outer) == inner)
    #expect(network.translated(try #require(Address("2001:db9::1"))) == nil)
    #expect(network.translating(outer) == nil)
  }

  @Test func refusesOtherPrefixesAndBits() throws {
    for text in ["2001:db8::/33", "2001:db8::/128", "::/0", "192.0.2.0/24"] {
      let network = try #require(Network(text))
      #expect(
        !network.isNAT64 && network.translating(Address(v4: 1)) == nil && network.translated(network.address) == nil)
    }
    // RFC 6052 §2.2: bits 64 to 71 are zero.
    #expect(Network("2001:db8::/32")?.translated(try #require(Address("2001:db8:c000:221:100::"))) == nil)
  }

  @Test func translationsComeBack() throws {
    var random = SeededRandom(seed: 6052)
    for _ in 0..<2_000 {
      let prefix = try #require(
        Network(address: Address(v6High: random.next(), low: 0), prefix: random.pick([32, 40, 48, 56, 64, 96])))
      let inner = Address(v4: UInt32(truncatingIfNeeded: random.next()))
      let outer = try #require(prefix.translating(inner))
      #expect(prefix.contains(outer) && prefix.translated(outer) == inner)
      // Bits 64 to 71 are zero: `u` of RFC 6052 §2.2.
      #expect(outer.bytes[8] == 0)
    }
  }

  @Test func findsWhatIsEmbedded() throws {
    func found(_ text: String) throws -> EmbeddedAddress? { try #require(Address(text)).embedded }
    let inner = try #require(Address("192.0.2.1"))
    #expect(try found("::ffff:192.0.2.1") == .mapped(inner))
    #expect(try found("2002:c000:201::1") == .sixToFour(inner))
    #expect(try found("::192.0.2.1") == .compatible(inner))
    #expect(try found("64:ff9b::192.0.2.1") == .nat64(inner, prefix: try #require(Network("64:ff9b::/96"))))
    #expect(try found("2001:db8::1") == nil && found("192.0.2.1") == nil && found("::1") == nil && found("::") == nil)
    // RFC 4380 §4: server 65.54.227.120, and a client at 192.0.2.45 port 40000 behind a cone NAT.
    #expect(
      try found("2001:0:4136:e378:8000:63bf:3fff:fdd2")
        == .teredo(
          server: try #require(Address("65.54.227.120")), client: try #require(Address("192.0.2.45")), port: 40_000,
          isConeNAT: true))
  }

  @Test func makesInterfaceIdentifiers() throws {
    // RFC 4291 appendix A, with an identifier of 48 bits whose universal bit is turned over.
    let mac = try #require(MAC("34-56-78-9A-BC-DE"))
    let network = try #require(Network("fe80::%eth0/64"))
    let address = try #require(network.address(of: mac))
    #expect(address.description == "fe80::3656:78ff:fe9a:bcde%eth0")
    #expect(address.interfaceMAC == mac)
    #expect(Network("2001:db8::/65")?.address(of: mac) == nil && Network("10.0.0.0/8")?.address(of: mac) == nil)
    #expect(Address("fe80::1")?.interfaceMAC == nil && Address("ff02::ff:fe00:1")?.interfaceMAC == nil)
    var random = SeededRandom(seed: 64)
    for _ in 0..<500 {
      let mac = try #require(MAC(value: random.next() >> 16))
      #expect(network.address(of: mac)?.interfaceMAC == mac)
    }
  }

  @Test func givesSolicitedNodes() throws {
    // RFC 4291 §2.7.1
    #expect(Address("4037::1:800:200e:8c6c")?.solicitedNode?.description == "ff02::1:ff0e:8c6c")
    #expect(Address("fe80::1%eth0")?.solicitedNode?.description == "ff02::1:ff00:1%eth0")
    for text in ["::", "::1", "ff02::1", "10.0.0.1"] { #expect(try #require(Address(text)).solicitedNode == nil) }
  }
}
