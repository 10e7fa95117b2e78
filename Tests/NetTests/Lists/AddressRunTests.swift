import Net
import Testing

@Suite struct AddressRunTests {
  private func both(_ first: Address?, _ last: Address?) throws -> (values: [String], text: [String]) {
    let (first, last) = (try #require(first), try #require(last))
    var (run, other) = (AddressRun(from: first, to: last), AddressRun(from: first, to: last))
    var (values, text) = ([String](), "")
    while let address = run.nextAddress() { values.append(address.description) }
    while let piece = other.nextText() { text += String(decoding: piece, as: UTF8.self) }
    return (values, text.split(separator: "\n").map(String.init))
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.3", ["192.0.2.1", "192.0.2.2", "192.0.2.3"]),
    ("255.255.255.254", "255.255.255.255", ["255.255.255.254", "255.255.255.255"]), ("0.0.0.0", "0.0.0.0", ["0.0.0.0"]),
    ("192.0.2.2", "192.0.2.1", []), ("192.0.2.2", "::1", []),
    (
      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
      ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]
    ),
    ("fe80::f%eth0", "fe80::10%eth0", ["fe80::f%eth0", "fe80::10%eth0"]),
  ]) func givesAllBetween(first: String, last: String, wanted: [String]) throws {
    let (values, text) = try both(Address(first), Address(last))
    #expect(values == wanted)
    #expect(text == wanted)
  }

  @Test func givesLongRunsInPieces() throws {
    let (values, text) = try both(Address("10.0.0.0"), Address("10.0.255.255"))
    #expect(values.count == 65_536)
    #expect(values == text)
    #expect(AddressRun(from: Address(v4: 0), to: Address(v4: .max)).count == 1 << 32)
    #expect(AddressRun(from: Address(v6High: 0, low: 0), to: Address(v6High: .max, low: .max)).count == nil)
  }
}
