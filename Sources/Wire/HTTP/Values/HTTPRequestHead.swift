import Net

/// The head of a request: the request line (RFC 9112 §3) and the header section.
public struct HTTPRequestHead: Hashable, Sendable, CustomStringConvertible {
  public var method: String
  /// The request target as sent: `/path?query`, an absolute URI, `host:port` for CONNECT, or `*` (RFC 9112 §3.2).
  public var target: String
  public var version: HTTPVersion
  public var headers: HTTPHeaders
  /// What the reader let pass though the grammar forbids it; empty for a head that was made, not read.
  public internal(set) var leniencies: [HTTPLeniency] = []

  public init(method: String, target: String, version: HTTPVersion = .http11, headers: HTTPHeaders = []) {
    self.method = method
    self.target = target
    self.version = version
    self.headers = headers
  }

  /// The request line without its end: `GET /a HTTP/1.1`.
  public var description: String { "\(method) \(target) \(version)" }

  /// Whether the sender leaves the connection open for another message (RFC 9112 §9.3).
  public var keepsAlive: Bool { keepAlive(version, headers) }

  /// Gives the head as sent, with the empty line at its end; throws `HTTPError.misuse` where a part would break the line,
  /// the method is no token or the target holds white space.
  public func bytes() throws(HTTPError) -> [UInt8] {
    guard !method.isEmpty, method.utf8.allSatisfy(\.isToken) else { throw .misuse(.notAToken("method", method)) }
    try refuseBreaks(in: target.utf8, "request target")
    guard !target.isEmpty, target.utf8.allSatisfy({ !$0.isControl && $0 != ASCII.space }) else {
      throw .misuse(.badTarget(target))
    }
    var out = Array("\(method) \(target) \(version)\r\n".utf8)
    try headers.write(to: &out)
    return out
  }
}

/// Decides from version and `Connection` whether the connection persists (RFC 9112 §9.3).
func keepAlive(_ version: HTTPVersion, _ headers: HTTPHeaders) -> Bool {
  let options = headers.list("Connection")
  if options.contains(where: { ASCII.same($0, "close") }) { return false }
  if version >= .http11 { return true }
  return options.contains { ASCII.same($0, "keep-alive") }
}
