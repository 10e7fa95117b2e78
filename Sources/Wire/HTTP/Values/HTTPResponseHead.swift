import Net

/// The head of a response: the status line (RFC 9112 §4) and the header section.
public struct HTTPResponseHead: Hashable, Sendable, CustomStringConvertible {
  public var version: HTTPVersion
  /// The status code, 100 to 999.
  public var status: Int
  /// The reason phrase's bytes as sent; it may be empty and may hold obs-text.
  public var reasonBytes: [UInt8]
  public var headers: HTTPHeaders
  /// What the reader let pass though the grammar forbids it; empty for a head that was made, not read.
  public internal(set) var leniencies: [HTTPLeniency] = []

  public init(status: Int, reason: String? = nil, version: HTTPVersion = .http11, headers: HTTPHeaders = []) {
    self.version = version
    self.status = status
    reasonBytes = Array((reason ?? HTTPStatus.reason(status)).utf8)
    self.headers = headers
  }

  init(version: HTTPVersion, status: Int, reasonBytes: [UInt8]) {
    self.version = version
    self.status = status
    self.reasonBytes = reasonBytes
    headers = []
  }

  public var reason: String { text(of: reasonBytes) }

  /// The status line without its end: `HTTP/1.1 200 OK`.
  public var description: String { "\(version) \(status) \(reason)" }

  /// Whether the sender leaves the connection open for another message (RFC 9112 §9.3).
  public var keepsAlive: Bool { keepAlive(version, headers) }

  /// Gives the head as sent, with the empty line at its end; throws `HTTPError.misuse` where a part would break the line or
  /// the status has not three digits.
  public func bytes() throws(HTTPError) -> [UInt8] {
    guard (100...999).contains(status) else { throw .misuse(.badStatus(status)) }
    try refuseBreaks(in: reasonBytes, "reason phrase")
    var out = Array("\(version) \(status) ".utf8)
    out += reasonBytes
    out += [ASCII.cr, ASCII.lf]
    try headers.write(to: &out)
    return out
  }
}
