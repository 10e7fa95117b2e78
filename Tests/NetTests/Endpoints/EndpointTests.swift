import Net
import TestSupport
import Testing

@Suite struct EndpointTests {
  @Test(
    arguments: [
      ("example.test:80", "example.test:80"), ("192.0.2.1:53", "192.0.2.1:53"),
      ("[2001:db8::1]:443", "[2001:db8::1]:443"),
      ("[2001:DB8:0::1]:https", "[2001:db8::1]:443"), ("[fe80::1%eth0]:80", "[fe80::1%eth0]:80"), (":8080", ":8080"),
      (":http", ":80"),
      ("host:https", "host:443"), ("host:HTTPS", "host:443"), ("192.0.2.1:domain", "192.0.2.1:53"), ("a:0", "a:0"),
      ("a:65535", "a:65535"),
      ("a:00080", "a:80"), ("example.test.:80", "example.test.:80"),
      ("_sip._tcp.example.test:5060", "_sip._tcp.example.test:5060"),
      ("dead:80", "dead:80"), ("0x7f:80", "0x7f:80"), ("Example.TEST:1", "Example.TEST:1"),
      ("[::ffff:192.0.2.1]:80", "[::ffff:192.0.2.1]:80"),
    ])
  func parses(text: String, canonical: String) throws {
    let endpoint = try #require(try Endpoint.parse(text))
    #expect(endpoint.description == canonical)
    #expect(try Endpoint.parse(canonical) == endpoint)
  }

  @Test(
    arguments: [
      "Host:foo", "a:b", "key:value", "host:", "host", "12:30", "12:30:59", "2001:db8::1", "::1", "::",
      "1:2:3:4:5:6:7:8", "02:00:5e:10:00:01",
      "192.0.2.1", "192.0.2.1:", "192.0.2.1:/x", "192.0.2.1:80-90", "1.2.3:80", "http://example.test:80",
      "host:80/path", "a b:80", "bücher.test:80", "a:b:80",
      "host:8 0", "host:+80", "host:-1", ":", ":foo", "[::1]", "[::1]x:80", "[1, 2]:80", "[::1]:80:90", "a@b:80",
      "host:٨٠", "-:80", "host:80\0", "ho\0st:80",
    ])
  func leavesOtherShapes(text: String) throws {
    #expect(try Endpoint.parse(text) == nil)
  }

  @Test(
    arguments: [
      ("example.test:66000", "port 66000 is outside 0 to 65535", "bad-port"),
      ("192.0.2.1:65536", "port 65536 is outside 0 to 65535", "bad-port"),
      ("[::1]:99999999999999999999999", "port 99999999999999999999999 is outside 0 to 65535", "bad-port"),
      (":70000", "port 70000 is outside 0 to 65535", "bad-port"),
      ("[::1]:", "the port after the colon is missing", "bad-port"),
      ("[::1]:gopherx", "no service is called gopherx", "unknown-service"),
      ("192.0.2.1:foo", "no service is called foo", "unknown-service"),
      ("300.1.1.1:80", "300.1.1.1 is no IPv4 address", "bad-address"),
      ("192.0.2.01:80", "192.0.2.01 is no IPv4 address", "bad-address"),
      ("[2001:db8::g]:80", "2001:db8::g in brackets is no IPv6 address", "bad-address"),
      ("[192.0.2.1]:80", "192.0.2.1 in brackets is no IPv6 address", "bad-address"),
      ("a..b:80", "a..b is no host name: a label is empty", "bad-name"),
      (".test:80", ".test is no host name: a label is empty", "bad-name"),
    ])
  func refuses(text: String, message: String, code: String) {
    let error = #expect(throws: EndpointError.self) { try Endpoint.parse(text) }
    #expect(error?.message == message && error?.code == code && error?.layer == .value)
  }

  @Test func boundsNamesAndMessages() throws {
    let label = String(repeating: "a", count: 63)
    let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
    #expect(try Endpoint.parse("\(longest):80")?.name == longest)
    #expect(try Endpoint.parse("\(longest).:80")?.name == longest + ".")
    #expect(throws: EndpointError.self) { try Endpoint.parse("\(longest)b:80") }
    #expect(throws: EndpointError.self) { try Endpoint.parse("\(label)a:80") }
    let error = #expect(throws: EndpointError.self) {
      try Endpoint.parse("a:" + String(repeating: "9", count: 100_000))
    }
    #expect((error?.message.utf8.count ?? .max) < 120)
    #expect(try Endpoint.parse("a:" + String(repeating: "0", count: 100_000) + "80")?.port == 80)
  }

  @Test(arguments: hostileTexts)
  func survives(text: String) {
    for text in [text, text + ":80", ":" + text, "[" + text + "]:80", "host:" + text, "192.0.2.1:" + text] {
      do {
        if let endpoint = try Endpoint.parse(text) { #expect(try Endpoint.parse(endpoint.description) == endpoint) }
      } catch {
        #expect(error.message.utf8.count < 200)
      }
    }
  }

  @Test func ordersHostsThenPorts() throws {
    let texts = [":80", "9.0.0.1:80", "10.0.0.1:79", "10.0.0.1:80", "[::1]:1", "B:1", "a:1", "a:2", "aa:1"]
    let endpoints = try texts.compactMap { try Endpoint.parse($0) }
    #expect(endpoints.shuffled().sorted().map(\.description) == texts)
  }

  @Test func roundTrips() throws {
    var random = SeededRandom(seed: 443)
    for _ in 0..<1000 {
      let endpoint = Endpoint(address: random.address(), port: UInt16(truncatingIfNeeded: random.next()))
      #expect(try Endpoint.parse(endpoint.description) == endpoint)
      #expect(try Endpoint.parse(endpoint.address?.description ?? "") == nil)
      let mutant = random.mutated(endpoint.description, alphabet: "0123456789abc.:[]%-")
      if let parsed = try? Endpoint.parse(mutant) { #expect(try Endpoint.parse(parsed.description) == parsed) }
    }
  }
}
