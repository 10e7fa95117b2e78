import Net
import TestSupport
import Testing

@Suite struct MACTests {
  @Test func parsesBothSpellings() throws {
    let mac = try #require(MAC("02:00:5e:10:00:01"))
    #expect(mac == MAC("02-00-5E-10-00-01"))
    #expect(mac.bytes == [0x02, 0, 0x5e, 0x10, 0, 1] && mac.description == "02:00:5e:10:00:01")
    #expect(mac.isLocal && !mac.isMulticast)
    #expect(MAC("01:00:5e:00:00:fb")?.isMulticast == true)
    #expect(MAC(value: 1 << 48) == nil && MAC(bytes: [1, 2, 3, 4, 5]) == nil)
    #expect(mac < MAC(value: mac.value + 1) ?? mac)
  }

  @Test(
    arguments: [
      "02:00:5e:10:00", "02:00:5e:10:00:01:02", "02:00-5e:10:00:01", "2:0:5e:10:0:1", "02005e100001", "0200.5e10.0001",
      "02:00:5e:10:00:0g",
      "02:00:5e:10:00:1:", "02::5e:10:00:0001", "02-00:5e-10-00-01", "02:00:5e:10:00:é",
    ] + hostileTexts)
  func refuses(text: String) { #expect(MAC(text) == nil) }

  @Test func roundTrips() throws {
    var random = SeededRandom(seed: 48)
    for _ in 0..<500 {
      let mac = try #require(MAC(value: random.next() >> 16))
      #expect(MAC(mac.description) == mac && MAC(bytes: mac.bytes) == mac)
      #expect(Address(mac.description) == nil)
      #expect(try Endpoint.parse(mac.description) == nil)
    }
  }
}
