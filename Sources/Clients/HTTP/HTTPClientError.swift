import Net
import TLS
import Transport
import Wire

/// A request that got no proper response: which one it was, and what stopped it.
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
    case unknownScheme(String)
    case badHost(String)
    /// The body is longer than may be held in memory.
    case tooLong(limit: Int)
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
    case .unknownScheme: "bad-url"
    case .badHost: "bad-url"
    case .tooLong: "too-long"
    }
  }

  public var message: String {
    let title = call.title
    return switch reason {
    case .transport, .http, .tls: title
    case .unknownScheme(let scheme): "\(title): \(scheme) is no scheme of HTTP"
    case .badHost(let host): "\(title): \(host) is no host to connect to"
    case .tooLong(let limit): "\(title): the body is longer than \(limit) bytes"
    }
  }

  public var headline: String { "cannot fetch \(call.url)" }

  public var cause: (any LayeredError)? {
    switch reason {
    case .transport(let error): error
    case .http(let error): error
    case .tls(let error): error
    default: nil
    }
  }

  public var hint: String? {
    switch reason {
    case .tooLong: "`save` writes a body of any length to a file"
    default: nil
    }
  }
}
