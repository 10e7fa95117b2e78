import Net
import Transport
import Wire

/// A request and its response as they went over the wire, with their times.
struct RecordedExchange {
  let connection: Int
  /// The exchange's number in the session, 0 for one made by hand.
  let number: Int
  let isProtected: Bool
  let remote: SocketName?
  /// Whether the session's map led to another place than the URL says.
  let isMapped: Bool
  let request: HTTPRequestHead
  let requestBody: [UInt8]
  let hasRequestBody: Bool
  let requestSizes: (head: Int, body: Int)
  var response: HTTPResponseHead?
  var responseBody: [UInt8] = []
  var hasResponseBody = true
  var responseSizes = (head: -1, body: -1)
  /// Nanoseconds of the monotonic clock: when sending began and ended, the first and the last byte came.
  var times: (began: Int64, sent: Int64, first: Int64, last: Int64)
  /// When it began, by the wall clock.
  let started: Timestamp
  /// What was done before the first exchange of a connection: nanoseconds for names, connecting and TLS.
  var before: (names: Int64, connect: Int64, handshake: Int64)?

  var scheme: String { isProtected ? "https" : "http" }

  /// The URL that was asked for: the target in absolute form, else with the Host before it (RFC 9112 §3.3).
  var url: String {
    if request.target.hasPrefix("http://") || request.target.hasPrefix("https://") { return request.target }
    let host = request.headers["Host"] ?? remote.map { "\($0)" } ?? ""
    return "\(scheme)://\(host)\(request.target.hasPrefix("/") ? request.target : "/")"
  }
}

extension RecordedExchange {
  /// Finds the exchanges of HTTP in what a recorder has of a connection, in their order.
  static func all(_ steps: [Step]) -> [RecordedExchange] {
    guard let connection = steps.first?.connection else { return [] }
    let sent = RecordedStream(steps, .seal, .send)
    let received = RecordedStream(steps, .open, .recv)
    var exchanges: [RecordedExchange] = []
    var requests = HTTPReader(role: .server)
    requests.receive(sent.bytes)
    requests.receiveEnd()
    var responses = HTTPReader(role: .client(requestMethod: "GET"))
    responses.receive(received.bytes)
    responses.receiveEnd()
    var isFirst = true
    while let request = Message(&requests, method: nil, isFirst: isFirst), let head = request.request,
      let begin = sent.step(at: request.start)
    {
      let end = sent.step(at: max(request.start, request.end - 1)) ?? begin
      let took = begin.end - begin.start
      var exchange = RecordedExchange(
        connection: connection, number: begin.exchange, isProtected: steps.contains { $0.kind == .seal },
        remote: steps.first { $0.kind == .connect && $0.error == nil }?.remote,
        isMapped: steps.contains { $0.kind == .map },
        request: head, requestBody: request.body, hasRequestBody: sent.isWhole(request.headEnd..<request.end),
        requestSizes: (request.headEnd - request.start, request.end - request.headEnd),
        times: (begin.start, end.end, end.end, end.end), started: Timestamp(nanoseconds: begin.wallClock - took),
        before: isFirst ? before(steps) : nil)
      if let response = Message(&responses, method: head.method, isFirst: isFirst) {
        exchange.add(response, received)
      }
      exchanges.append(exchange)
      isFirst = false
    }
    return exchanges
  }

  private mutating func add(_ message: Message, _ stream: RecordedStream) {
    response = message.response
    responseBody = message.body
    hasResponseBody = message.isComplete && stream.isWhole(message.headEnd..<message.end)
    responseSizes = (message.headEnd - message.start, message.end - message.headEnd)
    times.first = stream.step(at: message.start)?.end ?? times.sent
    times.last = stream.step(at: max(message.start, message.end - 1))?.end ?? times.first
  }

  private static func before(_ steps: [Step]) -> (names: Int64, connect: Int64, handshake: Int64) {
    func took(_ kind: Step.Kind) -> Int64 {
      steps.filter { $0.kind == kind }.reduce(0) { $0 &+ max(0, $1.end - $1.start) }
    }
    return (took(.resolve), took(.connect), took(.handshake))
  }

  /// One message of a stream, as far as it can be read.
  private struct Message {
    var request: HTTPRequestHead?
    var response: HTTPResponseHead?
    var body: [UInt8] = []
    let start: Int
    var headEnd: Int
    var end: Int
    var isComplete = false

    /// Reads the next message; nil where there is none, or no head of it.
    init?(_ reader: inout HTTPReader, method: String?, isFirst: Bool) {
      if !isFirst || method != nil {
        // A reader that has not read yet takes the method all the same.
        if isFirst {
          let rest = reader.withdraw()
          reader = HTTPReader(role: .client(requestMethod: method ?? "GET"))
          reader.receive(rest)
          reader.receiveEnd()
        } else if (try? reader.startNext(requestMethod: method ?? "")) == nil {
          return nil
        }
      }
      start = reader.offset
      (headEnd, end) = (start, start)
      while let event = try? reader.next() {
        switch event {
        case .request(let head): (request, headEnd) = (head, reader.offset)
        case .response(let head): (response, headEnd) = (head, reader.offset)
        case .body(let piece): body += piece
        case .end:
          (end, isComplete) = (reader.offset, true)
          return
        case .needMore, .closed:
          if request == nil, response == nil { return nil }
          end = reader.offset
          return
        default: continue
        }
      }
      guard request != nil || response != nil else { return nil }
      end = reader.offset
    }
  }
}
