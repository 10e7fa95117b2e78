import Net
import TLS
import Transport
import Wire

/// A proxy that did not let us through: which one, and what it said or what stopped us on the way to it.
public struct HTTPProxyError: LayeredError {
  public let proxy: HTTPProxy
  public let reason: Reason

  public enum Reason: Sendable {
    case transport(TransportError)
    case http(HTTPError)
    /// Of the TLS to the proxy itself.
    case tls(TLSError)
    case socks(SOCKSError)
    /// It answered CONNECT with another status than 2xx.
    case refused(target: String, status: Int, reason: String)
    /// It sent bytes behind its answer, before anybody could have asked the origin for them.
    case talksFirst
  }

  init(_ proxy: HTTPProxy, _ reason: Reason) {
    self.proxy = proxy
    self.reason = reason
  }

  public var layer: Layer { Layer(rawValue: "proxy") }

  public var code: String {
    switch reason {
    case .transport(let error): error.code
    case .http(let error): error.code
    case .tls(let error): error.code
    case .socks(let error): error.code
    case .refused: "proxy-refused"
    case .talksFirst: "http-unrequested"
    }
  }

  public var message: String {
    switch reason {
    case .transport, .http, .tls, .socks: "go through the proxy \(proxy)"
    case .refused(let target, let status, let reason):
      "the proxy \(proxy) answered CONNECT \(target) with \(status)\(reason.isEmpty ? "" : " \(reason)")"
    case .talksFirst: "the proxy \(proxy) sent bytes behind its answer to CONNECT (RFC 9110 §9.3.6)"
    }
  }

  public var cause: (any LayeredError)? {
    switch reason {
    case .transport(let error): error
    case .http(let error): error
    case .tls(let error): error
    case .socks(let error): error
    case .refused, .talksFirst: nil
    }
  }

  public var hint: String? {
    if case .refused(_, 407, _) = reason {
      "the proxy wants to know who asks: `--proxy http://USER:PASSWORD@HOST:PORT`"
    } else {
      nil
    }
  }
}
