import System
import Wire

/// What an HTTP server shall answer: a head, a body, and the framing of the body.
public struct ServedResponse: Sendable {
  /// Status, phrase and fields; the framing fields, `Date` and `Server` are added when it is sent.
  public var head: HTTPResponseHead
  public var body: Body
  public var framing: HTTPWriter.BodyFraming
  /// The fields after a chunked body.
  public var trailers: HTTPHeaders
  /// What goes out in the place of all that, when an answer made at once is to be wrong on purpose.
  public var script: ResponseScript?

  public enum Body: Sendable {
    case bytes([UInt8])
    /// A body too big to hold: `read` gives at most so many bytes from an offset on, none at the end.
    case streamed(length: Int, read: @Sendable (_ offset: Int, _ count: Int) -> [UInt8])
    /// A part of a file, which is never in memory whole.
    case file(OpenFile, offset: Int, count: Int)
    /// What another thread makes meanwhile; nobody knows how long it will be, so it goes in chunks or until close.
    case piped(BodyPipe)
    /// One after the other.
    case joined([Body])

    public var length: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .streamed(let length, _): length
      case .file(_, _, let count): count
      case .piped: 0
      case .joined(let parts): parts.reduce(0) { $0.addingReportingOverflow($1.length).partialValue }
      }
    }
  }

  public init(
    _ head: HTTPResponseHead, _ body: Body = .bytes([]), framing: HTTPWriter.BodyFraming = .contentLength,
    trailers: HTTPHeaders = []
  ) {
    self.head = head
    self.body = body
    self.framing = framing
    self.trailers = trailers
  }

  /// Tells whoever makes the body that nobody wants it.
  func abandon() { if case .piped(let pipe) = body { pipe.abandon() } }

  /// Gives an answer of plain text.
  public static func text(_ text: String, status: Int = 200) -> ServedResponse {
    let headers: HTTPHeaders = [HTTPField("Content-Type", "text/plain; charset=utf-8")]
    return ServedResponse(HTTPResponseHead(status: status, headers: headers), .bytes(Array(text.utf8)))
  }

  /// Gives an answer that is only a status, with its phrase as the text.
  public static func status(_ status: Int, allow: [String] = []) -> ServedResponse {
    var response = text("\(status) \(HTTPStatus.reason(status))\n", status: status)
    // RFC 9110 §15.5.6: a 405 lists the methods that would be allowed.
    if !allow.isEmpty { response.head.headers.append("Allow", allow.joined(separator: ", ")) }
    return response
  }

  /// Gives an answer that sends the client elsewhere.
  public static func redirect(to location: String, status: Int = 301) -> ServedResponse {
    var response = self.status(status)
    response.head.headers.append("Location", location)
    return response
  }
}
