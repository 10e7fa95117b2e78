import Net

/// Which proxy serves which URL, as the environment variables say that curl made customary.
public struct HTTPProxies: Sendable {
  private var byScheme: [String: String] = [:]
  private var exceptions: [String] = []
  /// Whether the choice was made for this request, so that it also holds for names that the session maps.
  public private(set) var isExplicit = false

  /// No proxy at all.
  public init() {}

  /// Always this one.
  public init(always text: String, except exceptions: String? = nil) {
    byScheme = ["http": text, "https": text]
    self.exceptions = HTTPProxies.list(exceptions ?? "")
    isExplicit = true
  }

  /// Takes `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, and all but the first in capitals too: HTTP_PROXY may be a
  /// field that a stranger sent to a CGI program (CVE-2016-5385).
  public init(environment: (String) -> String?) {
    let all = environment("all_proxy") ?? environment("ALL_PROXY")
    let http = environment("http_proxy") ?? all
    let https = environment("https_proxy") ?? environment("HTTPS_PROXY") ?? all
    if let http, !http.isEmpty { byScheme["http"] = http }
    if let https, !https.isEmpty { byScheme["https"] = https }
    exceptions = HTTPProxies.list(environment("no_proxy") ?? environment("NO_PROXY") ?? "")
  }

  private static func list(_ text: String) -> [String] {
    text.split { $0 == "," || $0 == " " || $0 == "\t" }.map { $0.lowercased() }
  }

  /// Gives the proxy for a URL; nil to go straight to the origin.
  public func proxy(for url: URL) throws(HTTPProxyTextError) -> HTTPProxy? {
    guard let text = byScheme[url.scheme], !text.isEmpty, !isExcepted(url.host) else { return nil }
    return try HTTPProxy(text)
  }

  /// Whether a host is in the list: `*`, a name with all below it, an address, or a network.
  func isExcepted(_ host: String) -> Bool {
    let host = host.hasSuffix(".") ? String(host.dropLast()) : host
    let address = Address(host)
    return exceptions.contains { entry in
      if entry == "*" { return true }
      if let address {
        let bare = entry.hasPrefix("[") && entry.hasSuffix("]") ? String(entry.dropFirst().dropLast()) : entry
        return Address(bare) == address || Network(bare)?.contains(address) ?? false
      }
      var name = entry.hasPrefix(".") ? String(entry.dropFirst()) : entry
      if name.hasSuffix(".") { name.removeLast() }
      return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }
  }
}
