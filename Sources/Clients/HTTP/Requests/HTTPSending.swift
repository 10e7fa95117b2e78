import Glibc
import Net
import System
import Transport
import Wire

/// The sending of one request on a connection, up to the head of its response.
struct HTTPSending {
  let call: HTTPCall
  /// When the first exchange of the chain began.
  let began: Int64
  let trail: [HTTPRedirect]
  let limits: HTTPLimits
  let context: NetworkContext

  /// What came so far.
  private struct Progress {
    var reader: HTTPReader
    var informational: [HTTPResponseHead] = []
    var final: HTTPResponseHead?
    /// When the first byte of the response came.
    var firstByte: Int64 = 0
    /// Whether the whole body went out.
    var isSent = true
  }

  /// Sends the request and receives up to the end of the final head; `heard` becomes true with the first byte that comes.
  ///
  /// If it fails the connection is closed.
  func start(
    on link: HTTPLink, _ pool: HTTPPool?, _ timings: HTTPTimings, _ heard: inout Bool
  ) throws(HTTPClientError) -> HTTPExchange {
    var progress = Progress(
      reader: HTTPReader(role: .client(requestMethod: call.method), limits: limits))
    var timings = timings
    do throws(HTTPClientError) {
      let start = monotonicNow()
      try send(link.connection, &progress)
      let sent = monotonicNow()
      timings.send = sent - start
      while progress.final == nil { try advance(link.connection, &progress) }
      heard = true
      timings.firstByte = max(0, progress.firstByte - sent)
    } catch {
      heard = progress.firstByte > 0
      link.connection.close(context)
      throw error
    }
    guard let head = progress.final else { throw HTTPClientError(call, .http(.misuse(.messageUnfinished))) }
    return HTTPExchange(
      self, link, pool, head: head, informational: progress.informational, reader: progress.reader,
      timings: timings, firstByte: progress.firstByte, isSent: progress.isSent)
  }

  /// Gives the next event to the progress, receiving as much as it needs for it.
  private func advance(_ connection: Connection, _ progress: inout Progress) throws(HTTPClientError) {
    while true {
      let event: HTTPEvent
      do throws(HTTPError) { event = try progress.reader.next() } catch { throw HTTPClientError(call, .http(error)) }
      switch event {
      case .informational(let head): return progress.informational.append(head)
      case .response(let head):
        try HTTPExchange.hold(head, call, connection, context)
        return progress.final = head
      case .needMore:
        try HTTPExchange.receive(call, connection, context, &progress.reader)
        if progress.firstByte == 0, progress.reader.offset > 0 || !progress.reader.unconsumed.isEmpty {
          progress.firstByte = monotonicNow()
        }
      default: continue
      }
    }
  }

  // MARK: The request

  /// Sends head and body. A server that answers and closes before it has read all of it breaks the sending off; its
  /// answer is then what counts (RFC 9112 §9.5), so the failure is left to the receiving.
  private func send(_ connection: Connection, _ progress: inout Progress) throws(HTTPClientError) {
    do throws(HTTPClientError) {
      try sendAll(connection, &progress)
    } catch {
      guard case .transport(let failure) = error.reason, failure.code == "EPIPE" || failure.code == "ECONNRESET" else {
        throw error
      }
      progress.isSent = false
    }
  }

  private func sendAll(_ connection: Connection, _ progress: inout Progress) throws(HTTPClientError) {
    let head: HTTPRequestHead
    var bytes: [UInt8]
    do throws(HTTPError) {
      head = try call.framedHead()
      bytes = try head.bytes()
    } catch {
      throw HTTPClientError(call, .http(error))
    }
    let waits = head.headers.list("Expect").contains { $0.lowercased() == "100-continue" } && !call.content.isNone
    if case .bytes(let body) = call.content, !waits {
      // A small request goes out whole, by one send(2).
      if body.count <= 65_536 { bytes += body }
      try put(bytes, connection, as: .request)
      if body.count > 65_536 { try put(body, connection, as: .chunk) }
      return
    }
    try put(bytes, connection, as: .request)
    if waits { try awaitContinue(connection, &progress) }
    if progress.final != nil { return progress.isSent = false }
    switch call.content {
    case .none: return
    case .bytes(let body): try put(body, connection, as: .chunk)
    case .parts(let parts): for part in parts { try put(part, connection, &progress) }
    case .stream(let source): try put(source, connection, &progress)
    }
  }

