import Clients
import Net
import Testing

/// Who asks, and by which way: `.netrc` and the choice of a proxy.
struct WayTests {
  @Test func netrcGivesTheFirstThatFits() {
    let netrc = Netrc(
      """
      # mine
      machine a.test login me password "two words"
      machine b.test
        login you
        password s#cret
      macdef init
      machine x.test login evil password evil

      machine a.test login other password third
      default login guest password none
      """)
    #expect(netrc.credentials(for: "A.test") == .basic(user: "me", password: "two words"))
    #expect(netrc.credentials(for: "a.test", login: "other") == .basic(user: "other", password: "third"))
    #expect(netrc.credentials(for: "b.test") == .basic(user: "you", password: "s#cret"))
    #expect(netrc.credentials(for: "x.test") == .basic(user: "guest", password: "none"))
    #expect(Netrc("").credentials(for: "a.test") == nil)
    #expect(Netrc("machine").credentials(for: "a.test") == nil)
    #expect(Netrc("login x password \"y").credentials(for: "a.test") == nil)
  }

  @Test(arguments: [
    ("h.test", "h.test", true), ("h.test", "a.h.test", true), (".h.test", "h.test", true), ("h.test", "ah.test", false),
    ("*", "any", true), ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false), ("::1", "::1", true),
    ("[::1]", "::1", true), ("127.0.0.1", "127.0.0.1", true), ("a, b c", "c", true), ("", "h", false),
    ("h.test.", "h.test", true), ("127.0.0.1", "1127.0.0.1", false),
  ]) func someHostsNeedNoProxy(list: String, host: String, isExcepted: Bool) throws {
    let proxies = HTTPProxies(environment: { ["http_proxy": "p.test:3128", "no_proxy": list][$0] })
    let text = host.contains(":") ? "http://[\(host)]/" : "http://\(host)/"
    #expect(try (proxies.proxy(for: URL(text)) == nil) == isExcepted)
  }

  @Test func theVariablesOfTheEnvironment() throws {
    func proxy(_ variables: [String: String], _ url: String) throws -> String? {
      try HTTPProxies(environment: { variables[$0] }).proxy(for: URL(url)).map { "\($0)" }
    }
    #expect(try proxy(["http_proxy": "p.test"], "http://h.test/") == "http://p.test:1080")
    #expect(try proxy(["HTTP_PROXY": "p.test"], "http://h.test/") == nil)
    #expect(try proxy(["HTTPS_PROXY": "http://p.test:3128"], "https://h.test/") == "http://p.test:3128")
    #expect(try proxy(["http_proxy": "p.test"], "https://h.test/") == nil)
    #expect(try proxy(["all_proxy": "socks5h://u:p@p.test:9"], "https://h.test/") == "socks5h://p.test:9")
    #expect(try proxy(["ALL_PROXY": "a.test", "http_proxy": ""], "http://h.test/") == nil)
    #expect(throws: HTTPProxyTextError.self) { try proxy(["http_proxy": "ftp://p.test"], "http://h.test/") }
    #expect(throws: HTTPProxyTextError.self) { try proxy(["http_proxy": "p.test:99999"], "http://h.test/") }
  }

  @Test func secretsAreKnownByTheirNames() {
    for name in [
      "Authorization", "cookie", "Proxy-Authorization", "X-Api-Key", "x-auth-token", "Private-Token",
      "X-Amz-Security-Token",
    ] {
      #expect(HTTPSecrets.isSecret(name))
    }
    for name in ["Accept", "Host", "X-Open", "Content-Type", "Range", "Referer"] {
      #expect(!HTTPSecrets.isSecret(name))
    }
    #expect(HTTPSecrets.isSecret("X-Mine", declared: ["x-mine"]))
  }
}
