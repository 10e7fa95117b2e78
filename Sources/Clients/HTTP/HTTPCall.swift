import Net
import Wire

/// A request as a person thinks of it: what to do with which URL. One shape serves all methods.
public struct HTTPCall: Sendable {
  public var method: String
  public var url: URL
  /// Fields of the sender's own; one that is also made by the client (`Host`, `User-Agent`…) takes its place.
  public var headers: HTTPHeaders
  public var body: [UInt8]

  public init(_ method: String = "GET", _ url: URL, headers: HTTPHeaders = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// The request line without its version: `GET /rfc/rfc2324.txt`.
  public var title: String { "\(method) \(url.requestTarget)" }

  /// Gives the head as it is sent, but for the framing of the body.
  public var head: HTTPRequestHead {
    // RFC 9110 §7.2: Host should be the first field.
    var fields: HTTPHeaders = [
      HTTPField("Host", headers["Host"] ?? url.authority),
      HTTPField("User-Agent", headers["User-Agent"] ?? "nsh"),
      HTTPField("Accept", headers["Accept"] ?? "*/*"),
    ]
    let own = ["host", "user-agent", "accept", "connection"]
    for field in headers where !own.contains(field.name.lowercased()) { fields.append(field) }
    fields.append("Connection", headers["Connection"] ?? "close")
    return HTTPRequestHead(method: method, target: url.requestTarget, headers: fields)
  }

  /// Gives the whole request as it is sent: what `HTTPClient` sends, for whoever wants to look at it first.
  public func bytes() throws(HTTPError) -> [UInt8] {
    // RFC 9110 §8.6: a method that expects a body declares the length of an empty one too.
    let wantsLength = !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method)
    return wantsLength ? try HTTPWriter.request(head, body: body) : try head.bytes()
  }
}
