import Net
import Wire

/// A request as a person thinks of it: what to do with which URL. One shape serves all methods.
public struct HTTPCall: Sendable {
  public var method: String
  public var url: URL
  /// Fields of the sender's own; one that is also made by the client (`Host`, `User-Agent`…) takes its place.
  public var headers: HTTPHeaders
  public var content: HTTPContent
  /// The media type of the content, sent behind its length unless `headers` has one.
  public var contentType: String?
  public var credentials: HTTPCredentials?
  /// The value of `Cookie` that the sender gave, before what a jar adds.
  public var cookies: String?
  /// Names of fields, beside those known to carry secrets, that go to no other origin and are never shown; in lower case.
  public var secretFields: Set<String> = []
  /// The content codings that are asked for; nil to say nothing of them.
  public var acceptedCodings: String?
  /// Names of fields that the client would add of itself and must not, in lower case.
  public var omitted: Set<String> = []
  public var version = HTTPVersion.http11
  /// Whether the connection stays open for another request.
  public var persists = false
  /// What a proxy is told: the whole URL as the target, and who asks.
  var toProxy: ProxyForm?

  /// How a request looks that goes to a proxy and not to the origin (RFC 9112 §3.2.2).
  struct ProxyForm: Sendable {
    var credentials: HTTPCredentials?
  }

  public init(_ method: String = "GET", _ url: URL, headers: HTTPHeaders = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    content = body.isEmpty ? .none : .bytes(body)
  }

  /// The content as bytes in memory; of one that is not in memory, nothing.
  public var body: [UInt8] {
    get { if case .bytes(let bytes) = content { bytes } else { [] } }
    set { content = newValue.isEmpty ? .none : .bytes(newValue) }
  }

  /// The request line without its version, as errors show it: `GET /rfc/rfc2324.txt`, secrets of the query masked.
  public var title: String { "\(method) \(HTTPSecrets.masking(queryOf: url.requestTarget))" }

  /// The target as it stands in the request line: origin-form, or for a proxy absolute-form (RFC 9112 §3.2).
  public var target: String {
    toProxy == nil ? url.requestTarget : "\(url.scheme)://\(url.authority)\(url.requestTarget)"
  }

  /// Gives the head as it is sent, but for the framing of the body. The order is curl's, so that the two can be compared.
  public var head: HTTPRequestHead {
    // RFC 9110 §7.2: Host should be the first field.
    var fields: HTTPHeaders = [HTTPField("Host", headers["Host"] ?? url.authority)]
    if let credentials = toProxy?.credentials, !headers.contains("Proxy-Authorization") {
      fields.append("Proxy-Authorization", credentials.field)
    }
    if let credentials, !headers.contains("Authorization") { fields.append("Authorization", credentials.field) }
    for (name, value) in [("User-Agent", "nsh"), ("Accept", "*/*")] where !headers.contains(name) {
      if !omitted.contains(name.lowercased()) { fields.append(name, value) }
    }
    if let acceptedCodings, !headers.contains("Accept-Encoding") { fields.append("Accept-Encoding", acceptedCodings) }
    let own = ["host", "cookie", "connection"]
    // RFC 6265 §5.4: there must not be more than one Cookie field.
    let crumbs = [cookies].compactMap { $0 } + headers.values("Cookie")
    if !crumbs.isEmpty { fields.append("Cookie", crumbs.joined(separator: "; ")) }
    for field in headers where !own.contains(field.name.lowercased()) { fields.append(field) }
    if let connection = headers["Connection"] {
      fields.append("Connection", connection)
    } else if !persists, version >= .http11 {
      fields.append("Connection", "close")
    }
    return HTTPRequestHead(method: method, target: target, version: version, headers: fields)
  }

  /// Gives the head with the fields that frame the content.
  func framedHead() throws(HTTPError) -> HTTPRequestHead {
    try credentials?.check()
    try toProxy?.credentials?.check()
    var head = head
    // Whoever frames the body by hand means it.
    let isFramed = headers.contains("Content-Length") || headers.contains("Transfer-Encoding")
    if !isFramed, let length = content.length {
      // RFC 9110 §8.6: a method that expects a body declares the length of an empty one too.
      if length > 0 || !content.isNone || ["POST", "PUT", "PATCH"].contains(method) {
        head.headers.append("Content-Length", String(length))
      }
    } else if !isFramed {
      // RFC 9112 §6.1: to HTTP/1.0 nothing may be chunked.
      guard version >= .http11 else {
        throw .misuse(.framingAlreadySet("HTTP/1.0, which has no chunks, and no length"))
      }
      head.headers.append("Transfer-Encoding", "chunked")
    }
    if let contentType, !headers.contains("Content-Type") { head.headers.append("Content-Type", contentType) }
    return head
  }

  /// Gives the whole request as it is sent: what `HTTPClient` sends, for whoever wants to look at it first.
  ///
  /// Only what is in memory: of a body that comes out of files or a stream the head alone.
  public func bytes() throws(HTTPError) -> [UInt8] {
    let head = try framedHead().bytes()
    if case .bytes(let body) = content { return head + body }
    return head
  }

  /// Whether a request that may have been carried out can be sent once more (RFC 9110 §9.2.2, RFC 9112 §9.3.1).
  var mayRepeat: Bool {
    ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(method) && content.isReplayable
  }
}
