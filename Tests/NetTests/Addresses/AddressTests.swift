import Net
import TestSupport
import Testing

@Suite struct AddressTests {
  @Test(
    "RFC 4291 §2.2 and RFC 5952: each text and its canonical form",
    arguments: [
      ("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"),
      ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
      ("FF01:0:0:0:0:0:0:101", "ff01::101"),
      ("0:0:0:0:0:0:0:1", "::1"),
      ("0:0:0:0:0:0:0:0", "::"),
      ("0:0:0:0:0:0:13.1.68.3", "::d01:4403"),
      ("0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38"),
      ("::FFFF:129.144.52.38", "::ffff:129.144.52.38"),
      ("::ffff:c000:0201", "::ffff:192.0.2.1"),
      ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
      // RFC 5952 §2 and §4
      ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:db8::1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:db8::0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:0db8::1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:db8:0:0:1::1", "2001:db8::1:0:0:1"),
      ("2001:db8:0000:0:1::1", "2001:db8::1:0:0:1"),
      ("2001:DB8:0:0:1::1", "2001:db8::1:0:0:1"),
      ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
      ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
      ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
      ("2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"),
      ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1::", "1::"),
      ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"), ("0:0:3:4:5:6:0:0", "::3:4:5:6:0:0"),
      ("fe80::1%eth0", "fe80::1%eth0"), ("FE80::0:1%Eth0", "fe80::1%Eth0"),
      ("fe80::1%123456789012345", "fe80::1%123456789012345"),
      ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("192.0.2.1", "192.0.2.1"),
    ])
  func canonicalText(text: String, canonical: String) throws {
    let address = try #require(Address(text))
    #expect(address.description == canonical)
    #expect(Address(canonical) == address)
    #expect(Address("x\(text)".dropFirst()) == address)
    #expect(address.isIPv4 == !text.contains(":"))
  }

  @Test(
    arguments: [
      "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.00", "1..3.4", ".1.2.3", "1.2.3.",
      "0x1.2.3.4", "1.2.3.4%eth0",
      ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
      "1:2:3:4::5:6:7:8", "12345::", "g::", ":1", "1:", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7", "1:::2", "::1.2.3",
      "::1.2.3.4.5", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::01.2.3.4", "1.2.3.4::", "::ffff:1.2.3.256", "[::1]",
      "::1/128",
      "fe80::1%", "fe80::1%1234567890123456", "fe80::1%a/b", "fe80::1%a b", "fe80::1%a%b", "fe80::%eth0%", "%eth0",
      ":%eth0", "1:2:%eth0",
    ] + hostileTexts)
  func refuses(text: String) {
    #expect(Address(text) == nil)
  }

  @Test func fitsInSeventeenBytes() {
    #expect(MemoryLayout<Address>.size <= 17)
    #expect(MemoryLayout<Network>.size <= 18)
    #expect(MemoryLayout<Endpoint>.size <= 24)
  }

  @Test func bytesAreInNetworkOrder() throws {
    let four = try #require(Address(bytes: [192, 0, 2, 1]))
    #expect(four == Address(v4: 0xc000_0201))
    #expect(four.bytes == [192, 0, 2, 1] && four.version == 4 && four.bitCount == 32)
    let six = try #require(Address("2001:db8::203"))
    #expect(
      six.bytes == [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3] && six.version == 6 && six.bitCount == 128)
    #expect(Address(bytes: six.bytes) == six)
    for count in 0...20 where count != 4 && count != 16 {
      #expect(Address(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }
  }

  @Test func ordersFamiliesNumbersZones() {
    let texts = [
      "0.0.0.0", "9.255.255.255", "10.0.0.0", "255.255.255.255", "::", "::1", "::ffff:1.2.3.4", "1::", "fe80::1",
      "fe80::1%1", "fe80::1%eth0",
      "fe80::1%eth1", "fe80::1%eth10", "fe80::2", "ffff::%a",
    ]
    let addresses = texts.compactMap { Address($0) }
    #expect(addresses.count == texts.count)
    for (index, address) in addresses.enumerated() {
      for (other, expected) in addresses.enumerated() {
        #expect((address < expected) == (index < other))
        #expect((address == expected) == (index == other))
      }
    }
  }

