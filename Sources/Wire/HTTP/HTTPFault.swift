import Net

/// A way in which a peer can break HTTP/1, with its sentence and the rule it breaks.
public enum HTTPFault: Error, Hashable, Sendable {
  case closedBeforeMessage
  case closedInHead
  case closedInBody(received: Int, of: Int)
  case closedInChunks

  case headTooLarge(limit: Int)
  case lineTooLong(limit: Int)
  case tooManyFields(limit: Int)
  case trailersTooLarge(limit: Int)
  case chunkLineTooLong(limit: Int)
  case tooManyInformational(limit: Int)

  case notHTTP(firstByte: UInt8)
  case statusLine
  case statusCode
  case requestLine
  case method
  case target
  case version
  case host

  case bareCR
  case control(UInt8)
  case spaceBeforeFirstField
  case foldedField
  case fieldWithoutColon
  case fieldName
  case spaceBeforeColon

  case contentLength
  case contentLengthsDiffer
  case transferEncodingAndContentLength
  case transferEncodingInHTTP10
  case requestNotChunkedLast
  case chunkedTwice

  case chunkSize
  case chunkSizeTooLarge
  case chunkExtension
  case chunkLineEnd
  case chunkDataEnd

  /// The stable name scripts compare with; `http-header-too-large` and the like name a limit of ours.
  public var code: String {
    switch self {
    case .closedBeforeMessage, .closedInHead: "eof"
    case .closedInBody, .closedInChunks: "http-body-truncated"
    case .headTooLarge, .lineTooLong, .tooManyFields, .trailersTooLarge: "http-header-too-large"
    case .chunkLineTooLong: "http-chunk-line-too-large"
    case .tooManyInformational: "http-too-many-informational"
    case .notHTTP: "http-not-http"
    case .statusLine, .statusCode: "http-bad-status-line"
    case .requestLine, .method, .target: "http-bad-request-line"
    case .version: "http-version-unsupported"
    case .host: "http-bad-host"
    case .bareCR: "http-bare-cr"
    case .control: "http-control-character"
    case .spaceBeforeFirstField: "http-space-before-field"
    case .foldedField: "http-folded-field"
    case .fieldWithoutColon, .fieldName: "http-bad-field"
    case .spaceBeforeColon: "http-space-before-colon"
    case .contentLength: "http-bad-content-length"
    case .contentLengthsDiffer: "http-content-lengths-differ"
    case .transferEncodingAndContentLength: "http-length-and-chunked"
    case .transferEncodingInHTTP10: "http-chunked-in-http10"
    case .requestNotChunkedLast: "http-chunked-not-last"
    case .chunkedTwice: "http-chunked-twice"
    case .chunkSize: "http-bad-chunk-size"
    case .chunkSizeTooLarge: "http-chunk-too-large"
    case .chunkExtension: "http-bad-chunk-extension"
    case .chunkLineEnd: "http-bad-chunk-line"
    case .chunkDataEnd: "http-bad-chunk-end"
    }
  }

  /// The section of the standard that is broken, or that lets us set a limit.
  public var section: String {
    switch self {
    case .closedBeforeMessage, .closedInHead, .closedInBody, .closedInChunks: "RFC 9112 §8"
    case .headTooLarge, .tooManyFields, .trailersTooLarge: "RFC 9110 §5.4"
    case .lineTooLong: "RFC 9112 §3"
    case .chunkLineTooLong, .chunkExtension: "RFC 9112 §7.1.1"
    case .tooManyInformational: "RFC 9110 §15.2"
    case .notHTTP, .statusLine: "RFC 9112 §4"
    case .statusCode: "RFC 9110 §15"
    case .requestLine: "RFC 9112 §3"
    case .method: "RFC 9112 §3.1"
    case .target, .host: "RFC 9112 §3.2"
    case .version: "RFC 9112 §2.3"
    case .bareCR, .spaceBeforeFirstField: "RFC 9112 §2.2"
    case .control: "RFC 9110 §5.5"
    case .foldedField: "RFC 9112 §5.2"
    case .fieldWithoutColon: "RFC 9112 §5"
    case .fieldName: "RFC 9110 §5.1"
    case .spaceBeforeColon: "RFC 9112 §5.1"
    case .contentLength: "RFC 9110 §8.6"
    case .contentLengthsDiffer, .requestNotChunkedLast: "RFC 9112 §6.3"
    case .transferEncodingAndContentLength, .transferEncodingInHTTP10, .chunkedTwice: "RFC 9112 §6.1"
    case .chunkSize, .chunkSizeTooLarge, .chunkLineEnd, .chunkDataEnd: "RFC 9112 §7.1"
    }
  }

