import Clients
import Interpreter
import Net
import System
import TLS
import Transport
import Wire

/// What the layers of an error tell of what was being done: where to, for whom, and what came back.
struct Trouble {
  let error: any LayeredError
  /// When it arose, nanoseconds of the monotonic clock.
  let moment: Int64
  private(set) var http: HTTPClientError?
  private(set) var status: HTTPStatusError?
  private(set) var proxy: HTTPProxyError?
  private(set) var violation: HTTPError?
  private(set) var tls: TLSError?
  private(set) var dns: DNSClientError?
  private(set) var name: NameError?
  private(set) var transport: TransportError?
  private(set) var system: SystemCallError?
  private(set) var report: ErrorReport?

  init(_ value: ErrorValue) {
    error = value.error
    moment = value.moment
    for layer in value.error.layers {
      switch layer {
      case let layer as HTTPClientError: http = layer
      case let layer as HTTPStatusError: status = layer
      case let layer as HTTPProxyError: proxy = layer
      case let layer as HTTPError: violation = layer
      case let layer as TLSError: tls = layer
      case let layer as DNSClientError: dns = layer
      case let layer as NameError: name = layer
      case let layer as TransportError: transport = layer
      case let layer as SystemCallError: system = layer
      case let layer as ErrorReport: report = layer
      default: continue
      }
    }
  }

  /// The innermost layer's code, which scripts compare with.
  var code: String { (error.layers.last ?? error).code }

  /// What the transport was doing.
  enum Doing { case connecting, sending, receiving, listening, other }

  var doing: Doing {
    switch transport?.activity {
    case .connect, .probe: .connecting
    case .send: .sending
    case .receive: .receiving
    case .bind, .listen, .accept: .listening
    default: .other
    }
  }

  private var place: SocketName? {
    switch transport?.activity {
    case .connect(let name, _), .bind(let name), .listen(let name), .accept(let name), .send(_, let name, _),
      .receive(_, let name), .shutdown(let name):
      name
    case .probe(let host): .endpoint(Endpoint(host: host, port: 0))
    default: nil
    }
  }

  /// The path of a Unix socket.
  var path: String? {
    if case .unix(let path)? = place { path } else { nil }
  }

  /// Where it went to, or where somebody was to listen: with an address as soon as one was known.
  var endpoint: Endpoint? {
    if let endpoint = place?.endpoint { return endpoint }
    if let endpoint = tls?.attempt?.endpoint { return endpoint }
    if let proxy { return proxy.proxy.endpoint }
    if let dns { return dns.server.endpoint }
    guard let url, let port = url.effectivePort.flatMap({ UInt16(exactly: $0) }), !url.host.isEmpty else { return nil }
    return Endpoint(host: Address(url.host).map { .address($0) } ?? .name(url.host), port: port)
  }

  var url: URL? { http?.call.url ?? status?.call.url }

  /// The name that was looked up for it, if one was.
  var host: String? {
    if let name { return name.name }
    if case .connect(_, .address(_, _, let name))? = transport?.activity, name != "this machine" { return name }
    if case .connect(_, .mapped(let from))? = transport?.activity { return from.name }
    if let name = endpoint?.name { return name }
    if proxy == nil, let url, Address(url.host) == nil { return url.host }
    if case .name(let name)? = tls?.attempt?.target.expected { return name }
    return nil
  }

  /// What the session's map sent elsewhere.
  var mappedFrom: Endpoint? {
    if case .connect(_, .mapped(let from))? = transport?.activity { from } else { nil }
  }

  /// Whether the addresses of a name could not be had in time.
  var isLookUpLate: Bool {
    guard case .timeout? = transport?.reason, doing == .connecting else { return name?.code == "timeout" }
    return endpoint?.name != nil
  }

  var isTimeout: Bool { code == "timeout" || code == "ETIMEDOUT" }
}
