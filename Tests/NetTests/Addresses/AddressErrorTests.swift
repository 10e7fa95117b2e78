import Glibc
import Net
import TestSupport
import Testing

/// Where an address is wrong, and what older programs would have made of it.
@Suite struct AddressErrorTests {
  @Test(
    arguments: [
      ("012.0.0.1", 1, "a digit after a leading 0"), ("127.1", 5, "it ends after 2 of 4 parts"),
      ("1.2.3.", 6, "it ends after 3 of 4 parts"), ("300.1.1.1", 2, "a part is at most 255"),
      ("1.2.3.4.5", 7, "more than 4 parts"), ("1..2.3", 2, "no digit"),
      ("1.2.3.4x", 7, "a character that belongs to no address"),
      ("1.2.3.4%eth0", 7, "only an IPv6 address has a zone"), ("16909060", 3, "a fourth digit of one part"),
      ("", 0, "nothing is there"), ("example", 0, "it begins like none"), ("1::2::3", 5, "a second `::`"),
      ("1:2:3", 5, "it ends after 3 of 8 groups"), ("12345::", 4, "a fifth digit of one group"),
      ("::g", 2, "no hexadecimal digit"), (":1", 1, "a single colon at the start"),
      ("1:2:3:4:5:6:7:8:9", 15, "more than 8 groups"),
      ("1::2:3:4:5:6:7:8", 14, "more than 8 groups"), ("::ffff:1.2.3.256", 15, "a part is at most 255"),
      ("1:1.2.3.4", 3, "an IPv4 part fits only into the last 32 bits"),
      ("fe80::1%", 8, "the zone after `%` is missing"),
      ("fe80::1%a/b", 9, "a character that no interface's name has"),
      ("fe80::1%1234567890123456", 23, "a zone has at most 15 bytes"),
    ])
  func saysWhere(text: String, offset: Int, reason: String) {
    let error = #expect(throws: AddressError.self) { try Address.read(text) }
    #expect(error?.offset == offset && error?.reason == reason, "\(text): \(error?.message ?? "")")
  }

  @Test(
    arguments: [
      ("10.0.0.0", 8), ("10.0.0.0/", 9), ("10.0.0.0/33", 10), ("10.0.0.0/08", 10), ("10.0.0.0/255.0.255.0", 15),
      ("10.0.0.0/8 ", 10),
      ("10.0.0.0/255.255.255.25", 23), ("10.0.0/8", 6), ("::/129", 5), ("::/", 3), ("fe80::1/64%eth0", 10), ("x/8", 0),
    ])
  func saysWhereInNetworks(text: String, offset: Int) {
    let error = #expect(throws: AddressError.self) { try Network.read(text) }
    #expect(error?.offset == offset, "\(text): \(error?.message ?? "")")
  }

  @Test(arguments: hostileTexts) func survives(text: String) {
    for error in [
      #expect(throws: AddressError.self) { try Address.read(text) },
      #expect(throws: AddressError.self) { try Network.read(text) },
    ] {
      #expect((0...text.utf8.count).contains(error?.offset ?? -1))
      #expect(error?.message.utf8.count ?? 0 < 300)
    }
  }

  /// What can stand behind the beginning of an address so that it becomes one.
  private static let completions: [String] = {
    var tails: [String] = ["", "::", ":", "%a", "a"]
    for count in 0...7 {
      let groups = String(repeating: ":0", count: count)
      tails += [groups, "0" + groups, groups + "%a", "0" + groups + "%a"]
    }
    for count in 0...3 {
      tails += [String(repeating: ".0", count: count), "0" + String(repeating: ".0", count: count)]
    }
    return tails
  }()

  private func canBegin(_ text: Substring) -> Bool { Self.completions.contains { Address(text + $0) != nil } }

  /// The offset is right if what stands before it can still become an address, and one character more cannot.
  @Test func findsTheFirstWrongCharacter() throws {
    var random = SeededRandom(seed: 5952)
    var wrong = 0
    while wrong < 4_000 {
      let text = random.mutated(random.address().description, alphabet: "0123456789abf::..%/g")
      guard Address(text) == nil, text.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false || text.contains(":")
      else { continue }
      wrong += 1
      let error = try #require(throws: AddressError.self) { try Address.read(text) }
      let before = text.prefix(error.offset)
      #expect(canBegin(before), "\(text): nothing completes \(before)")
      if error.offset < text.count {
        let beyond = text.prefix(error.offset + 1)
        // Without a colon nobody knows yet that it is not going to be IPv6.
        let isEarly = error.wanted == .ipv4 && !beyond.contains(".")
        #expect(isEarly || !canBegin(beyond), "\(text): \(beyond) can be completed")
      }
    }
  }

  /// Lists of addresses, whose items may also be ranges, find the same place.
  @Test func agreesWithLists() throws {
    var random = SeededRandom(seed: 4291)
    var compared = 0
    for _ in 0..<6_000 {
      let text = random.mutated(random.address().withoutZone.description, alphabet: "0123456789abf::..")
      guard Address(text) == nil, text.contains(":") || text.contains("."), !text.contains("..") else { continue }
      guard let other = #expect(throws: AddressTextError.self, performing: { try AddressItem.parse(text) }) else {
        continue
      }
      let error = try #require(throws: AddressError.self) { try Address.read(text) }
      // A dot before any colon, behind what could be a group of IPv6: the two look at different families then.
      let isDotFirst = text.first { ".:".contains($0) } == "."
      guard error.wanted == .ipv6 ? !isDotFirst : text.prefix(error.offset).contains(".") else { continue }
      compared += 1
      #expect(error.offset == other.offset, "\(text)")
    }
    #expect(compared > 1_000)
  }

  // MARK: inet_aton(3)

  @Test(
    arguments: [
      ("012.0.0.1", "10.0.0.1"), ("127.1", "127.0.0.1"), ("16909060", "1.2.3.4"), ("0x7f.1", "127.0.0.1"),
      ("0177.0.0.1", "127.0.0.1"), ("1.2.772", "1.2.3.4"), ("0xffffffff", "255.255.255.255"), ("0", "0.0.0.0"),
    ])
  func tellsWhatInetAtonMakes(text: String, meaning: String) {
    #expect(LegacyAddress(text)?.address.description == meaning)
    let error = #expect(throws: AddressError.self) { try Address.read(text) }
    #expect(error?.hint?.hasPrefix("inet_aton(3) takes \(text) for \(meaning)") == true)
  }

  @Test func agreesWithInetAton() {
    var random = SeededRandom(seed: 3)
    let parts = [
      "0", "1", "00", "010", "08", "0x", "0x1f", "0XaB", "255", "256", "65535", "65536", "16777216", "4294967295",
      "4294967296", "", "-1", "1e",
    ]
    var accepted = 0
    for _ in 0..<20_000 {
      let text = (0...random.below(5)).map { _ in random.pick(parts) }.joined(separator: ".")
      var wanted = in_addr()
      let isAccepted = inet_aton(text, &wanted) == 1
      let ours = LegacyAddress(text)?.address
      #expect(ours == (isAccepted ? Address(v4: UInt32(bigEndian: wanted.s_addr)) : nil), "\(text)")
      if isAccepted { accepted += 1 }
    }
    #expect(accepted > 1_000)
  }
}
