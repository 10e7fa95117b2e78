import Testing

@testable import Net

@Suite struct URLTests {
  @Test func parts() throws {
    let url = try URL("HTTP://user:pw@WWW.Example.test:8080/a/b%20c?x=1&y=/?#frag?/")
    #expect(url.scheme == "http" && url.userinfo == "user:pw" && url.host == "www.example.test" && url.port == 8080)
    #expect(url.path == "/a/b%20c" && url.query == "x=1&y=/?" && url.fragment == "frag?/")
    #expect(url.effectivePort == 8080 && url.authority == "www.example.test:8080")
    #expect(url.requestTarget == "/a/b%20c?x=1&y=/?")
    #expect(url.text == "HTTP://user:pw@WWW.Example.test:8080/a/b%20c?x=1&y=/?#frag?/" && "\(url)" == url.text)
  }

  @Test(arguments: [
    ("http://a", 80 as UInt16?, "a", "/"), ("https://a?", 443, "a", "/?"), ("http://a:/", 80, "a", "/"),
    ("http://a:80/", 80, "a", "/"), ("https://a:80/", 80, "a:80", "/"), ("http://a:0/", 0, "a:0", "/"),
    ("http://a:65535/", 65535, "a:65535", "/"), ("ftp://a/b", nil, "a", "/b"),
    ("http://[2001:DB8::1]:8080/x", 8080, "[2001:db8::1]:8080", "/x"),
    ("http://[fe80::1%25eth0]/", 80, "[fe80::1]", "/"), ("http://[fe80::1%eth0]/", 80, "[fe80::1]", "/"),
    ("http://192.0.2.1", 80, "192.0.2.1", "/"), ("http://a/caf\u{e9}?\u{e9}{|}", 80, "a", "/caf%C3%A9?%C3%A9%7B%7C%7D"),
  ])
  func portAuthorityAndTarget(_ text: String, _ port: UInt16?, _ authority: String, _ target: String) throws {
    let url = try URL(text)
    #expect(url.effectivePort == port && url.authority == authority && url.requestTarget == target)
  }

  @Test func addressesLoseTheirBrackets() throws {
    #expect(try URL("http://[2001:DB8::1]/").host == "2001:db8::1")
    #expect(try URL("http://[fe80::1%25eth0]:1/").host == "fe80::1%eth0")
  }

  /// A combining mark joins the sign before it into one `Character`; the sign must count all the same.
  @Test func zoneBehindACombiningMarkStaysAtHome() throws {
    for zone in ["%\u{364}", "%25\u{364}", "%e\u{301}"] {
      #expect(try URL("http://[::1\(zone)]:8080/").authority == "[::1]:8080", "\(zone)")
    }
    #expect(try URL("http://[::1%25\u{364}]/").host == "::1%\u{364}")
  }

  @Test func otherSchemesParse() throws {
    let mail = try URL("mailto:a@example.test?subject=x")
    #expect(mail.scheme == "mailto" && mail.host.isEmpty && mail.path == "a@example.test" && mail.effectivePort == nil)
    #expect(try URL("file:///etc/hosts").path == "/etc/hosts")
  }

  @Test(arguments: [
    ("", URLError.noScheme), ("//a/b", .noScheme), ("www.example.test", .noScheme), ("1http://a", .noScheme),
    ("http:", .noHost(scheme: "http")), ("http:///x", .noHost(scheme: "http")), ("http:g", .noHost(scheme: "http")),
    ("https://:80/", .noHost(scheme: "https")), ("http://user@/", .noHost(scheme: "http")),
    ("http://a:66000/", .portOutOfRange("66000")), ("http://a:65536", .portOutOfRange("65536")),
    ("http://a:99999999999999999999/", .portOutOfRange("99999999999999999999")),
    ("http://a:-1/", .badPort("-1")), ("http://a:8x/", .badPort("8x")), ("http://a:80:80/", .badPort("80:80")),
    ("http://a b/", .badCharacter(" ", offset: 8)), ("http://a/\r\nX: y", .badCharacter("\r", offset: 9)),
    ("http://a/\0", .badCharacter("\0", offset: 9)), ("http://a/\u{e9}\u{85}", .badCharacter("\u{85}", offset: 11)),
    ("http://a/%", .badPercent(offset: 9)), ("http://a/b?%g0", .badPercent(offset: 11)),
    ("http://%zz/", .badPercent(offset: 7)),
    ("http://[::1/", .badHost("[::1")), ("http://[::1]x/", .badHost("[::1]x")),
    ("http://[1.2.3.4]/", .badHost("[1.2.3.4]")),
    ("http://[::g]/", .badHost("[::g]")), ("http://[fe80::1%]/", .badHost("[fe80::1%]")),
    ("http://a[b]/", .badHost("a[b]")), ("http://a\\b/", .badHost("a\\b")),
  ])
  func refused(_ text: String, _ error: URLError) {
    #expect(throws: error) { try URL(text) }
  }

  @Test func rangeIsNamed() {
    #expect(URLError.portOutOfRange("66000").message.contains("0 to 65535"))
    #expect(URLError.portOutOfRange("66000").code == "port-out-of-range")
  }

  // RFC 3986 §5.4.1 and §5.4.2, except "http:g", which a strict reader takes for an http URL without a host.
  static let references: [(String, String)] = [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
    ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"),
    ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"),
    ("g;x", "http://a/b/c/g;x"),
    ("g;x?y#s", "http://a/b/c/g;x?y#s"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
    ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
    ("../../", "http://a/"),
    ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"),
    ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."),
    ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"),
    ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
    ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"), ("g#s/./x", "http://a/b/c/g#s/./x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"),
  ]

  @Test(arguments: references)
  func resolving(_ reference: String, _ target: String) throws {
    #expect(try URL("http://a/b/c/d;p?q").resolving(reference).text == target)
  }

  @Test func resolvingAtAnEmptyPathAndWithoutAuthority() throws {
    #expect(try URL("http://a").resolving("g").text == "http://a/g")
    #expect(try URL("http://a?x").resolving("?y").text == "http://a?y")
    #expect(try URL("x:/a").resolving("/.//b").text == "x:/.//b")
    #expect(throws: URLError.badCharacter("\n", offset: 1)) { try URL("http://a").resolving("a\nb") }
    #expect(throws: URLError.noHost(scheme: "http")) { try URL("http://a").resolving("http:g") }
  }

  @Test func anyBytesParseOrThrow() {
    let sample = Array("http://u@[fe80::1%25e]:80/a/../%41?q#f".utf8)
    for index in sample.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = sample
        changed[index] = byte
        guard let url = try? URL(String(decoding: changed, as: UTF8.self)) else { continue }
        for part in [url.requestTarget, url.authority] { #expect(part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }) }
        _ = try? url.resolving("../x")
      }
    }
  }
}
