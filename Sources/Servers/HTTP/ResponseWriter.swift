import Net
import Transport
import Wire

/// The sending of one response in its framing; bodies that are streamed never stand in memory whole.
struct ResponseWriter {
  private let connection: Connection
  private let context: NetworkContext
  private static let piece = 131_072

  init(_ connection: Connection, _ context: NetworkContext) {
    self.connection = connection
    self.context = context
  }

  /// Sends the response to a request, or to something that was none; gives whether the connection ends with it.
  func write(_ response: ServedResponse, to request: HTTPRequestHead?) throws -> Bool {
    var head = response.head
    if !head.headers.contains("Date") { head.headers.append("Date", httpDate(Timestamp.now())) }
    if !head.headers.contains("Server") { head.headers.append("Server", "nsh") }
    // RFC 9110 §15.3.5 and §15.4.5: these have no body whatever the fields say.
    let hasNoBody = head.status == 204 || head.status == 304
    let framing = framing(of: response, to: request)
    if !hasNoBody {
      head.headers = try HTTPWriter.framed(head.headers, framing, bodyLength: response.body.length)
    }
    if request?.keepsAlive != true { head.headers.set("Connection", "close") }
    let isLast = framing == .untilClose || !head.keepsAlive
    let headBytes = try head.bytes()
    guard !hasNoBody, request?.method != "HEAD" else {
      try connection.send(headBytes, context)
      return isLast
    }
    try send(response, framing, after: headBytes)
    return isLast
  }

  /// A client of HTTP/1.0 knows no chunks (RFC 9112 §6.1); the end of the connection serves it as well.
  private func framing(of response: ServedResponse, to request: HTTPRequestHead?) -> HTTPWriter.BodyFraming {
    guard case .chunked = response.framing, let request, request.version < .http11 else { return response.framing }
    return .untilClose
  }

  private func send(_ response: ServedResponse, _ framing: HTTPWriter.BodyFraming, after head: [UInt8]) throws {
    var pending = head
    var size = ResponseWriter.piece
    var extensions: [HTTPChunkExtension]?
    if case .chunked(let wanted, let each) = framing {
      size = max(1, wanted)
      extensions = each
    }
    var offset = 0
    while true {
      let piece = read(response.body, at: offset, size)
      guard !piece.isEmpty else { break }
      offset += piece.count
      if let extensions { pending += try HTTPWriter.chunk(piece, extensions: extensions) } else { pending += piece }
      guard pending.count >= ResponseWriter.piece else { continue }
      try connection.send(pending, context)
      pending = []
    }
    if extensions != nil { pending += try HTTPWriter.lastChunk(trailers: response.trailers) }
    if !pending.isEmpty { try connection.send(pending, context) }
    guard framing != .contentLength || offset == response.body.length else {
      // The promised length cannot be kept: to break off is the only honest end left.
      throw TransportError(.send(count: response.body.length, to: connection.remote, sent: offset), .closed)
    }
  }

  private func read(_ body: ServedResponse.Body, at offset: Int, _ count: Int) -> [UInt8] {
    switch body {
    case .bytes(let bytes): Array(bytes.dropFirst(offset).prefix(count))
    case .streamed(let length, let read): offset < length ? read(offset, min(count, length - offset)) : []
    }
  }
}
