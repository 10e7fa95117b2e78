import Net
import TLS
import Transport
import Wire

/// A client of HTTP/1.1: one connection for each request, closed after the response.
public struct HTTPClient: Sendable {
  public var limits: HTTPLimits
  /// How https is spoken.
  public var tls: TLSSettings

  public init(limits: HTTPLimits = .default, tls: TLSSettings = TLSSettings()) {
    self.limits = limits
    self.tls = tls
  }

  /// Connects, sends the request and receives the head of the response; the body is then asked for piece by piece.
  ///
  /// The whole exchange has the context's deadline and its limit for exchanges, whichever is earlier. Every status is a
  /// success here.
  public func start(_ call: HTTPCall, _ context: NetworkContext) throws(HTTPClientError) -> HTTPExchange {
    let endpoint = try endpoint(of: call)
    let request: [UInt8]
    do throws(HTTPError) {
      request = try call.bytes()
    } catch {
      throw HTTPClientError(call, .http(error))
    }
    var context = context.within(.after(context.limits.exchange))
    if context.exchange == 0 { context.exchange = context.numbering.nextExchange() }
    let connection: Connection
    do throws(TransportError) {
      connection = try Connection.connect(tcp: endpoint, context)
    } catch {
      throw HTTPClientError(call, .transport(error))
    }
    if call.url.scheme == "https" { try protect(connection, to: endpoint, call, context) }
    return try HTTPExchange.start(call, request, connection, context, limits)
  }

  /// Makes the TLS handshake, asking for HTTP/1.1 by ALPN (RFC 7301).
  private func protect(
    _ connection: Connection, to endpoint: Endpoint, _ call: HTTPCall, _ context: NetworkContext
  ) throws(HTTPClientError) {
    var settings = tls
    settings.protocols = ["http/1.1"]
    do throws(TLSError) {
      let target = TLSTarget(endpoint.host, title: "\(endpoint)")
      try connection.startTLS(try TLSContext.client(settings), with: target, context)
    } catch {
      connection.close(context)
      throw HTTPClientError(call, .tls(error))
    }
  }

  private func endpoint(of call: HTTPCall) throws(HTTPClientError) -> Endpoint {
    let url = call.url
    guard url.scheme == "http" || url.scheme == "https" else { throw HTTPClientError(call, .unknownScheme(url.scheme)) }
    guard let port = url.effectivePort, !url.host.isEmpty else {
      throw HTTPClientError(call, .badHost(url.authority))
    }
    if let address = Address(url.host) { return Endpoint(address: address, port: port) }
    return Endpoint(host: .name(url.host), port: port)
  }
}
