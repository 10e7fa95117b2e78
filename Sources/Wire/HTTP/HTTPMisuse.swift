/// A mistake of ours: a message that cannot be sent, or a reader used out of turn.
public enum HTTPMisuse: Hashable, Sendable {
  case lineBreak(_ part: String, byte: UInt8)
  case notAToken(_ part: String, _ text: String)
  case badTarget(String)
  case badStatus(Int)
  case badChunkSize(Int)
  case badChunkExtension(String)
  /// The head already says how the body is framed, and the writer was about to say it again.
  case framingAlreadySet(_ field: String)
  case trailersNeedChunked
  case receivedAfterEnd
  case messageUnfinished

  public var section: String? {
    switch self {
    case .lineBreak: "RFC 9110 §5.5"
    case .notAToken: "RFC 9110 §5.6.2"
    case .badTarget: "RFC 9112 §3.2"
    case .badStatus: "RFC 9110 §15"
    case .badChunkSize: "RFC 9112 §7.1"
    case .badChunkExtension: "RFC 9112 §7.1.1"
    case .framingAlreadySet: "RFC 9112 §6"
    case .trailersNeedChunked: "RFC 9110 §6.5.1"
    case .receivedAfterEnd, .messageUnfinished: nil
    }
  }

  public var sentence: String {
    switch self {
    case .lineBreak(let part, let byte): "the \(part) holds \(HTTPFault.name(of: byte))"
    case .notAToken(let part, let text): "the \(part) “\(text)” is not a token"
    case .badTarget(let text): "the request target “\(text)” is empty or holds white space"
    case .badStatus(let status): "the status \(status) has not three digits"
    case .badChunkSize(let size): "a chunk of \(size) bytes cannot be sent"
    case .badChunkExtension(let text): "the chunk extension “\(text)” is malformed"
    case .framingAlreadySet(let field): "the head sets \(field) itself"
    case .trailersNeedChunked: "trailers need a chunked body"
    case .receivedAfterEnd: "bytes were handed to the reader after the end of the stream"
    case .messageUnfinished: "the next message was asked for before this one ended"
    }
  }
}
