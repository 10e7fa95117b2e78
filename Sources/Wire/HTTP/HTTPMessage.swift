import Net

/// A whole request taken from bytes.
public struct HTTPRequest: Hashable, Sendable {
  public var head: HTTPRequestHead
  public var body: [UInt8] = []
  public var trailers = HTTPHeaders()
  public var end: HTTPEnd?
  /// Bytes behind the message: the next one, or another protocol.
  public var rest: [UInt8] = []
}

extension HTTPRequest {
  /// Makes a request of which only the head is known so far.
  public init(head: HTTPRequestHead) { self.init(head: head, body: []) }
}

/// A whole response taken from bytes, with the interim responses before it.
public struct HTTPResponse: Hashable, Sendable {
  public var informational: [HTTPResponseHead] = []
  public var head: HTTPResponseHead
  public var body: [UInt8] = []
  public var trailers = HTTPHeaders()
  public var end: HTTPEnd?
  /// Bytes behind the message: the next one, or another protocol.
  public var rest: [UInt8] = []
}

/// Whole messages in one call, for bytes that are all there: their end is the end of the stream.
public enum HTTPMessage {
  /// Tells whether bytes are meant as a request, as far as they go: they begin with a method and a space, and not as `HTTP/` does.
  public static func beginsAsRequest(_ bytes: [UInt8]) -> Bool {
    let start = bytes.drop { $0 == ASCII.cr || $0 == ASCII.lf }
    let method = start.prefix { $0.isToken }
    guard !method.isEmpty else { return false }
    guard method.count < start.count else { return !"HTTP".utf8.starts(with: method) }
    return start[method.endIndex] == ASCII.space
  }

  /// Gives the methods of the requests that stand one behind the other (RFC 9112 §9.3.2); of the last one a beginning suffices.
  public static func methods(of bytes: [UInt8]) -> [String] {
    var methods: [String] = []
    var reader = HTTPReader(role: .server)
    reader.receive(bytes)
    while true {
      let rest = bytes.dropFirst(reader.offset).drop { $0 == ASCII.cr || $0 == ASCII.lf }
      guard beginsAsRequest(Array(rest.prefix(64))) else { return methods }
      methods.append(String(decoding: rest.prefix { $0.isToken }, as: UTF8.self))
      // Behind what is broken or not whole nobody can say where the next one would begin.
      guard (try? passMessage(&reader)) == true, (try? reader.startNext()) != nil else { return methods }
    }
  }

  /// Reads up to the end of a message; false if it is not whole.
  private static func passMessage(_ reader: inout HTTPReader) throws(HTTPError) -> Bool {
    while true {
      switch try reader.next() {
      case .end: return true
      case .needMore, .closed: return false
      default: continue
      }
    }
  }

  /// Parses the response to a request of that method; throws as `HTTPReader.next` does, truncation included.
  public static func parseResponse(
    _ bytes: [UInt8], method: String = "GET", limits: HTTPLimits = .default
  ) throws(HTTPError) -> HTTPResponse {
    var reader = HTTPReader(role: .client(requestMethod: method), limits: limits)
    let parts = try collect(&reader, bytes)
    guard let head = parts.response else { throw .peer(.closedBeforeMessage, offset: 0) }
    return HTTPResponse(
      informational: parts.informational, head: head, body: parts.body, trailers: parts.trailers, end: parts.end,
      rest: reader.unconsumed)
  }

  /// Parses one request; throws as `HTTPReader.next` does, truncation included.
  public static func parseRequest(
    _ bytes: [UInt8], limits: HTTPLimits = .default
  ) throws(HTTPError) -> HTTPRequest {
    var reader = HTTPReader(role: .server, limits: limits)
    let parts = try collect(&reader, bytes)
    guard let head = parts.request else { throw .peer(.closedBeforeMessage, offset: 0) }
    return HTTPRequest(
      head: head, body: parts.body, trailers: parts.trailers, end: parts.end, rest: reader.unconsumed)
  }

  /// Undoes the chunking of a body, RFC 9112 §7.1.3: gives the data joined, the trailers, and what follows the last chunk.
  public static func dechunk(
    _ bytes: [UInt8], limits: HTTPLimits = .default
  ) throws(HTTPError) -> (body: [UInt8], trailers: HTTPHeaders, rest: [UInt8]) {
    var reader = HTTPReader(atChunksWith: limits)
    let parts = try collect(&reader, bytes)
    return (parts.body, parts.trailers, reader.unconsumed)
  }

  /// Gives the chunks of a chunked body with their data, the last one of size 0 included.
  public static func chunks(
    _ bytes: [UInt8], limits: HTTPLimits = .default
  ) throws(HTTPError) -> [(chunk: HTTPChunk, data: [UInt8])] {
    var reader = HTTPReader(atChunksWith: limits)
    reader.receive(bytes)
    reader.receiveEnd()
    var chunks: [(chunk: HTTPChunk, data: [UInt8])] = []
    while true {
      switch try reader.next() {
      case .chunk(let chunk): chunks.append((chunk, []))
      case .body(let piece): if !chunks.isEmpty { chunks[chunks.count - 1].data += piece }
      case .end, .closed, .needMore: return chunks
      default: continue
      }
    }
  }

  private struct Parts {
    var informational: [HTTPResponseHead] = []
    var request: HTTPRequestHead?
    var response: HTTPResponseHead?
    var body: [UInt8] = []
    var trailers = HTTPHeaders()
    var end: HTTPEnd?
  }

  private static func collect(_ reader: inout HTTPReader, _ bytes: [UInt8]) throws(HTTPError) -> Parts {
    reader.receive(bytes)
    reader.receiveEnd()
    var parts = Parts()
    while true {
      switch try reader.next() {
      case .informational(let head): parts.informational.append(head)
      case .request(let head): parts.request = head
      case .response(let head): parts.response = head
      case .chunk: continue
      case .body(let piece): parts.body += piece
      case .trailers(let fields): parts.trailers = fields
      case .end(let end):
        parts.end = end
        return parts
      case .needMore, .closed: return parts
      }
    }
  }
}
