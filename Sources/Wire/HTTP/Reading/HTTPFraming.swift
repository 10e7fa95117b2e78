import Net

/// How the end of a message's body is found (RFC 9112 §6.3).
public enum HTTPFraming: Hashable, Sendable {
  /// There is no body.
  case none
  case length(Int)
  case chunked
  /// The body ends where the connection does; responses only.
  case untilClose
  /// What follows the head is another protocol: 101, or 2xx to CONNECT.
  case tunnel
}

extension HTTPFraming {
  /// Decides the framing of a response to `method` by the rules of RFC 9112 §6.3, in their order.
  static func response(_ head: HTTPResponseHead, to method: String) throws(HTTPFault) -> HTTPFraming {
    if head.status == 101 { return .tunnel }
    if method == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304 { return .none }
    if method == "CONNECT" && head.status < 300 { return .tunnel }
    switch try declared(head.version, head.headers) {
    case .chunkedLast: return .chunked
    case .chunkedNotLast, .nothing: return .untilClose
    case .length(let length): return .length(length)
    }
  }

  /// Decides the framing of a request by the rules of RFC 9112 §6.3; one that declares nothing has no body.
  static func request(_ head: HTTPRequestHead) throws(HTTPFault) -> HTTPFraming {
    switch try declared(head.version, head.headers) {
    case .chunkedLast: return .chunked
    case .chunkedNotLast: throw .requestNotChunkedLast
    case .length(let length): return length == 0 ? .none : .length(length)
    case .nothing: return .none
    }
  }

  /// The transfer codings that stay on the body when the chunking is undone.
  static func remainingCodings(_ headers: HTTPHeaders) -> [String] {
    headers.list("Transfer-Encoding").filter { !ASCII.same($0, "chunked") }
  }

  private enum Declared {
    case nothing, chunkedLast, chunkedNotLast
    case length(Int)
  }

  private static func declared(_ version: HTTPVersion, _ headers: HTTPHeaders) throws(HTTPFault) -> Declared {
    guard headers.contains("Transfer-Encoding") else { return try declaredLength(headers) }
    // Two recipients that disagree on which of the two counts is how requests are smuggled (RFC 9112 §6.1, §11.2).
    guard !headers.contains("Content-Length") else { throw .transferEncodingAndContentLength }
    guard version >= .http11 else { throw .transferEncodingInHTTP10 }
    let codings = headers.list("Transfer-Encoding")
    guard codings.count(where: { ASCII.same($0, "chunked") }) <= 1 else { throw .chunkedTwice }
    return codings.last.map { ASCII.same($0, "chunked") } ?? false ? .chunkedLast : .chunkedNotLast
  }

  /// Content-Length = 1*DIGIT (RFC 9110 §8.6); a list of one value repeated counts as that value (RFC 9112 §6.3).
  private static func declaredLength(_ headers: HTTPHeaders) throws(HTTPFault) -> Declared {
    guard headers.contains("Content-Length") else { return .nothing }
    var length: Int?
    for value in headers.values("Content-Length") {
      for member in value.utf8.split(separator: ASCII.comma, omittingEmptySubsequences: false) {
        let digits = ASCII.trimmed(Array(member)[...])
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit), let number = Int(text(of: digits)) else {
          throw .contentLength
        }
        guard length == nil || length == number else { throw .contentLengthsDiffer }
        length = number
      }
    }
    return length.map { .length($0) } ?? .nothing
  }
}
