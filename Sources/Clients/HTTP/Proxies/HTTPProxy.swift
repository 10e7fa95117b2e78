import Net

/// A proxy: where it is, what it speaks, and as whom we come.
public struct HTTPProxy: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable {
    /// Requests with the whole URL (RFC 9112 §3.2.2); CONNECT for https (RFC 9110 §9.3.6).
    case http
    /// The same, spoken by TLS: neither who asks nor the name of the origin is seen on the way to the proxy.
    case https
    /// SOCKS5 (RFC 1928); we look the name up.
    case socks5
    /// SOCKS5; the proxy looks the name up.
    case socks5h
  }

  public let kind: Kind
  public let endpoint: Endpoint
  public let credentials: HTTPCredentials?

  /// Whether it takes requests and CONNECT, by TLS or without.
  var speaksHTTP: Bool { kind == .http || kind == .https }

  /// Reads `http://user:password@host:port`, `https://…`, `socks5://…` or `socks5h://…`; without a scheme it is http, without a port
  /// 1080, of https 443, as with curl.
  public init(_ text: String) throws(HTTPProxyTextError) {
    let whole = text.contains("://") ? text : "http://" + text
    let url: URL
    do throws(URLError) { url = try URL(whole) } catch { throw HTTPProxyTextError(.url(error)) }
    switch url.scheme {
    case "http": kind = .http
    case "https": kind = .https
    case "socks5": kind = .socks5
    case "socks5h", "socks": kind = .socks5h
    default: throw HTTPProxyTextError(.scheme(url.scheme))
    }
    guard !url.host.isEmpty, let port = UInt16(exactly: url.port ?? (kind == .https ? 443 : 1080)) else {
      throw HTTPProxyTextError(.host)
    }
    endpoint = Endpoint(host: Address(url.host).map { .address($0) } ?? .name(url.host), port: port)
    credentials = HTTPCredentials(userinfo: url.userinfo)
  }

  /// Without the password.
  public var description: String { "\(kind.rawValue)://\(endpoint)" }
}

/// Why a text names no proxy. It does not repeat the text, in which a password may stand.
public struct HTTPProxyTextError: LayeredError {
  enum Reason: Sendable {
    case url(URLError)
    case scheme(String)
    case host
  }
  let reason: Reason

  init(_ reason: Reason) { self.reason = reason }

  public var layer: Layer { .http }
  public var code: String { "bad-proxy" }

  public var message: String {
    switch reason {
    case .url: "the proxy is no URL"
    case .scheme(let scheme): "no proxy speaks \(scheme)"
    case .host: "the proxy has no host or no port"
    }
  }

  public var cause: (any LayeredError)? { if case .url(let error) = reason { error } else { nil } }
  public var hint: String? {
    "a proxy is http://HOST:PORT, https://HOST:PORT, socks5://HOST:PORT or socks5h://HOST:PORT"
  }
}
