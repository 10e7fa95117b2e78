import Net

/// What is to be said of a URL or an endpoint.
enum URLFacts {
  static func of(_ url: URL) -> [Fact] {
    let isSecure = url.scheme == "https"
    let isWeb = isSecure || url.scheme == "http"
    var facts = [
      Fact(
        "scheme", url.scheme,
        isSecure ? "HTTP over TLS" : isWeb ? "HTTP over TCP, in the clear" : "how the rest is to be understood",
        isSecure ? "RFC 9110 §4.2.2" : isWeb ? "RFC 9110 §4.2.1" : "RFC 3986 §3.1")
    ]
    if url.userinfo != nil {
      facts.append(
        Fact(
          "userinfo", "(not shown)", "a name and perhaps a password; not to be sent in URLs of the web",
          "RFC 9110 §4.2.4"))
    }
    if !url.host.isEmpty {
      facts.append(
        Fact(
          "host", url.host, Address(url.host) == nil ? "a name, which is looked up in DNS" : "an address",
          "RFC 3986 §3.2.2"))
    }
    if let port = url.effectivePort {
      facts.append(Fact("port", "\(port)", url.port == nil ? "the scheme's own" : "as written", "RFC 3986 §3.2.3"))
    }
    facts.append(
      Fact(
        "path", url.path.isEmpty ? "(empty)" : url.path,
        isWeb && url.path.isEmpty ? "sent as /" : "which resource of the host",
        isWeb ? "RFC 9112 §3.2.1" : "RFC 3986 §3.3"))
    if let query = url.query { facts.append(Fact("query", query, "sent behind the path", "RFC 3986 §3.4")) }
    if let fragment = url.fragment {
      facts.append(Fact("fragment", fragment, "a place in the resource; it is never sent", "RFC 9110 §7.1"))
    }
    if isWeb {
      facts.append(Fact("Host", url.authority, "the field that says whom the request is for", "RFC 9110 §7.2"))
    }
    return facts
  }

  static func of(_ endpoint: Endpoint) -> [Fact] {
    var facts: [Fact] = []
    switch endpoint.host {
    case .any: facts.append(Fact("host", "any", "all addresses of the machine"))
    case .address(let address): facts += AddressFacts.of(address)
    case .name(let name): facts.append(Fact("host", name, "a name, which is looked up in DNS", "RFC 1034 §3.1"))
    }
    facts.append(Fact("port", "\(endpoint.port)", "which program of the host", "RFC 9293 §3.1"))
    return facts + NumberFacts.references(to: "\(endpoint.port)", of: ["port"])
  }
}
