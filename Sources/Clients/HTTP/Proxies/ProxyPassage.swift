import Net
import Transport
import Wire

/// The way through a proxy to an endpoint: afterwards the connection carries what both ends of it say, and nothing else.
struct ProxyPassage {
  let proxy: HTTPProxy
  let target: Endpoint
  let limits: HTTPLimits

  /// Asks a proxy of HTTP for a tunnel.
  ///
  ///     CONNECT host:port HTTP/1.1    (RFC 9110 §9.3.6, RFC 9112 §3.2.3)
  func tunnel(_ connection: Connection, _ context: NetworkContext) throws(HTTPProxyError) {
    var head = HTTPRequestHead(method: "CONNECT", target: "\(target)")
    head.headers = [HTTPField("Host", "\(target)")]
    if let credentials = proxy.credentials { head.headers.append("Proxy-Authorization", credentials.field) }
    head.headers.append("User-Agent", "nsh")
    let bytes: [UInt8]
    do throws(HTTPError) {
      try proxy.credentials?.check()
      bytes = try head.bytes()
    } catch {
      throw HTTPProxyError(proxy, .http(error))
    }
    try send(bytes, connection, context)
    var reader = HTTPReader(role: .client(requestMethod: "CONNECT"), limits: limits)
    while true {
      let event: HTTPEvent
      do throws(HTTPError) { event = try reader.next() } catch { throw HTTPProxyError(proxy, .http(error)) }
      switch event {
      case .response(let head):
        guard (200..<300).contains(head.status) else {
          throw HTTPProxyError(
            proxy, .refused(target: "\(target)", status: head.status, reason: head.reason))
        }
        guard reader.unconsumed.isEmpty else { throw HTTPProxyError(proxy, .talksFirst) }
        return
      case .needMore:
        if let bytes = try receive(connection, context) { reader.receive(bytes) } else { reader.receiveEnd() }
      default: continue
      }
    }
  }

  /// Asks a SOCKS server for a connection (RFC 1928).
  func socks(_ connection: Connection, _ context: NetworkContext) throws(HTTPProxyError) {
    var target = target
    if proxy.kind == .socks5, let name = target.name { target.host = try look(up: name, context) }
    try send(SOCKS5.greeting(withPassword: proxy.credentials != nil), connection, context)
    let choice = try exactly(2, connection, context)
    if try socks({ () throws(SOCKSError) in try SOCKS5.method(choice) }) == .password {
      try authenticate(connection, context)
    }
    let request = try socks { () throws(SOCKSError) in try SOCKS5.connect(to: target) }
    try send(request, connection, context)
    let reply = try exactly(5, connection, context)
    let rest = try socks { () throws(SOCKSError) in try SOCKS5.restOfReply(reply) }
    _ = try exactly(rest, connection, context)
  }

  /// Says who asks (RFC 1929).
  private func authenticate(_ connection: Connection, _ context: NetworkContext) throws(HTTPProxyError) {
    guard case .basic(let user, let password)? = proxy.credentials else {
      throw HTTPProxyError(proxy, .socks(.noMethod(2)))
    }
    let request = try socks { () throws(SOCKSError) in try SOCKS5.authentication(user: user, password: password) }
    try send(request, connection, context)
    let answer = try exactly(2, connection, context)
    try socks { () throws(SOCKSError) in try SOCKS5.checkAuthentication(answer) }
  }

  private func socks<Result>(_ step: () throws(SOCKSError) -> Result) throws(HTTPProxyError) -> Result {
    do throws(SOCKSError) { return try step() } catch { throw HTTPProxyError(proxy, .socks(error)) }
  }

  private func look(up name: String, _ context: NetworkContext) throws(HTTPProxyError) -> Host {
    do throws(NameError) {
      if let address = try context.names.addresses(of: name, context).first { return .address(address) }
      return .name(name)
    } catch {
      let activity = TransportError.Activity.connect(to: .endpoint(target), via: .direct)
      throw HTTPProxyError(proxy, .transport(TransportError(activity, .name(error))))
    }
  }

  private func send(
    _ bytes: [UInt8], _ connection: Connection, _ context: NetworkContext
  ) throws(HTTPProxyError) {
    do throws(TransportError) {
      try connection.send(bytes, context)
    } catch {
      throw HTTPProxyError(proxy, .transport(error))
    }
  }

  private func receive(_ connection: Connection, _ context: NetworkContext) throws(HTTPProxyError) -> [UInt8]? {
    do throws(TransportError) {
      return try connection.recv(context)
    } catch {
      throw HTTPProxyError(proxy, .transport(error))
    }
  }

  private func exactly(
    _ count: Int, _ connection: Connection, _ context: NetworkContext
  ) throws(HTTPProxyError) -> [UInt8] {
    do throws(TransportError) {
      return try connection.recvExactly(count, context)
    } catch {
      throw HTTPProxyError(proxy, .transport(error))
    }
  }
}
