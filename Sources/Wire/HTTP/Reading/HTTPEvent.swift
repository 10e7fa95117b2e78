/// What a reader has understood next.
public enum HTTPEvent: Hashable, Sendable {
  /// Nothing more can be said before more bytes, or the end of the stream, are received.
  case needMore
  /// An interim response, 1xx but 101; the final one follows (client only).
  case informational(HTTPResponseHead)
  /// The final head of a response (client only).
  case response(HTTPResponseHead)
  /// The head of a request (server only).
  case request(HTTPRequestHead)
  /// A chunk-size line; the chunk's data follow as `body`. The last one has size 0.
  case chunk(HTTPChunk)
  /// A piece of the body, never empty, in pieces as large as they were received.
  case body([UInt8])
  /// The fields after the last chunk; not given where there are none.
  case trailers(HTTPHeaders)
  /// The message is complete; it is given again until `startNext`. What follows it stays in `unconsumed`.
  case end(HTTPEnd)
  /// The peer closed the connection between two messages (server only).
  case closed
}

/// One chunk-size line of a chunked body (RFC 9112 §7.1).
public struct HTTPChunk: Hashable, Sendable {
  /// The number of data bytes that follow.
  public let size: Int
  /// The line as received, without CR LF: `1a;name="value"`.
  public let line: String
  public let extensions: [HTTPChunkExtension]
  /// Where the line begins, in bytes from the start of the stream.
  public let offset: Int
}

/// One `;name=value` behind a chunk size (RFC 9112 §7.1.1).
public struct HTTPChunkExtension: Hashable, Sendable {
  public let name: String
  /// The value with quotes and escapes undone; nil for a name alone.
  public let value: String?

  public init(_ name: String, _ value: String? = nil) {
    self.name = name
    self.value = value
  }
}

/// What is known of a message when it has ended.
public struct HTTPEnd: Hashable, Sendable {
  public let framing: HTTPFraming
  /// Bytes of the body with the chunking undone.
  public let bodyLength: Int
  /// Where the first byte after the message is, in bytes from the start of the stream.
  public let offset: Int
  /// Whether the peer leaves the connection open for another message (RFC 9112 §9.3).
  public let keepsAlive: Bool
  /// Transfer codings, outermost last, that are still on the body; `chunked` is undone and not among them.
  public let transferCodings: [String]
  /// Everything the reader let pass in this message.
  public let leniencies: [HTTPLeniency]
}
