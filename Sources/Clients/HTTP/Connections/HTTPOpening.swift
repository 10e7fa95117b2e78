import Net
import Synchronization
import TLS
import Transport
import Wire

/// The making of a new connection to an origin: straight, by a Unix socket, or through a proxy, with TLS where the scheme wants it.
struct HTTPOpening {
  let call: HTTPCall
  let route: HTTPRoute
  let tls: TLSSettings
  let proxyTLS: TLSSettings
  let pool: HTTPPool?
  let limits: HTTPLimits
  var context: NetworkContext

  /// Makes it, and takes the times of its phases.
  func open(_ timings: inout HTTPTimings) throws(HTTPClientError) -> HTTPLink {
    let clock = NameClock()
    var context = context
    context.taps.append(clock)
    let start = monotonicNow()
    let connection = try connect(context)
    timings.name = clock.spent
    do throws(HTTPClientError) {
      try pass(connection, context)
      let connected = monotonicNow()
      timings.connect = max(0, connected - start - clock.spent)
      if route.origin.scheme == "https" {
        try protect(connection, context)
        timings.tls = monotonicNow() - connected
      }
    } catch {
      connection.close(context)
      throw error
    }
    connection.sendAtOnce()
    return HTTPLink(connection: connection, route: route)
  }

  private func connect(_ context: NetworkContext) throws(HTTPClientError) -> Connection {
    do throws(TransportError) {
      if let unix = route.unix { return try Connection.connect(unix: unix, context) }
      return try Connection.connect(tcp: route.proxy?.endpoint ?? route.endpoint, context)
    } catch {
      if let proxy = route.proxy { throw HTTPClientError(call, .proxy(HTTPProxyError(proxy, .transport(error)))) }
      throw HTTPClientError(call, .transport(error))
    }
  }

  /// Lets a proxy carry us to the origin, unless it is one that takes the requests themselves.
  private func pass(_ connection: Connection, _ context: NetworkContext) throws(HTTPClientError) {
    guard let proxy = route.proxy else { return }
    if proxy.kind == .https {
      do throws(TLSError) {
        try connection.startTLS(
          shared(proxyTLS), with: TLSTarget(proxy.endpoint.host, title: "\(proxy.endpoint)"), context)
      } catch {
        throw HTTPClientError(call, .proxy(HTTPProxyError(proxy, .tls(error))))
      }
    }
    guard !route.usesAbsoluteForm else { return }
    let passage = ProxyPassage(proxy: proxy, target: route.mapped ?? route.endpoint, limits: limits)
    let context = context.within(.after(context.limits.connect))
    do throws(HTTPProxyError) {
      if proxy.speaksHTTP {
        try passage.tunnel(connection, context)
      } else {
        try passage.socks(connection, context)
      }
    } catch {
      throw HTTPClientError(call, .proxy(error))
    }
  }

  /// Makes the TLS handshake with the origin, inside that with a proxy if there is one.
  private func protect(_ connection: Connection, _ context: NetworkContext) throws(HTTPClientError) {
    do throws(TLSError) {
      let endpoint = route.endpoint
      let target = TLSTarget(endpoint.host, title: "\(endpoint)")
      try connection.startTLSInside(shared(tls.forPeer(route.origin.host)), with: target, context)
    } catch {
      throw HTTPClientError(call, .tls(error))
    }
  }

  /// Gives the context of TLS for settings, which asks for HTTP/1.1 by ALPN (RFC 7301).
  private func shared(_ settings: TLSSettings) throws(TLSError) -> TLSContext {
    var settings = settings
    settings.protocols = ["http/1.1"]
    return if let pool { try pool.tls(settings) } else { try TLSContext.client(settings) }
  }
}

/// An observer that adds up how long names took to be looked up.
private final class NameClock: Tap {
  private let sum = Atomic<Int64>(0)

  var spent: Int64 { sum.load(ordering: .relaxed) }

  func observe(_ step: Step) {
    guard step.kind == .resolve else { return }
    sum.wrappingAdd(max(0, step.end &- step.start), ordering: .relaxed)
  }
}
