import Net
import Testing
import Wire

/// The messages of SOCKS5 by RFC 1928 and RFC 1929.
struct SOCKSTests {
  @Test func writesWhatTheRFCsSay() throws {
    #expect(SOCKS5.greeting(withPassword: false) == [5, 1, 0])
    #expect(SOCKS5.greeting(withPassword: true) == [5, 2, 0, 2])
    #expect(try SOCKS5.authentication(user: "ab", password: "c") == [1, 2, 0x61, 0x62, 1, 0x63])
    let v4 = Endpoint(address: try #require(Address("192.0.2.1")), port: 80)
    #expect(try SOCKS5.connect(to: v4) == [5, 1, 0, 1, 192, 0, 2, 1, 0, 80])
    let v6 = Endpoint(address: try #require(Address("2001:db8::1")), port: 443)
    #expect(
      try SOCKS5.connect(to: v6) == [5, 1, 0, 4, 0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [1, 1, 0xbb])
    #expect(try SOCKS5.connect(to: Endpoint(host: .name("a.b"), port: 258)) == [5, 1, 0, 3, 3, 0x61, 0x2e, 0x62, 1, 2])
  }

  @Test func refusesWhatHasNoLength() {
    let long = String(repeating: "x", count: 256)
    #expect(throws: SOCKSError.badLength("user name")) { try SOCKS5.authentication(user: "", password: "p") }
    #expect(throws: SOCKSError.badLength("password")) { try SOCKS5.authentication(user: "u", password: long) }
    #expect(throws: SOCKSError.badLength("host name")) { try SOCKS5.connect(to: Endpoint(host: .name(long), port: 1)) }
  }

  @Test func readsAnswers() throws {
    #expect(try SOCKS5.method([5, 0]) == .none)
    #expect(try SOCKS5.method([5, 2]) == .password)
    #expect(throws: SOCKSError.noMethod(255)) { try SOCKS5.method([5, 255]) }
    #expect(throws: SOCKSError.notSOCKS(72)) { try SOCKS5.method([72, 84]) }
    #expect(throws: SOCKSError.badPassword) { try SOCKS5.checkAuthentication([1, 1]) }
    #expect(try SOCKS5.restOfReply([5, 0, 0, 1, 127]) == 5)
    #expect(try SOCKS5.restOfReply([5, 0, 0, 4, 0]) == 17)
    #expect(try SOCKS5.restOfReply([5, 0, 0, 3, 9]) == 11)
  }

  /// Every short message decodes, or throws its own error, nothing else.
  @Test func nothingElseComesOfAnyBytes() {
    for length in 0...6 {
      for byte in UInt8.min...UInt8.max {
        for place in 0..<max(1, length) {
          var bytes = [UInt8](repeating: 5, count: length)
          if place < length { bytes[place] = byte }
          _ = try? SOCKS5.method(bytes)
          try? SOCKS5.checkAuthentication(bytes)
          if let rest = try? SOCKS5.restOfReply(bytes) { #expect((2...257).contains(rest)) }
        }
      }
    }
  }
}
