import Net
import TestSupport
import Testing

@Suite struct AddressLinesTests {
  private static let text =
    "10.0.0.1\n10.0.0.0/8\r\n  # comment\n\n\t192.0.2.0/255.255.255.0 ; mask\n2001:db8::/32\n::ffff:1.2.3.4\n"
    + "1.2.3.4 - 1.2.3.9\n1.2.3.4..1.2.3.9\r\n255.255.255.255/32\n0.0.0.0/0\n10.1.2.3/8"

  private func items(_ pieces: [[UInt8]], skipping: Bool = false) throws -> [AddressItem] {
    var list = AddressItemList()
    var lines = AddressLines(source: "list", skippingWrongLines: skipping)
    for piece in pieces { try list.read(piece, &lines) }
    try list.finish(&lines)
    return list.items
  }

  @Test func readsTheSameHoweverItIsCut() throws {
    let bytes = Array(Self.text.utf8)
    let whole = try items([bytes])
    #expect(
      whole.map(\.description) == [
        "10.0.0.1", "10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32", "::ffff:1.2.3.4", "1.2.3.4..1.2.3.9",
        "1.2.3.4..1.2.3.9", "255.255.255.255/32", "0.0.0.0/0", "10.1.2.3/8",
      ])
    for cut in 0...bytes.count { #expect(try items([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole) }
    #expect(try items(bytes.map { [$0] }) == whole)
  }

  @Test func saysWhichLineIsWrongAndWhere() throws {
    var list = AddressItemList()
    var lines = AddressLines(source: "list")
    let error = #expect(throws: AddressListError.self) {
      try list.read(Array("10.0.0.1\n# two\n  10.0.256.1\n10.0.0.2\n".utf8), &lines)
    }
    guard case .wrongLine("list", 3, "  10.0.256.1", 9, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func leavesOutWrongLines() throws {
    var list = AddressItemList()
    var lines = AddressLines(skippingWrongLines: true)
    try list.read(Array("1.2.3.4\nx\n1.2.3.4/33\n\n1.2.3.5\n01.2.3.4\n256.1.1.1".utf8), &lines)
    try list.finish(&lines)
    #expect(list.items.count == 2)
    #expect(lines.skipped == 4)
  }

  /// The quick way for IPv4 must take what the strict parser takes, and give the same.
  @Test func theQuickWayAgreesWithTheParser() throws {
    var random = SeededRandom(seed: 17)
    let padding = "\n" + String(repeating: "#", count: 40)
    for _ in 0..<40_000 {
      let address = Address(v4: UInt32(truncatingIfNeeded: random.next()) >> UInt32(random.below(30)))
      var text = random.below(2) == 0 ? "\(address)" : "\(address)/\(random.below(36))"
      if random.below(3) > 0 { text = random.mutated(text, alphabet: "0123456789./ ") }
      let known = try? AddressItem.parse(
        text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed().map(String.init).joined())
      let found = try items([Array((text + padding).utf8)], skipping: true)
      #expect(found == (known.map { [$0] } ?? []), "\(text)")
      var builder = AddressSetBuilder()
      var lines = AddressLines(skippingWrongLines: true)
      try builder.read(Array((text + padding).utf8), &lines)
      #expect(try builder.build() == AddressSet(known.map { [$0] } ?? []), "\(text)")
    }
  }

  @Test func refusesLinesThatNeverEnd() throws {
    var list = AddressItemList()
    var lines = AddressLines()
    #expect(throws: AddressListError.self) {
      for _ in 0..<100 { try list.read([UInt8](repeating: 0x31, count: 1_000), &lines) }
    }
  }
}