  /// Sends bytes once the taps have let them go as a message of HTTP, or a part of one.
  private func put(_ bytes: [UInt8], _ connection: Connection, as kind: Step.Kind) throws(HTTPClientError) {
    var bytes = bytes
    if context.isHeld {
      var step = connection.step(kind, context)
      step.remote = connection.remote
      step.bytes = bytes
      switch context.hold(&step) {
      case .go: break
      case .instead(let edited): bytes = edited
      case .skip: return
      case .stop:
        let activity = TransportError.Activity.send(count: bytes.count, to: connection.remote, sent: 0)
        throw HTTPClientError(call, .transport(TransportError(layer: connection.transport, activity, .interrupted)))
      }
    }
    do throws(TransportError) {
      try connection.send(bytes, context)
    } catch {
      throw HTTPClientError(call, .transport(error))
    }
  }

  /// Waits a second at most for the leave to send the body (RFC 9110 §10.1.1).
  private func awaitContinue(_ connection: Connection, _ progress: inout Progress) throws(HTTPClientError) {
    let end = min(context.deadline, .after(nanoseconds: 1_000_000_000))
    do throws(WaitError) {
      try wait([connection.descriptor], for: .read, deadline: end, interrupt: context.interrupt)
    } catch {
      return
    }
    try advance(connection, &progress)
  }

  /// Whether the server has answered already, so that it does not want the rest of the body.
  private func isAnswered(_ connection: Connection, _ progress: inout Progress) throws(HTTPClientError) -> Bool {
    while progress.final == nil {
      do throws(WaitError) {
        try wait(
          [connection.descriptor], for: .read, deadline: Deadline(nanoseconds: 0), interrupt: context.interrupt)
      } catch {
        return false
      }
      try advance(connection, &progress)
    }
    progress.isSent = false
    return true
  }

  /// Sends a part; of a file exactly as many bytes as were promised.
  private func put(
    _ part: HTTPPart, _ connection: Connection, _ progress: inout Progress
  ) throws(HTTPClientError) {
    guard case .file(let path, let length) = part else {
      if case .bytes(let bytes) = part { try put(bytes, connection, as: .chunk) }
      return
    }
    let file: UploadFile
    do throws(FileError) { file = try UploadFile(path) } catch { throw HTTPClientError(call, .content(error)) }
    var left = length
    while left > 0 {
      guard try !isAnswered(connection, &progress) else { return }
      let piece: [UInt8]
      do throws(FileError) { piece = try file.read(left) } catch { throw HTTPClientError(call, .content(error)) }
      try put(piece, connection, as: .chunk)
      left -= piece.count
    }
  }

  /// Sends what a source gives, each piece as a chunk.
  private func put(
    _ source: HTTPSource, _ connection: Connection, _ progress: inout Progress
  ) throws(HTTPClientError) {
    while let piece = try next(of: source) {
      guard !piece.isEmpty else { continue }
      guard try !isAnswered(connection, &progress) else { return }
      try put(try coded { () throws(HTTPError) in try HTTPWriter.chunk(piece) }, connection, as: .chunk)
    }
    try put(try coded { () throws(HTTPError) in try HTTPWriter.lastChunk() }, connection, as: .chunk)
  }

  private func next(of source: HTTPSource) throws(HTTPClientError) -> [UInt8]? {
    do { return try source.next() } catch {
      throw HTTPClientError(call, .content(error as? any LayeredError ?? HTTPError.misuse(.messageUnfinished)))
    }
  }

  private func coded(_ make: () throws(HTTPError) -> [UInt8]) throws(HTTPClientError) -> [UInt8] {
    do throws(HTTPError) { return try make() } catch { throw HTTPClientError(call, .http(error)) }
  }
}
