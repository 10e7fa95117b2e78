import Net
import Transport
import Wire

/// One connection of an HTTP server: reads requests by the engine and writes what the handler answers.
struct ServedConnection {
  private let connection: Connection
  private let context: NetworkContext
  private let handler: HTTPServer.Handler
  private let maximumBody: Int
  private var reader = HTTPReader(role: .server)

  init(
    _ connection: Connection, _ context: NetworkContext, maximumBody: Int, _ handler: @escaping HTTPServer.Handler
  ) {
    self.connection = connection
    self.context = context
    self.maximumBody = maximumBody
    self.handler = handler
  }

  /// Serves request after request until either side wants the connection closed.
  mutating func run() {
    do {
      connection.sendAtOnce()
      while let request = try nextRequest() {
        let isLast = try ResponseWriter(connection, context).write(handler(request), to: request.head)
        guard !isLast else { break }
        try reader.startNext()
      }
      linger()
    } catch let error as Refusal {
      _ = try? ResponseWriter(connection, context).write(.status(error.status), to: nil)
      linger()
    } catch {
      // The connection is broken or the server stops: there is nobody left to tell.
    }
  }

  /// A request that is answered without the handler, and after which the connection is closed.
  private struct Refusal: Error {
    let status: Int
  }

  /// Reads a whole request; nil when the client closed the connection instead of sending one.
  private mutating func nextRequest() throws -> HTTPRequest? {
    var request: HTTPRequest?
    let context = context.within(.after(context.limits.exchange))
    while true {
      let event: HTTPEvent
      do throws(HTTPError) {
        event = try reader.next()
      } catch {
        throw Refusal(status: ServedConnection.status(for: error))
      }
      switch event {
      case .needMore:
        if let bytes = try connection.recv(context) { reader.receive(bytes) } else { reader.receiveEnd() }
      case .request(let head):
        request = HTTPRequest(head: head)
        try sayContinue(to: head)
      case .body(let piece):
        request?.body += piece
        guard (request?.body.count ?? 0) <= maximumBody else { throw Refusal(status: 413) }
      case .trailers(let fields): request?.trailers = fields
      case .end(let end):
        request?.end = end
        return request
      case .closed: return nil
      case .informational, .response, .chunk: continue
      }
    }
  }

  /// Tells a client that waits for it to send the body (RFC 9110 §10.1.1).
  private func sayContinue(to head: HTTPRequestHead) throws {
    guard head.version >= .http11, head.headers["Expect"]?.lowercased() == "100-continue" else { return }
    try connection.send(try HTTPResponseHead(status: 100).bytes(), context)
  }

  private static func status(for error: HTTPError) -> Int {
    switch error.code {
    case "http-header-too-large": 431
    case "http-version-unsupported": 505
    default: 400
    }
  }

  /// Closes without a reset that could overtake the answer: end our direction, then read a while (RFC 9112 §9.6).
  private func linger() {
    let end = context.within(.after(nanoseconds: 1_000_000_000))
    guard (try? connection.shutdownWrite(end)) != nil else { return }
    var left = 64
    while left > 0, let bytes = try? connection.recv(end), !bytes.isEmpty { left -= 1 }
  }
}
