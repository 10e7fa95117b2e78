import Net

/// The encoding of messages with a body, by each of the framings of RFC 9112 §6.
public enum HTTPWriter {
  /// How the body shall be framed.
  public enum BodyFraming: Hashable, Sendable {
    /// `Content-Length` and the body as it is.
    case contentLength
    /// `Transfer-Encoding: chunked` in chunks of `size` bytes, the last one shorter; extensions go on each data chunk.
    case chunked(size: Int, extensions: [HTTPChunkExtension] = [])
    /// `Connection: close` and the body as it is; for responses only.
    case untilClose
  }

  /// Gives a response as sent; the framing fields are added to the head and must not be there yet.
  public static func response(
    _ head: HTTPResponseHead, body: [UInt8], framing: BodyFraming, trailers: HTTPHeaders = []
  ) throws(HTTPError) -> [UInt8] {
    var head = head
    head.headers = try framed(head.headers, framing, bodyLength: body.count)
    return try head.bytes() + encode(body, framing, trailers)
  }

  /// Gives a request as sent; the framing fields are added to the head and must not be there yet. A request cannot
  /// be framed by closing the connection (RFC 9112 §6.3), so the length is declared then.
  public static func request(
    _ head: HTTPRequestHead, body: [UInt8], framing: BodyFraming = .contentLength, trailers: HTTPHeaders = []
  ) throws(HTTPError) -> [UInt8] {
    let framing = framing == .untilClose ? .contentLength : framing
    var head = head
    head.headers = try framed(head.headers, framing, bodyLength: body.count)
    return try head.bytes() + encode(body, framing, trailers)
  }

  /// The header section with the fields that say how a body of that length is framed.
  public static func framed(
    _ headers: HTTPHeaders, _ framing: BodyFraming, bodyLength: Int
  ) throws(HTTPError) -> HTTPHeaders {
    for field in ["Content-Length", "Transfer-Encoding"] where headers.contains(field) {
      throw .misuse(.framingAlreadySet(field))
    }
    var headers = headers
    switch framing {
    case .contentLength: headers.append("Content-Length", String(bodyLength))
    case .chunked: headers.append("Transfer-Encoding", "chunked")
    case .untilClose: headers.set("Connection", "close")
    }
    return headers
  }

  /// Gives one chunk: size line, data, CR LF. Throws where the data are empty, since that would be the last chunk.
  public static func chunk(
    _ data: some Collection<UInt8>, extensions: [HTTPChunkExtension] = []
  ) throws(HTTPError) -> [UInt8] {
    guard !data.isEmpty else { throw .misuse(.badChunkSize(0)) }
    var out = Array(String(data.count, radix: 16).utf8)
    for item in extensions { out += try encode(item) }
    out += [ASCII.cr, ASCII.lf]
    out += data
    out += [ASCII.cr, ASCII.lf]
    return out
  }

  /// Gives the last chunk, the trailer section and the empty line that ends the message.
  public static func lastChunk(trailers: HTTPHeaders = []) throws(HTTPError) -> [UInt8] {
    var out = Array("0\r\n".utf8)
    try trailers.write(to: &out)
    return out
  }

  /// Gives a body in its framing, without a head.
  public static func encode(
    _ body: [UInt8], _ framing: BodyFraming, _ trailers: HTTPHeaders = []
  ) throws(HTTPError) -> [UInt8] {
    guard case .chunked(let size, let extensions) = framing else {
      guard trailers.isEmpty else { throw .misuse(.trailersNeedChunked) }
      return body
    }
    guard size > 0 else { throw .misuse(.badChunkSize(size)) }
    var out: [UInt8] = []
    var rest = body[...]
    while !rest.isEmpty {
      out += try chunk(rest.prefix(size), extensions: extensions)
      rest = rest.dropFirst(size)
    }
    return out + (try lastChunk(trailers: trailers))
  }

  /// `;name`, `;name=token` or `;name="text"` (RFC 9112 §7.1.1).
  private static func encode(_ item: HTTPChunkExtension) throws(HTTPError) -> [UInt8] {
    guard !item.name.isEmpty, item.name.utf8.allSatisfy(\.isToken) else { throw .misuse(.badChunkExtension(item.name)) }
    guard let value = item.value else { return Array(";\(item.name)".utf8) }
    guard !value.utf8.contains(where: { $0.isControl && $0 != ASCII.tab }) else {
      throw .misuse(.badChunkExtension(value))
    }
    if !value.isEmpty && value.utf8.allSatisfy(\.isToken) { return Array(";\(item.name)=\(value)".utf8) }
    var quoted: [UInt8] = []
    for byte in value.utf8 {
      if byte == ASCII.quote || byte == ASCII.backslash { quoted.append(ASCII.backslash) }
      quoted.append(byte)
    }
    return Array(";\(item.name)=\"".utf8) + quoted + [ASCII.quote]
  }
}
