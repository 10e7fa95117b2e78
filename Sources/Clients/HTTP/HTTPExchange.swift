import Net
import Synchronization
import Transport
import Wire

/// A request and its response under way: the head is there, the body comes piece by piece, and the connection closes itself
/// at the end, at an error, or when nobody holds the exchange any more.
public final class HTTPExchange: Sendable {
  /// Its number in the session, under which the taps have its steps.
  public let number: Int
  public let call: HTTPCall
  /// The final head.
  public let head: HTTPResponseHead
  /// The interim 1xx responses that came before it.
  public let informational: [HTTPResponseHead]
  public let connection: Connection

  private let context: NetworkContext
  private let reader: Mutex<Reading>

  private struct Reading: Sendable {
    var reader: HTTPReader
    var trailers = HTTPHeaders()
    var end: HTTPEnd?
    var failure: HTTPClientError?
  }

  private init(
    _ call: HTTPCall, _ connection: Connection, _ context: NetworkContext, _ reader: HTTPReader,
    _ head: HTTPResponseHead, _ informational: [HTTPResponseHead]
  ) {
    number = context.exchange
    self.call = call
    self.connection = connection
    self.context = context
    self.head = head
    self.informational = informational
    self.reader = Mutex(Reading(reader: reader))
  }

  deinit { close() }

  /// The fields after a chunked body; empty before its end.
  public var trailers: HTTPHeaders { reader.withLock { $0.trailers } }

  /// What is known at the end of the response: framing, lengths, what was let pass; nil before.
  public var end: HTTPEnd? { reader.withLock { $0.end } }

  /// Breaks the exchange off, if it has not ended.
  public func close() { connection.close(context) }

  /// Sends the request and receives up to the end of the head.
  static func start(
    _ call: HTTPCall, _ request: [UInt8], _ connection: Connection, _ context: NetworkContext, _ limits: HTTPLimits
  ) throws(HTTPClientError) -> HTTPExchange {
    var reader = HTTPReader(role: .client(requestMethod: call.method), limits: limits)
    var informational: [HTTPResponseHead] = []
    do throws(HTTPClientError) {
      try send(request, call, connection, context)
      while true {
        switch try advance(&reader, call, connection, context) {
        case .informational(let head): informational.append(head)
        case .response(let head): return HTTPExchange(call, connection, context, reader, head, informational)
        default: continue
        }
      }
    } catch {
      connection.close(context)
      throw error
    }
  }

  /// Sends the request. A server that answers and closes before it has read all of it breaks the sending off; its
  /// answer is then what counts (RFC 9112 §9.5), so the failure is left to the receiving.
  private static func send(
    _ request: [UInt8], _ call: HTTPCall, _ connection: Connection, _ context: NetworkContext
  ) throws(HTTPClientError) {
    do throws(TransportError) {
      try connection.send(request, context)
    } catch {
      guard error.code == "EPIPE" || error.code == "ECONNRESET" else {
        throw HTTPClientError(call, .transport(error))
      }
    }
  }

  /// Gives the reader's next event, receiving as much as it needs for it.
  private static func advance(
    _ reader: inout HTTPReader, _ call: HTTPCall, _ connection: Connection, _ context: NetworkContext
  ) throws(HTTPClientError) -> HTTPEvent {
    while true {
      do throws(HTTPError) {
        let event = try reader.next()
        guard event == .needMore else { return event }
      } catch {
        throw HTTPClientError(call, .http(error))
      }
      do throws(TransportError) {
        guard let bytes = try connection.recv(max: 131_072, context) else {
          reader.receiveEnd()
          continue
        }
        reader.receive(bytes)
      } catch {
        throw HTTPClientError(call, .transport(error))
      }
    }
  }

  /// Gives the next piece of the body, never empty, with the chunking undone; nil at the end of the body.
  ///
  /// Errors: a body that is cut short (`http-body-truncated`), malformed (`http-malformed`), or the transport's. One that
  /// was thrown is thrown again by the next call.
  public func nextPiece() throws(HTTPClientError) -> [UInt8]? {
    try reader.withLock { reading throws(HTTPClientError) in
      if let failure = reading.failure { throw failure }
      do throws(HTTPClientError) {
        return try nextPiece(&reading)
      } catch {
        reading.failure = error
        connection.close(context)
        throw error
      }
    }
  }

  private func nextPiece(_ reading: inout Reading) throws(HTTPClientError) -> [UInt8]? {
    while reading.end == nil {
      switch try HTTPExchange.advance(&reading.reader, call, connection, context) {
      case .body(let piece): return piece
      case .trailers(let fields): reading.trailers = fields
      case .end(let end):
        reading.end = end
        connection.close(context)
      default: continue
      }
    }
    return nil
  }

  /// Gives the rest of the body at once; more than `limit` bytes (by default the context's `gather`) are `too-long`.
  public func readAll(limit: Int? = nil) throws(HTTPClientError) -> [UInt8] {
    let limit = limit ?? context.limits.gather
    var body: [UInt8] = []
    if case .length(let length) = reader.withLock({ $0.reader.framing }) {
      // A promised length saves copying; what a peer only promises is not worth more than this much memory.
      body.reserveCapacity(min(length, limit, 64 << 20))
    }
    while let piece = try nextPiece() {
      guard piece.count <= limit - body.count else {
        close()
        throw HTTPClientError(call, .tooLong(limit: limit))
      }
      body += piece
    }
    return body
  }
}
