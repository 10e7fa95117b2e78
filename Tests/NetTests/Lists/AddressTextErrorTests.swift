import Net
import TestSupport
import Testing

/// The offset of an error is that of the first wrong character: what stands before it can begin a right text, and with it no more.
@Suite struct AddressTextErrorTests {
  @Test(arguments: [
    ("10.0.0.256", 9), ("10.0.300.1", 7), ("010.0.0.1", 1), ("10.0.0", 6), ("10.0.0.1.", 8), ("10.0.0.1/33", 10),
    ("10.0.0.1/", 9), ("10.0.0.1/255.0.255.0", 15), ("10.0.0.1x", 8), ("", 0), ("x", 0), ("1::2::3", 5),
    ("1:2:3:4:5:6:7:8:9", 15), ("2001:db8::/129", 13), ("fe80::1%", 8), ("12345::", 4), ("10.0.0.1-10.0.0", 15),
    ("10.0.0.1-10.0.0.x", 16), ("10.0.0.9-10.0.0.1", 9), ("1.2.3.4..1.2.3.", 15), ("1.2.3.4 x", 7),
  ]) func pointsAtTheFirstWrongCharacter(text: String, offset: Int) throws {
    let error = #expect(throws: AddressTextError.self) { try AddressItem.parse(text) }
    #expect(error?.offset == offset, "\(text)")
  }

  /// With some ending or other what stands before the offset is right, and with the wrong character it never is.
  @Test func theOffsetIsExact() throws {
    var random = SeededRandom(seed: 99)
    for _ in 0..<1_000 {
      let address = random.address().withoutZone
      var text = "\(address)"
      if random.below(3) == 0 { text += "/\(random.below(140))" }
      text = random.mutated(text, alphabet: "0123456789abcdef::..//")
      do { _ = try AddressItem.parse(text) } catch {
        #expect(error.offset <= text.utf8.count)
        guard !text.contains("-"), !text.contains("..") else { continue }
        // The first mark tells the families apart, although `010` alone could go on as either.
        let address = text.prefix { $0 != "/" }
        let isNew = address.contains(":") && address.first { !("0"..."9").contains($0) } != "."
        let before = String(decoding: text.utf8.prefix(error.offset), as: UTF8.self)
        #expect(Self.canBegin(before, isNew), "\(text) at \(error.offset)")
        guard error.offset < text.utf8.count else { continue }
        let beyond = String(decoding: text.utf8.prefix(error.offset + 1), as: UTF8.self)
        #expect(!Self.canBegin(beyond, isNew), "\(text) at \(error.offset)")
      }
    }
  }

  private static let endings: [String] = {
    let old = ["", "0", ".0", "0.0", ".0.0", "0.0.0", ".0.0.0", "0.0.0.0"]
    let new = [
      "::", ":", "0", ":0", "0::", "0:0", ":0:0", ":0:0:0", ":0:0:0:0", ":0:0:0:0:0", ":0:0:0:0:0:0", ":0:0:0:0:0:0:0",
      "0:0:0:0:0:0:0:0",
    ]
    let masks = [
      "0", "5.0.0.0", "55.0.0.0", ".0.0.0", "4.0.0.0", "2.0.0.0", "8.0.0.0", "0.0.0.0", "5", "55", ".0.0", "28", "92",
      "24", "40", "48", "52", "54",
    ]
    .flatMap { [$0, $0 + ".0.0", $0 + ".0", $0 + ".0.0.0"] }
    return old + new + new.map { $0 + "0" } + masks + ["/0"] + old.map { "/\($0)" }
  }()

  private static func canBegin(_ text: String, _ isNew: Bool) -> Bool {
    // A second dot makes a range of what is wrong in an address.
    endings.contains { ending in
      let whole = text + ending
      return whole.prefix { $0 != "/" }.contains(":") == isNew && !whole.contains("..")
        && (try? AddressItem.parse(whole)) != nil
    }
  }
}
