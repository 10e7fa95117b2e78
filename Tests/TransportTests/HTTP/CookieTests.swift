@testable import Clients
import Net
import Testing
import Wire

/// Cookies by RFC 6265.
struct CookieTests {
  private func sent(_ set: [String], from: String, to: String) throws -> String? {
    let jar = CookieJar()
    jar.take(HTTPHeaders(set.map { HTTPField("Set-Cookie", $0) }), from: try URL(from))
    return jar.field(for: try URL(to))
  }

  @Test func aCookieGoesWhereItIsFor() throws {
    let home = "https://www.example.test/a/b"
    #expect(try sent(["SID=31d4d96e407aad42"], from: home, to: home) == "SID=31d4d96e407aad42")
    #expect(try sent(["a=1"], from: home, to: "https://example.test/a/b") == nil)
    #expect(try sent(["a=1"], from: home, to: "https://sub.www.example.test/a/b") == nil)
    #expect(try sent(["a=1; Domain=example.test"], from: home, to: "https://other.example.test/a/") == "a=1")
    #expect(try sent(["a=1; Domain=.Example.Test"], from: home, to: "https://example.test/a/c") == "a=1")
    #expect(try sent(["a=1; Domain=example.test"], from: home, to: "https://badexample.test/a/") == nil)
    #expect(try sent(["a=1; Domain=other.test"], from: home, to: home) == nil)
    #expect(try sent(["a=1; Domain=test"], from: home, to: home) == nil)
    // RFC 6265 §5.1.4: the default path is the folder.
    #expect(try sent(["a=1"], from: home, to: "https://www.example.test/") == nil)
    #expect(try sent(["a=1"], from: home, to: "https://www.example.test/ab") == nil)
    #expect(try sent(["a=1; Path=/"], from: home, to: "https://www.example.test") == "a=1")
    #expect(try sent(["a=1; Path=/x"], from: home, to: "https://www.example.test/xy") == nil)
    #expect(try sent(["a=1; Secure; Path=/"], from: home, to: "http://www.example.test/") == nil)
    #expect(try sent(["a=1; Secure"], from: "http://www.example.test/", to: "https://www.example.test/") == nil)
    #expect(try sent(["a=1; Domain=0.0.1"], from: "http://127.0.0.1/", to: "http://127.0.0.1/") == nil)
  }

  @Test func aDomainOfTheHostItselfIsForThoseBelowToo() throws {
    #expect(
      try sent(["a=1; Domain=example.test"], from: "http://example.test/", to: "http://www.example.test/") == "a=1")
    #expect(try sent(["a=1; Domain=127.0.0.1"], from: "http://127.0.0.1/", to: "http://127.0.0.1/") == "a=1")
    #expect(try sent(["a=1; Domain=localhost"], from: "http://localhost/", to: "http://localhost/") == "a=1")
    #expect(try sent(["a=1; Domain=localhost"], from: "http://localhost/", to: "http://www.localhost/") == nil)
  }

  @Test func publicSuffixesAreNobodys() throws {
    // The examples of publicsuffix.org, with a rule of each kind.
    let list = PublicSuffixes(
      list: Array("// a comment\nuk\nco.uk\n*.ck\n!www.ck\nжурнал.example\r\ngithub.io  behind\n".utf8))
    for (domain, isPublic) in [
      ("uk", true), ("co.uk", true), ("a.co.uk", false), ("b.ck", true), ("a.b.ck", false), ("www.ck", false),
      ("ck", true),
      ("unlisted", true), ("a.unlisted", false), ("github.io", true), ("io", true), ("a.github.io", false),
      ("xn--80alqgor.example", true), ("co.uk.", true), ("", true),
    ] { #expect(list.contains(domain) == isPublic, "\(domain)") }
    // Without a list the customs of registries are known.
    for (domain, isPublic) in [
      ("com", true), ("co.uk", true), ("com.au", true), ("example.uk", false), ("co.example", false),
    ] {
      #expect(PublicSuffixes().contains(domain) == isPublic, "\(domain)")
    }
    // What is installed here.
    #expect(try sent(["a=1; Domain=co.uk"], from: "http://shop.co.uk/", to: "http://shop.co.uk/") == nil)
    #expect(try sent(["a=1; Domain=github.io"], from: "http://me.github.io/", to: "http://you.github.io/") == nil)
    #expect(try sent(["a=1; Domain=shop.co.uk"], from: "http://www.shop.co.uk/", to: "http://shop.co.uk/") == "a=1")
  }

  @Test func theOrderAndThePlaceOfCookies() throws {
    let home = "http://h.test/a/b/c"
    #expect(try sent(["x=1; Path=/", "y=2; Path=/a/b", "z=3; Path=/a"], from: home, to: home) == "y=2; z=3; x=1")
    #expect(try sent(["a=1; Path=/", "b=2; Path=/", "a=3; Path=/"], from: home, to: home) == "a=3; b=2")
    #expect(try sent(["a=1", "a=; Max-Age=0"], from: home, to: home) == nil)
    #expect(try sent(["a=1", "a=2; Expires=Sun, 06 Nov 1994 08:49:37 GMT"], from: home, to: home) == nil)
    #expect(try sent(["a=1; Max-Age=60; Expires=Sun, 06 Nov 1994 08:49:37 GMT"], from: home, to: home) == "a=1")
    #expect(try sent(["a=\"q r\"; HttpOnly", "=x", "novalue", "b=c=d"], from: home, to: home) == "a=\"q r\"; b=c=d")
    #expect(try sent(["a=1\u{1}", "b=2"], from: home, to: home) == "b=2")
    #expect(try sent(["__Host-a=1; Path=/", "__Secure-b=2"], from: home, to: home) == nil)
  }

  @Test func aSiteCannotFillTheJar() throws {
    let jar = CookieJar()
    let url = try URL("http://h.test/")
    for number in 0..<500 { jar.take([HTTPField("Set-Cookie", "c\(number)=1")], from: url) }
    #expect(jar.cookies.count == 180)
    #expect(jar.cookies.last?.name == "c499")
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
    ("Sun Nov  6 08:49:37 1994", 784_111_777), ("6 nov 1994 8:49:37", 784_111_777),
    ("Thu, 01-Jan-1970 00:00:00 GMT", 0), ("29 Feb 2024 23:59:59", 1_709_251_199), ("1 Mar 2023 0:0:0", 1_677_628_800),
  ]) func readsDates(text: String, seconds: Int64) {
    #expect(CookieDate.read(text)?.secondsSince1970 == seconds)
  }

  @Test(arguments: [
    "", "Sun", "29 Feb 2023 00:00:00", "31 Apr 2024 00:00:00", "6 Nov 1994 24:00:00", "6 Nov 1994 08:49",
    "0 Nov 1994 0:0:0",
    "6 Nov 1500 08:49:37", "99999999999999999999 Nov 1994 1:1:1",
  ]) func refusesDates(text: String) { #expect(CookieDate.read(text) == nil) }
}
