import Net
import TestSupport
import Testing

/// What iprange and grepcidr make of the same files.
@Suite struct SetPeerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, into sink: inout some AddressSink, pieces: Int = 4_099) throws {
    var lines = AddressLines()
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try sink.read(Array(rest.prefix(pieces)), &lines)
      rest = rest.dropFirst(pieces)
    }
    try sink.finish(&lines)
  }

  private func output(_ arguments: String...) throws -> String {
    String(decoding: try Program(arguments).finish().output, as: UTF8.self)
  }

  @Test func aggregatesAsIPRangeDoes() throws {
    var random = SeededRandom(seed: 23)
    var text = "# a comment, and an address alone\n192.0.2.1\r\n"
    for _ in 0..<60_000 {
      text +=
        "\(Address(v4: UInt32(truncatingIfNeeded: random.next())))/\(random.pick([9, 16, 22, 24, 24, 24, 28, 32]))\n"
    }
    try folder.write("prefixes", Array(text.utf8))
    var builder = AddressSetBuilder()
    try read(text, into: &builder)
    var cursor = AddressSetCursor(try builder.build())
    var ours = ""
    while let piece = cursor.nextText() { ours += String(decoding: piece, as: UTF8.self) }
    // iprange writes a host without its prefix.
    #expect(ours.replacing("/32\n", with: "\n") == (try output("iprange", "\(folder.path)/prefixes")))
  }

  @Test(arguments: [true, false]) func filtersAsGrepCIDRDoes(isIPv4: Bool) throws {
    var random = SeededRandom(seed: isIPv4 ? 4 : 6)
    let region = isIPv4 ? Address(v4: 0) : Address(v6High: 0x2001_0db8_0000_0000, low: 0)
    func address() -> Address {
      isIPv4
        ? Address(v4: UInt32(truncatingIfNeeded: random.next()) >> 8)
        : Address(v6High: 0x2001_0db8_0000_0000 | random.next() >> 48, low: random.next() >> 32)
    }
    let networks = (0..<300).compactMap { _ in
      Network(address: address(), prefix: isIPv4 ? 14 + random.below(19) : 52 + random.below(40))
    }
    let addresses = (0..<40_000).map { _ in address().description + "\n" }.joined()
    try folder.write("nets", Array(networks.map { "\($0.masked)\n" }.joined().utf8))
    try folder.write("addresses", Array(addresses.utf8))
    for isInverted in [false, true] {
      var filter = AddressFilter(AddressSet(networks.map { .network($0) }), inverted: isInverted)
      try read(addresses, into: &filter)
      let theirs =
        isInverted
        ? try output("grepcidr", "-v", "-f", "\(folder.path)/nets", "\(folder.path)/addresses")
        : try output("grepcidr", "-f", "\(folder.path)/nets", "\(folder.path)/addresses")
      #expect(String(decoding: filter.takeText(), as: UTF8.self) == theirs, "\(region)")
      #expect(filter.matched > 100 && filter.matched < 39_900)
    }
  }
}
