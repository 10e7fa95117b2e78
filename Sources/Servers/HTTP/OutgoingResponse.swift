import Net
import System
import Wire

/// A response on its way out: gives its bytes piece by piece, so that a large body is never in memory whole.
struct OutgoingResponse {
  /// What is to be sent next.
  enum Piece {
    case bytes([UInt8], hasMore: Bool)
    case file(OpenFile, offset: Int, count: Int)
    /// There is more to come, and nothing yet.
    case later
    /// The rest cannot be made, and what was sent shows that it is not whole: the last chunk is missing (RFC 9112 §8).
    case cut
  }

  /// The body cannot keep the length that was promised, or cannot be read: to break off is the only honest end left.
  struct BrokenOff: Error {}

  let status: Int
  /// Whether the connection ends with it.
  let isLast: Bool
  let headLength: Int
  /// What another thread fills meanwhile.
  let pipe: BodyPipe?
  private var head: [UInt8]
  private var parts: [ServedResponse.Body] = []
  private var index = 0
  private var offset = 0
  /// The size of a chunk and its extensions; nil for a body that is sent as it is.
  private var chunks: (size: Int, extensions: [HTTPChunkExtension])?
  private var ending: [UInt8] = []
  private static let piece = 65_536

  /// Makes the head; a request that could not be read is none.
  init(
    _ response: ServedResponse, to request: HTTPRequestHead?, date: String, keepsAlive: Bool
  ) throws(HTTPError) {
    var head = response.head
    status = head.status
    if !head.headers.contains("Date") { head.headers.append("Date", date) }
    if !head.headers.contains("Server") { head.headers.append("Server", "nsh") }
    // RFC 9110 §15.2 and following: these have no body whatever the fields say.
    let hasNoBody = head.status < 200 || head.status == 204 || head.status == 304
    var framing = response.framing
    if case .piped(let pipe) = response.body {
      self.pipe = pipe
      framing = .chunked(size: BodyPipe.room)
    } else {
      pipe = nil
    }
    // A client of HTTP/1.0 knows no chunks (RFC 9112 §6.1); the end of the connection serves it as well.
    if case .chunked = framing, let request, request.version < .http11 { framing = .untilClose }
    if !hasNoBody {
      head.headers = try HTTPWriter.framed(head.headers, framing, bodyLength: response.body.length)
    }
    if !keepsAlive {
      head.headers.set("Connection", "close")
    } else if let request, request.version < .http11, !head.headers.contains("Connection") {
      // RFC 9112 §9.3: a client of HTTP/1.0 that asked for it is told that the connection stays.
      head.headers.append("Connection", "keep-alive")
    }
    isLast = framing == .untilClose || !keepsAlive || !head.keepsAlive
    self.head = try head.bytes()
    headLength = self.head.count
    guard !hasNoBody, request?.method != "HEAD" else { return }
    parts = if case .joined(let several) = response.body { several } else { [response.body] }
    guard case .chunked(let size, let extensions) = framing else { return }
    chunks = (max(1, size), extensions)
    ending = try HTTPWriter.lastChunk(trailers: response.trailers)
  }

  /// Gives the next piece, nil when all was given; a whole file is given as such if `takesFiles`.
  mutating func next(takesFiles: Bool) throws -> Piece? {
    var pending = head
    head = []
    while index < parts.count, pending.count < OutgoingResponse.piece {
      let part = parts[index]
      if case .piped(let pipe) = part {
        switch pipe.take() {
        case .bytes(let data):
          pending += try chunks.map { try HTTPWriter.chunk(data, extensions: $0.extensions) } ?? data
        case .nothing: return pending.isEmpty ? .later : .bytes(pending, hasMore: false)
        case .end: index += 1
        case .brokenOff:
          guard chunks != nil else { throw BrokenOff() }
          return pending.isEmpty ? .cut : .bytes(pending, hasMore: false)
        }
        continue
      }
      let left = part.length - offset
      guard left > 0 else {
        index += 1
        offset = 0
        continue
      }
      if takesFiles, chunks == nil, case .file(let file, let start, _) = part, left > OutgoingResponse.piece {
        if !pending.isEmpty { return .bytes(pending, hasMore: true) }
        return .file(file, offset: start + offset, count: min(left, 1 << 20))
      }
      let room = max(1, OutgoingResponse.piece - pending.count)
      let data = try read(part, min(left, chunks?.size ?? (pending.isEmpty ? OutgoingResponse.piece : room)))
      guard !data.isEmpty else { throw BrokenOff() }
      offset += data.count
      if let chunks {
        pending += try HTTPWriter.chunk(data, extensions: chunks.extensions)
      } else if pending.isEmpty {
        pending = data
      } else {
        pending += data
      }
    }
    let isEnd = index >= parts.count
    if isEnd, !ending.isEmpty {
      pending += ending
      ending = []
    }
    return pending.isEmpty ? nil : .bytes(pending, hasMore: false)
  }

  /// Takes note that so many bytes of the file given last were sent.
  mutating func advance(_ count: Int) { offset += count }

  private func read(_ body: ServedResponse.Body, _ count: Int) throws -> [UInt8] {
    switch body {
    case .bytes(let bytes):
      offset == 0 && count == bytes.count ? bytes : Array(bytes.dropFirst(offset).prefix(count))
    case .streamed(_, let read): Array(read(offset, count).prefix(count))
    case .file(let file, let start, _): try file.read(at: start + offset, count: count)
    case .joined, .piped: []
    }
  }
}
