import Net
import System
import TLS
import Transport
import Wire

/// A client of HTTP/1.1 and 1.0: what a request is sent by, how far redirects are followed, and whose connections are used again.
public struct HTTPClient: Sendable {
  public var limits: HTTPLimits
  /// How https is spoken.
  public var tls: TLSSettings
  /// How a proxy is spoken to whose URL is https.
  public var proxyTLS = TLSSettings()
  /// Where connections rest between requests; without one each is closed after its response.
  public var pool: HTTPPool?
  public var proxies = HTTPProxies()
  /// The Unix socket that all requests go to.
  public var unix: String?
  /// Whose cookies are sent, and where new ones go.
  public var jar: CookieJar?
  /// Names and passwords by host, for requests that bring none.
  public var netrc: Netrc?
  /// How many redirects are followed; 0 gives the redirect itself.
  public var follow = 0
  /// How often a request that failed for a passing reason is made again.
  public var retries = 0

  public init(limits: HTTPLimits = .default, tls: TLSSettings = TLSSettings()) {
    self.limits = limits
    self.tls = tls
  }

  /// Sends the request and receives the head of the response, over redirects if they are followed; the body is then asked for
  /// piece by piece.
  ///
  /// The whole exchange has the context's deadline and its limit for exchanges, whichever is earlier. Every status is a
  /// success here.
  public func start(_ call: HTTPCall, _ context: NetworkContext) throws(HTTPClientError) -> HTTPExchange {
    var context = context.within(.after(context.limits.exchange))
    if context.exchange == 0 { context.exchange = context.numbering.nextExchange() }
    let began = monotonicNow()
    var call = call
    call.persists = pool != nil
    // The URL's own user and password are those of the request, and are not part of any URL that is shown or sent.
    if call.credentials == nil { call.credentials = HTTPCredentials(userinfo: call.url.userinfo) }
    do { call.url = try call.url.withoutCredentials.withHostInASCII() } catch {
      throw HTTPClientError(call, .badHost(call.url.authority, error as? any LayeredError))
    }
    var trail: [HTTPRedirect] = []
    while true {
      let exchange = try repeated(call, trail, began: began, context)
      guard follow > 0, let next = try redirected(call, by: exchange) else { return exchange }
      trail.append(HTTPRedirect(status: exchange.head.status, method: call.method, from: call.url, to: next.url))
      try check(trail, next)
      call = next
    }
  }

  /// Gives the request that an exchange redirects to, and lets the exchange go; nil if it is the last.
  private func redirected(_ call: HTTPCall, by exchange: HTTPExchange) throws(HTTPClientError) -> HTTPCall? {
    do throws(HTTPClientError) {
      guard let next = try call.redirected(by: exchange.head) else { return nil }
      exchange.close()
      return next
    } catch {
      exchange.close()
      throw error
    }
  }

  /// Refuses a circle and a chain that is too long. With cookies a URL may well come twice.
  private func check(_ trail: [HTTPRedirect], _ call: HTTPCall) throws(HTTPClientError) {
    let urls = trail.map(\.from) + trail.suffix(1).map(\.to)
    if jar == nil, call.method == "GET" || call.method == "HEAD",
      trail.contains(where: { $0.from == call.url && $0.method == call.method })
    {
      throw HTTPClientError(call, .redirectLoop(urls))
    }
    guard trail.count <= follow else { throw HTTPClientError(call, .redirectLimit(follow, urls)) }
  }

  /// Makes one exchange, and makes it again while it fails for a reason that may pass.
  private func repeated(
    _ call: HTTPCall, _ trail: [HTTPRedirect], began: Int64, _ context: NetworkContext
  ) throws(HTTPClientError) -> HTTPExchange {
    var retry = HTTPRetry(left: retries)
    while true {
      do throws(HTTPClientError) {
        let exchange = try once(call, trail, began: began, context)
        guard let pause = retry.pause(after: exchange.head, to: call) else { return exchange }
        exchange.close()
        try retry.rest(pause, call, context)
      } catch {
        guard let pause = retry.pause(after: error) else { throw error }
        try retry.rest(pause, call, context)
      }
    }
  }

  /// Makes one exchange, on a connection that rests if there is one.
  private func once(
    _ call: HTTPCall, _ trail: [HTTPRedirect], began: Int64, _ context: NetworkContext
  ) throws(HTTPClientError) -> HTTPExchange {
    let route = try route(of: call, context)
    var call = call
    if call.credentials == nil, !call.headers.contains("Authorization") {
      call.credentials = netrc?.credentials(for: call.url.host)
    }
    if let jar, let crumbs = jar.field(for: call.url) {
      call.cookies = call.cookies.map { "\($0); \(crumbs)" } ?? crumbs
    }
    if route.usesAbsoluteForm { call.toProxy = HTTPCall.ProxyForm(credentials: route.proxy?.credentials) }
    var timings = HTTPTimings()
    timings.redirects = trail.isEmpty ? 0 : monotonicNow() - began
    var carrying = context
    carrying.carries = .http
    let request = HTTPSending(call: call, began: began, trail: trail, limits: limits, context: carrying)
    if let link = pool?.take(route, context) {
      var heard = false
      do throws(HTTPClientError) {
        return try finish(request.start(on: link, pool, timings, &heard), call)
      } catch {
        // The server may have closed it at the very moment (RFC 9112 §9.3.1); what it may have carried out is not asked for twice.
        guard !heard, error.isDisconnect, call.mayRepeat else { throw error }
      }
    }
    // What cannot be written is found before anybody is connected to.
    do throws(HTTPError) { _ = try call.framedHead().bytes() } catch { throw HTTPClientError(call, .http(error)) }
    let opening = HTTPOpening(
      call: call, route: route, tls: tls, proxyTLS: proxyTLS, pool: pool, limits: limits, context: context)
    let link = try opening.open(&timings)
    var heard = false
    return try finish(request.start(on: link, pool, timings, &heard), call)
  }

  private func finish(_ exchange: HTTPExchange, _ call: HTTPCall) -> HTTPExchange {
    jar?.take(exchange.head.headers, from: call.url)
    return exchange
  }

  /// Decides how the origin of a request is reached.
  private func route(of call: HTTPCall, _ context: NetworkContext) throws(HTTPClientError) -> HTTPRoute {
    let url = call.url
    guard url.scheme == "http" || url.scheme == "https" else { throw HTTPClientError(call, .unknownScheme(url.scheme)) }
    guard let port = url.effectivePort, !url.host.isEmpty else {
      throw HTTPClientError(call, .badHost(url.authority, nil))
    }
    let host = Address(url.host).map { Host.address($0) } ?? .name(url.host)
    let mapped = context.map[Endpoint(host: host, port: port)]
    // What the session maps is near; a proxy of the environment would not find it.
    var proxy: HTTPProxy?
    if unix == nil, mapped == nil || proxies.isExplicit {
      do throws(HTTPProxyTextError) { proxy = try proxies.proxy(for: url) } catch {
        throw HTTPClientError(call, .content(error))
      }
    }
    return HTTPRoute(
      origin: HTTPOrigin(url), mapped: mapped, proxy: proxy, unix: unix,
      tls: url.scheme == "https" ? TLSKey(tls.forPeer(url.host)) : nil, namespace: NetworkNamespace.current?.number,
      proxyTLS: proxy?.kind == .https ? TLSKey(proxyTLS) : nil)
  }
}
