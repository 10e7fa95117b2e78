import Interpreter
import Net
import Synchronization
import Transport
import Wire

/// A part of a message as it comes.
enum HTTPPiece {
  case interim(HTTPResponseHead)
  case response(HTTPResponseHead, HTTPFraming?)
  case request(HTTPRequestHead, HTTPFraming?)
  /// A chunk-size line and data of its chunk, at most `HTTPDialogue.pieceSize`; more of them come as `data`.
  case chunk(HTTPChunk, data: [UInt8])
  case data([UInt8], offset: Int)
  case trailers(HTTPHeaders)
  case end(HTTPEnd)
}

/// The HTTP that a connection carries piece by piece: the reader of what comes, and the methods of requests that are not answered.
///
/// What the reader has not used goes back to the connection after each piece, so that `recv` and `http read` may take turns.
final class HTTPDialogue: Sendable {
  /// How much of a chunk is gathered before it is given.
  static let pieceSize = 65_536

  /// Where the reading of the messages stands.
  private struct Reading: Sendable {
    var reader: HTTPReader?
    /// A chunk whose data are being gathered.
    var gathering: (chunk: HTTPChunk, data: [UInt8])?
    /// The end of the message, once it was given.
    var end: HTTPEnd?
  }

  private let reading = Mutex(Reading())
  private let methods = Mutex<[String]>([])
  private let isBusy = Atomic(false)

  /// Takes note of a request that was sent.
  func sent(_ method: String) { methods.withLock { $0.append(method) } }

  private var nextMethod: String? { methods.withLock { $0.isEmpty ? nil : $0.removeFirst() } }

  /// Gives the next part of what comes on a connection, receiving as much as it needs; nil where the peer closed between messages, with
  /// no request unanswered.
  ///
  /// - Parameters:
  ///   - method: the method of the request that is answered; nil for that of the oldest one that `http send` sent, else GET.
  ///   - isNew: whether what was under way is forgotten, so that a head comes next.
  func next(
    _ connection: Connection, method: String?, isNew: Bool, _ context: NetworkContext
  ) throws -> HTTPPiece? {
    guard !isBusy.exchange(true, ordering: .acquiring) else {
      throw ValueError("busy", "another `http read` is under way on this connection", layer: .command)
    }
    defer { isBusy.store(false, ordering: .releasing) }
    // No lock is held while it waits.
    var work = isNew ? Reading() : reading.withLock { $0 }
    defer {
      if let rest = work.reader?.withdraw() { connection.putBack(rest) }
      reading.withLock { $0 = work }
    }
    return try piece(&work, connection, method, context)
  }

  private func piece(
    _ work: inout Reading, _ connection: Connection, _ method: String?, _ context: NetworkContext
  ) throws -> HTTPPiece? {
    if let end = work.end, var reader = work.reader {
      guard end.keepsAlive else { return nil }
      var method = method
      if reader.role == .server { method = "" }
      guard let method = try method ?? nextMethod ?? unasked(connection, context) else { return nil }
      try reader.startNext(requestMethod: method)
      (work.reader, work.end) = (reader, nil)
    }
    if work.reader == nil {
      guard let reader = try start(connection, method, context) else { return nil }
      work.reader = reader
    }
    while var reader = work.reader {
      defer { work.reader = reader }
      let offset = reader.offset
      let event: HTTPEvent
      do throws(HTTPError) {
        event = try reader.next()
      } catch {
        // What came of a chunk is given before the fault behind it, which the reader keeps.
        if let (chunk, data) = work.gathering {
          work.gathering = nil
          if !data.isEmpty { return .chunk(chunk, data: data) }
        }
        throw error
      }
      if let (chunk, data) = work.gathering {
        switch event {
        case .needMore: break
        case .body(let more) where chunk.size - data.count <= more.count || data.count + more.count >= Self.pieceSize:
          work.gathering = nil
          return .chunk(chunk, data: data + more)
        case .body(let more):
          work.gathering?.data += more
          continue
        default: break
        }
      }
      switch event {
      case .needMore:
        if let bytes = try connection.recv(max: 131_072, context) { reader.receive(bytes) } else { reader.receiveEnd() }
      case .informational(let head): return .interim(head)
      case .response(let head): return .response(head, reader.framing)
      case .request(let head): return .request(head, reader.framing)
      case .chunk(let chunk) where chunk.size == 0: return .chunk(chunk, data: [])
      case .chunk(let chunk): work.gathering = (chunk, [])
      case .body(let piece): return .data(piece, offset: offset)
      case .trailers(let fields): return .trailers(fields)
      case .end(let end):
        work.end = end
        return .end(end)
      case .closed: return nil
      }
    }
    return nil
  }

  /// Gives the method whose response something is taken for that comes though `http send` asked for nothing; nil if the peer closes instead.
  private func unasked(_ connection: Connection, _ context: NetworkContext) throws -> String? {
    guard let bytes = try connection.recv(max: 131_072, context) else { return nil }
    connection.putBack(bytes)
    return "GET"
  }

  /// Makes a reader for what comes first: of responses where a request was sent or it begins as `HTTP/` does, else of requests.
  private func start(_ connection: Connection, _ method: String?, _ context: NetworkContext) throws -> HTTPReader? {
    if let method = method ?? nextMethod { return HTTPReader(role: .client(requestMethod: method)) }
    if connection.asked != nil {
      return try unasked(connection, context).map { HTTPReader(role: .client(requestMethod: $0)) }
    }
    guard let bytes = try connection.recv(max: 131_072, context) else { return nil }
    let isRequest = HTTPMessage.beginsAsRequest(bytes)
    var reader = HTTPReader(role: isRequest ? .server : .client(requestMethod: "GET"))
    reader.receive(bytes)
    return reader
  }
}
