import Net
import TLS

/// The way to an origin: requests that have the same one may share a connection.
struct HTTPRoute: Hashable, Sendable {
  let origin: HTTPOrigin
  /// Where the session's map or `--connect-to` sends us instead.
  let mapped: Endpoint?
  let proxy: HTTPProxy?
  /// The path of a Unix socket.
  let unix: String?
  let tls: TLSKey?
  /// The number of the network namespace in which the connection is, nil for the process's own.
  let namespace: Int?
  /// How a proxy is spoken to by TLS.
  var proxyTLS: TLSKey?

  /// Whether requests have the whole URL as their target: to a proxy of http, but not through a tunnel.
  var usesAbsoluteForm: Bool { proxy?.speaksHTTP ?? false && origin.scheme == "http" }

  /// The endpoint of the origin itself.
  var endpoint: Endpoint {
    Endpoint(host: Address(origin.host).map { .address($0) } ?? .name(origin.host), port: origin.port)
  }
}

/// What of the settings of TLS makes a connection another one: nobody may get one that was verified less, or made as somebody else.
struct TLSKey: Hashable, Sendable {
  private let texts: [String?]
  private let certificates: [UInt8]?
  private let key: [UInt8]?
  private let isInsecure: Bool

  init(_ settings: TLSSettings) {
    texts = [
      settings.authorities, settings.revocations, settings.ciphers, settings.groups, settings.keyLog,
      settings.minimum.map { "\($0)" }, settings.maximum.map { "\($0)" },
    ]
    certificates = settings.identity?.certificates
    key = settings.identity?.key
    isInsecure = settings.isInsecure
  }
}