  /// What is wrong, to be followed by the place.
  public var sentence: String {
    switch self {
    case .closedBeforeMessage: "the peer closed the connection without sending a message"
    case .closedInHead: "the peer closed the connection inside the head"
    case .closedInBody(let received, let expected):
      "the peer closed the connection after \(received) of \(expected) bytes of the body"
    case .closedInChunks: "the peer closed the connection before the last chunk was complete"
    case .headTooLarge(let limit): "the head is longer than \(limit) bytes"
    case .lineTooLong(let limit): "a line of the head is longer than \(limit) bytes"
    case .tooManyFields(let limit): "there are more than \(limit) fields"
    case .trailersTooLarge(let limit): "the trailers are longer than \(limit) bytes"
    case .chunkLineTooLong(let limit): "a chunk-size line is longer than \(limit) bytes"
    case .tooManyInformational(let limit): "there are more than \(limit) informational responses"
    case .notHTTP: "the response does not begin with “HTTP/”"
    case .statusLine: "the status line is malformed"
    case .statusCode: "the status code is not three digits from 100 up"
    case .requestLine: "the request line is not method, target and version with single spaces between"
    case .method: "the method is not a token"
    case .target: "the request target holds a byte that must be percent-encoded"
    case .version: "the version is not HTTP/1.0 or HTTP/1.1"
    case .host: "a request of HTTP/1.1 needs exactly one Host field"
    case .bareCR: "there is a CR without LF"
    case .control(let byte): "there is \(Self.name(of: byte)) in the head"
    case .spaceBeforeFirstField: "there is white space before the first field"
    case .foldedField: "a field value is folded over two lines"
    case .fieldWithoutColon: "a field line has no colon"
    case .fieldName: "a field name is not a token"
    case .spaceBeforeColon: "there is white space between a field name and its colon"
    case .contentLength: "Content-Length is not a number of bytes"
    case .contentLengthsDiffer: "there are different values of Content-Length"
    case .transferEncodingAndContentLength: "there are both Transfer-Encoding and Content-Length"
    case .transferEncodingInHTTP10: "there is Transfer-Encoding in a message of HTTP/1.0"
    case .requestNotChunkedLast: "chunked is not the last transfer coding of a request"
    case .chunkedTwice: "the body is chunked more than once"
    case .chunkSize: "a chunk size is not a hexadecimal number"
    case .chunkSizeTooLarge: "a chunk size is too large for this machine"
    case .chunkExtension: "a chunk extension is malformed"
    case .chunkLineEnd: "a chunk-size line does not end with CR LF"
    case .chunkDataEnd: "the data of a chunk is not followed by CR LF"
    }
  }

  /// What to try, where the first byte gives the other protocol away.
  public var hint: String? {
    // 0x15 and 0x16 are the record types alert and handshake (RFC 8446 §5.1).
    guard case .notHTTP(let first) = self, first == 0x15 || first == 0x16 else { return nil }
    return "the peer seems to speak TLS; try https"
  }

  static func name(of byte: UInt8) -> String {
    switch byte {
    case 0: return "NUL"
    case ASCII.cr: return "CR"
    case ASCII.lf: return "LF"
    default: return "the control character 0x\(byte.hex)"
    }
  }
}