  @Test func zonesAreBytes() throws {
    let composed = Address(v6High: 1, low: 1, zone: "\u{e9}")
    let decomposed = Address(v6High: 1, low: 1, zone: "e\u{301}")
    #expect(composed != decomposed)
    #expect(composed.distance(to: decomposed) == nil)
    #expect(Address(v6High: 1, low: 1, zone: "a/b").zone == nil)
    #expect(Address(v6High: 1, low: 1, zone: "").zone == nil)
    #expect(try #require(Address("fe80::1%eth0")).withoutZone == Address("fe80::1"))
  }

  @Test func countsWithinTheFamily() throws {
    let four = try #require(Address("192.0.2.255"))
    #expect(four.advanced(by: 1)?.description == "192.0.3.0")
    #expect(four.advanced(by: -256)?.description == "192.0.1.255")
    #expect(Address("255.255.255.255")?.advanced(by: 1) == nil)
    #expect(Address("0.0.0.0")?.advanced(by: -1) == nil)
    #expect(four.advanced(by: .max) == nil && four.advanced(by: .min) == nil)
    let first = Address(v6High: 0, low: 0)
    let last = Address(v6High: .max, low: .max)
    #expect(last.advanced(by: 1) == nil && first.advanced(by: -1) == nil)
    #expect(last.advanced(by: .min)?.description == "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
    #expect(first.distance(to: last) == nil && last.distance(to: first) == nil)
    #expect(Address("fe80::ffff%eth0")?.advanced(by: 1)?.description == "fe80::1:0%eth0")
    #expect(four.distance(to: first) == nil)
    #expect(four.distance(to: Address(v4: 0)) == -0xc000_02ff)
    #expect(Address(value: 1 << 32, like: four) == nil)
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func sumsAndDistancesAgree(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1000 {
      let (address, step) = (random.address(), Int128(random.number()))
      if let moved = address.advanced(by: step) { #expect(address.distance(to: moved) == step) }
      let other = random.address()
      if let distance = address.distance(to: other) { #expect(address.advanced(by: distance) == other) }
      #expect(Address(address.description) == address)
      #expect(Address(bytes: address.bytes) == address.withoutZone)
      #expect(Address(value: address.value, like: address) == address)
    }
  }

  @Test func knowsKinds() throws {
    func kinds(_ text: String) throws -> [Bool] {
      let address = try #require(Address(text))
      return [
        address.isLoopback, address.isUnspecified, address.isMulticast, address.isBroadcast, address.isLinkLocal,
        address.isPrivate,
        address.isDocumentation,
      ]
    }
    let expected: [(Int, [String])] = [
      (0, ["127.0.0.1", "127.255.255.255", "::1"]), (1, ["0.0.0.0", "::"]),
      (2, ["224.0.0.1", "239.255.255.255", "ff02::1%eth0"]),
      (3, ["255.255.255.255"]), (4, ["169.254.1.1", "fe80::1", "febf::1"]),
      (5, ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fdff::1"]),
      (6, ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff:fff::1"]),
      (
        -1,
        ["8.8.8.8", "172.32.0.1", "128.0.0.1", "::2", "fec0::1", "2001:db9::1", "::7f00:1", "4000::", "3fff:1000::"]
      ),
    ]
    for (kind, texts) in expected {
      for text in texts { #expect(try kinds(text) == (0..<7).map { $0 == kind }, "\(text)") }
    }
    #expect(Address("::ffff:192.0.2.1")?.mappedIPv4 == Address("192.0.2.1"))
    #expect(Address("::fffe:192.0.2.1")?.mappedIPv4 == nil)
  }

  @Test func givesReverseNames() {
    #expect(Address("192.0.2.10")?.reverseName == "10.2.0.192.in-addr.arpa")
    // RFC 3596 §2.5
    #expect(
      Address("4321:0:1:2:3:4:567:89ab")?.reverseName
        == "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa")
  }
}
