import Net
import Testing

/// The examples of the RFCs about the text and structure of addresses that no other test has.
@Suite struct RFCExampleTests {
  @Test(
    "RFC 5952: what all the texts of an address become",
    arguments: [
      // §2.1 and §2.2: leading zeros and `::` at any place
      (
        "2001:db8:0:0:1:0:0:1",
        [
          "2001:db8:0:0:1:0:0:1", "2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "2001:db8::0:1:0:0:1",
          "2001:0db8::1:0:0:1", "2001:db8:0:0:1::1",
          "2001:db8:0000:0:1::1", "2001:DB8:0:0:1::1",
        ], "2001:db8::1:0:0:1"
      ),
      (
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        [
          "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:001",
          "2001:db8:aaaa:bbbb:cccc:dddd:eeee:01",
        ],
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"
      ),
      (
        "2001:db8:aaaa:bbbb:cccc:dddd:0:1", ["2001:db8:aaaa:bbbb:cccc:dddd::1", "2001:db8:aaaa:bbbb:cccc:dddd:0:1"],
        "2001:db8:aaaa:bbbb:cccc:dddd:0:1"
      ),
      (
        "2001:db8:0:0:0:0:0:1", ["2001:db8:0:0:0::1", "2001:db8:0:0::1", "2001:db8:0::1", "2001:db8::1"], "2001:db8::1"
      ),
      ("2001:db8:0:0:0:aaaa:0:1", ["2001:db8::aaaa:0:0:1"], ""),
      ("2001:db8:0:0:aaaa:0:0:1", ["2001:db8::aaaa:0:0:1", "2001:db8:0:0:aaaa::1"], "2001:db8::aaaa:0:0:1"),
      // §2.3: small letters
      (
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
        ["2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:AaAa"],
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"
      ),
      // §4.2.1 to §4.2.3
      ("2001:db8:0:0:0:0:2:1", ["2001:db8:0:0:0:0:2:1", "2001:db8::0:2:1"], "2001:db8::2:1"),
      ("2001:db8:0:1:1:1:1:1", ["2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"], "2001:db8:0:1:1:1:1:1"),
      ("2001:0:0:1:0:0:0:1", ["2001:0:0:1:0:0:0:1"], "2001:0:0:1::1"),
      ("2001:db8:0:0:1:0:0:1", ["2001:db8:0:0:1:0:0:1"], "2001:db8::1:0:0:1"),
      // §5
      ("0:0:0:0:0:ffff:192.0.2.1", ["::ffff:192.0.2.1", "0:0:0:0:0:ffff:c000:201"], "::ffff:192.0.2.1"),
    ])
  func canonical(full: String, texts: [String], wanted: String) throws {
    let address = try #require(Address(full))
    for text in texts where !wanted.isEmpty {
      #expect(Address(text) == address && Address(text)?.description == wanted, "\(text)")
    }
    // Two texts that look alike and are not.
    for text in texts where wanted.isEmpty { #expect(Address(text) != address, "\(text)") }
  }

  @Test("RFC 4291 §2.3: the texts of one prefix, and what is none of them")
  func prefixes() throws {
    let wanted = try #require(Network("2001:db8:0:cd30::/60"))
    for text in ["2001:0DB8:0000:CD30:0000:0000:0000:0000/60", "2001:0DB8::CD30:0:0:0:0/60", "2001:0DB8:0:CD30::/60"] {
      #expect(Network(text) == wanted)
    }
    #expect(Network("2001:0DB8:0:CD3/60") == nil)
    #expect(Network("2001:0DB8::CD30/60")?.masked != wanted && Network("2001:0DB8::CD3/60")?.masked != wanted)
    let node = try #require(Network("2001:0DB8:0:CD30:123:4567:89AB:CDEF/60"))
    #expect(node.masked == wanted && wanted.contains(node.address))
  }

  @Test(
    "RFC 4291 §2.4, §2.5.5, §2.7: kinds by their first bits, and the groups",
    arguments: [
      ("::", "unspecified", nil), ("::1", "loopback", "host"), ("FF01::1", "multicast", "interface-local"),
      ("FF02::1", "multicast", "link-local"),
      ("FF01::2", "multicast", "interface-local"), ("FF02::2", "multicast", "link-local"),
      ("FF05::2", "multicast", "site-local"),
      ("FF01::101", "multicast", "interface-local"), ("FF02::101", "multicast", "link-local"),
      ("FF05::101", "multicast", "site-local"),
      ("FF0E::101", "multicast", "global"), ("FF02::1:FF0E:8C6C", "multicast", "link-local"),
      ("FE80::1", "link-local", "link-local"),
      ("FEC0::1", "site-local", "site-local"), ("::13.1.68.3", "ipv4-compatible", "global"),
      ("::FFFF:129.144.52.38", "ipv4-mapped", "global"),
      ("2001:DB8::8:800:200C:417A", "documentation", "global"),
    ] as [(String, String, String?)])
  func kinds(text: String, kind: String, scope: String?) throws {
    let address = try #require(Address(text))
    #expect(address.kind.rawValue == kind && address.scope?.rawValue == scope)
  }

  @Test("RFC 4291 appendix A: an identifier of 48 bits becomes one of 64")
  func interfaceIdentifier() throws {
    // cccccc0g cccccccc cccccccc mmmmmmmm … becomes cccccc1g … ff fe …
    let mac = try #require(MAC("0c:12:34:56:78:9a"))
    #expect(String(mac.interfaceIdentifier, radix: 16) == "e1234fffe56789a")
  }
}
