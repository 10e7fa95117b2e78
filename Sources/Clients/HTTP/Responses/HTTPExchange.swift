import Net
import Synchronization
import Transport
import Wire

/// A request and its response under way: the head is there, the body comes piece by piece. At the end the connection rests for the
/// next request, or is closed; it is closed too at an error, or when nobody holds the exchange any more.
public final class HTTPExchange: Sendable {
  /// Its number in the session, under which the taps have its steps.
  public let number: Int
  /// The request as it went out last, after redirects.
  public let call: HTTPCall
  /// The final head.
  public let head: HTTPResponseHead
  /// The interim 1xx responses that came before it.
  public let informational: [HTTPResponseHead]
  /// The redirects that led here, in their order.
  public let redirects: [HTTPRedirect]
  public let connection: Connection
  public let proxy: HTTPProxy?
  /// How many requests the connection has carried, this one among them.
  public let requestsOnConnection: Int

  private let context: NetworkContext
  private let link: HTTPLink
  /// Where the connection rests afterwards; nil to close it.
  private let pool: HTTPPool?
  private let began: Int64
  private let firstByte: Int64
  private let reading: Mutex<Reading>

  private struct Reading: Sendable {
    var reader: HTTPReader
    var timings: HTTPTimings
    var trailers = HTTPHeaders()
    var end: HTTPEnd?
    var failure: HTTPClientError?
    /// The connection is no longer ours: it rests, or it is closed.
    var isOver = false
  }

  init(
    _ sending: HTTPSending, _ link: HTTPLink, _ pool: HTTPPool?, head: HTTPResponseHead,
    informational: [HTTPResponseHead], reader: HTTPReader, timings: HTTPTimings, firstByte: Int64, isSent: Bool
  ) {
    call = sending.call
    context = sending.context
    number = context.exchange
    redirects = sending.trail
    began = sending.began
    self.head = head
    self.informational = informational
    self.firstByte = firstByte
    var link = link
    link.requests += 1
    self.link = link
    connection = link.connection
    proxy = link.route.proxy
    requestsOnConnection = link.requests
    // RFC 9112 §9.3: both ends say whether it stays; a request that did not go out whole leaves it in no known state.
    self.pool = isSent && sending.call.persists && head.keepsAlive && !sending.call.refusesToPersist ? pool : nil
    reading = Mutex(Reading(reader: reader, timings: timings))
  }

  deinit { close() }

  /// The fields after a chunked body; empty before its end.
  public var trailers: HTTPHeaders { reading.withLock { $0.trailers } }

  /// What is known at the end of the response: framing, lengths, what was let pass; nil before.
  public var end: HTTPEnd? { reading.withLock { $0.end } }

  /// How long the phases took so far.
  public var timings: HTTPTimings { reading.withLock { $0.timings } }

  /// Receives once for a reader.
  static func receive(
    _ call: HTTPCall, _ connection: Connection, _ context: NetworkContext, _ reader: inout HTTPReader
  ) throws(HTTPClientError) {
    do throws(TransportError) {
      guard let bytes = try connection.recv(max: 131_072, context) else { return reader.receiveEnd() }
      reader.receive(bytes)
    } catch {
      throw HTTPClientError(call, .transport(error))
    }
  }

  /// Gives the next piece of the body, never empty, with the chunking undone; nil at the end of the body.
  ///
  /// Errors: a body that is cut short (`http-body-truncated`), malformed (`http-…`), or the transport's. One that
  /// was thrown is thrown again by the next call.
  public func nextPiece() throws(HTTPClientError) -> [UInt8]? {
    try reading.withLock { reading throws(HTTPClientError) in
      if let failure = reading.failure { throw failure }
      do throws(HTTPClientError) {
        return try nextPiece(&reading, context)
      } catch {
        reading.failure = error
        reading.isOver = true
        connection.close(context)
        throw error
      }
    }
  }

  private func nextPiece(
    _ reading: inout Reading, _ context: NetworkContext
  ) throws(HTTPClientError) -> [UInt8]? {
    while reading.end == nil {
      let event: HTTPEvent
      do throws(HTTPError) { event = try reading.reader.next() } catch { throw HTTPClientError(call, .http(error)) }
      switch event {
      case .needMore: try HTTPExchange.receive(call, connection, context, &reading.reader)
      case .body(let piece):
        guard try HTTPExchange.allows(piece, reading.reader.framing, call, connection, context) else { continue }
        return piece
      case .trailers(let fields): reading.trailers = fields
      case .end(let end): finish(&reading, end)
      default: continue
      }
    }
    return nil
  }

  /// Takes the times, and lets the connection rest if it may.
  private func finish(_ reading: inout Reading, _ end: HTTPEnd) {
    let now = monotonicNow()
    reading.end = end
    reading.timings.transfer = max(0, now - firstByte)
    reading.timings.total = now - began
    reading.isOver = true
    // RFC 9112 §9.2: bytes behind the response answer no request.
    guard let pool, end.keepsAlive, reading.reader.unconsumed.isEmpty, connection.buffered == 0 else {
      return connection.close(context)
    }
    pool.give(link, context)
  }

  /// Gives the rest of the body at once; more than `limit` bytes (by default the context's `gather`) are `too-long`.
  public func readAll(limit: Int? = nil) throws(HTTPClientError) -> [UInt8] {
    let limit = limit ?? context.limits.gather
    var body: [UInt8] = []
    if case .length(let length) = reading.withLock({ $0.reader.framing }) {
      // A promised length saves copying; what a peer only promises is not worth more than this much memory.
      body.reserveCapacity(min(length, limit, 64 << 20))
    }
    while let piece = try nextPiece() {
      guard piece.count <= limit - body.count else {
        close()
        throw HTTPClientError(call, .tooLong(limit: limit))
      }
      // The first piece is mostly all there is.
      if body.isEmpty, body.capacity < piece.count { body = piece } else { body += piece }
    }
    return body
  }

  /// Lets go of the exchange. If little of the body is left, it is read, so that the connection can be used again; else the
  /// connection is closed.
  public func close() {
    reading.withLock { reading in
      guard !reading.isOver else { return }
      if pool != nil { readRest(&reading) }
      guard !reading.isOver else { return }
      reading.isOver = true
      connection.close(context)
    }
  }

  /// How much of a body that nobody wants is read for the sake of the connection, and how long it may take: about what a new
  /// connection would cost.
  private static let restSize = 65_536
  private static let restTime: Int64 = 20_000_000

  private func readRest(_ reading: inout Reading) {
    switch reading.reader.framing {
    case .length(let length) where length > Self.restSize: return
    case .untilClose, .tunnel, nil: return
    default: break
    }
    let context = context.within(.after(nanoseconds: Self.restTime))
    var left = Self.restSize
    while left > 0, let piece = try? nextPiece(&reading, context) { left -= piece.count }
  }
}

extension HTTPCall {
  /// Whether the sender's own fields close the connection.
  fileprivate var refusesToPersist: Bool { headers.list("Connection").contains { $0.lowercased() == "close" } }
}
