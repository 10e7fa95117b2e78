import Net
import TLS
import Transport
import Wire

/// A request that got no proper response: which one it was, and what stopped it. It names no credentials.
public struct HTTPClientError: LayeredError {
  public let call: HTTPCall
  public let reason: Reason

  public enum Reason: Sendable {
    /// The connection could not be made, or broke, or took too long.
    case transport(TransportError)
    /// The peer violated HTTP, or our own request cannot be written.
    case http(HTTPError)
    /// No TLS was agreed on.
    case tls(TLSError)
    /// The proxy did not let us through.
    case proxy(HTTPProxyError)
    /// The body of the request could not be had.
    case content(any LayeredError)
    case unknownScheme(String)
    case badHost(String, (any LayeredError)?)
    /// The body is longer than may be held in memory.
    case tooLong(limit: Int)
    /// The redirects lead in a circle: the URLs in their order, the last of them seen before.
    case redirectLoop([URL])
    /// There are more redirects than may be followed.
    case redirectLimit(Int, [URL])
    /// A redirect leads to what is no URL of HTTP.
    case redirectTarget(String, (any LayeredError)?)
    /// A redirect wants the body once more, which is gone.
    case redirectBody(status: Int)
  }

  public init(_ call: HTTPCall, _ reason: Reason) {
    self.call = call
    self.reason = reason
  }

  public var layer: Layer { .http }

  public var code: String {
    switch reason {
    case .transport(let error): error.code
    case .http(let error): error.code
    case .tls(let error): error.code
    case .proxy(let error): error.code
    case .content(let error): error.code
    case .unknownScheme, .badHost: "bad-url"
    case .tooLong: "too-long"
    case .redirectLoop: "http-redirect-loop"
    case .redirectLimit: "http-redirect-limit"
    case .redirectTarget: "http-redirect-target"
    case .redirectBody: "http-redirect-body"
    }
  }

  public var message: String {
    let title = call.title
    func chain(_ urls: [URL]) -> String {
      let shown = urls.map { $0.shown }
      return shown.count > 8
        ? (shown.prefix(4) + ["…"] + shown.suffix(3)).joined(separator: " → ") : shown.joined(separator: " → ")
    }
    return switch reason {
    case .transport, .http, .tls, .proxy: title
    case .content: "\(title): read the body to be sent"
    case .unknownScheme(let scheme): "\(title): \(scheme) is no scheme of HTTP"
    case .badHost(let host, _): "\(title): \(host) is no host to connect to"
    case .tooLong(let limit): "\(title): the body is longer than \(limit) bytes"
    case .redirectLoop(let urls): "\(title): the redirects go in a circle: \(chain(urls))"
    case .redirectLimit(let limit, let urls): "\(title): more than \(limit) redirects: \(chain(urls))"
    case .redirectTarget(let location, _):
      "\(title): a redirect leads to `\(HTTPSecrets.masking(queryOf: location).prefix(200))`, which is no URL of HTTP"
    case .redirectBody(let status):
      "\(title): the answer \(status) wants the body sent again, and a stream comes only once"
    }
  }

  public var headline: String { cause == nil ? message : "cannot fetch \(call.url.shown)" }

  public var cause: (any LayeredError)? {
    switch reason {
    case .transport(let error): error
    case .http(let error): error
    case .tls(let error): error
    case .proxy(let error): error
    case .content(let error): error
    case .redirectTarget(_, let error), .badHost(_, let error): error
    default: nil
    }
  }

  public var hint: String? {
    switch reason {
    case .tooLong: "`save` writes a body of any length to a file"
    case .redirectLoop: "the server sends a client that keeps no cookies round and round; `http session` keeps them"
    case .redirectLimit: "`--follow N` allows more"
    case .redirectTarget: "without `--follow` the response itself is given"
    case .redirectBody: "save the stream to a file first, and send that with `--file`"
    default: nil
    }
  }

  /// Whether the peer closed or reset the connection, as one does that was kept for too long.
  var isDisconnect: Bool {
    switch reason {
    case .transport(let error):
      ["EPIPE", "ECONNRESET", "ECONNABORTED", "ENOTCONN", "tls-truncated"].contains(error.code)
    case .http(let error): error.code == "eof"
    default: false
    }
  }
}
