import Clients
import Coding
import Interpreter
import Net
import Transport
import Wire

/// A request with all that its options decided: it is started here, and once more where a broken transfer goes on.
struct Responding: Sendable {
  let client: HTTPClient
  var call: HTTPCall
  let context: NetworkContext
  /// Whether the content codings stay on the body.
  let isRaw: Bool
  /// How large a decoded body may be.
  let limit: Int?
  /// Whether a status of 400 or above is an error.
  var fails: Bool

  /// How many times larger than what came a body may become where nobody gave a limit.
  private static let ratio = 200

  /// Makes the request and gives the response with its body still under way; what goes on with an earlier transfer makes it itself.
  func start(_ machine: Machine) throws -> Value {
    guard machine.place?.isContinued != true else {
      return .record(Record(pairs: [], origin: PendingResponse(responding: self)))
    }
    return .record(try record(of: begin(machine)))
  }

  /// Makes the request; gives the exchange, whose body is still under way.
  func begin(_ machine: Machine) throws -> HTTPExchange {
    let exchange = try send(machine)
    machine.warn(of: exchange.connection, by: client)
    guard !fails || exchange.head.status < 400 else {
      exchange.close()
      throw HTTPStatusError(exchange.call, exchange.head)
    }
    return exchange
  }

  /// How long a body is from which on the person sees how far its sending is; of a stream nobody knows.
  private static let shownLength = 65_536

  /// Makes the request; a body of some length shows how far it is, until the head of the response is there.
  private func send(_ machine: Machine) throws -> HTTPExchange {
    let length = call.content.length
    guard length ?? .max > Self.shownLength else { return try client.start(call, context) }
    var context = context
    context.taps.append(TransferTap("send", of: length, .send, machine))
    defer { machine.show(nil) }
    return try client.start(call, context)
  }

  /// Gives the record of a response: what is known with the head, and what gives the rest when it is asked for.
  func record(of exchange: HTTPExchange) throws -> Record {
    let body = try Stream(bytes: true, close: { exchange.close() }, next: pieces(of: exchange))
    let head = exchange.head
    return Record(
      pairs: [
        ("status", .int(head.status)), ("reason", .string(head.reason)), ("version", .string("\(head.version)")),
        ("headers", HTTPRecords.headers(head.headers)), ("body", .stream(body)), ("url", .url(exchange.call.url)),
        ("redirects", .list(exchange.redirects.map(Self.redirect))),
      ], origin: ResponseOrigin(exchange: exchange, responding: self))
  }

  /// Gives what gives the body piece by piece, with its codings undone.
  func pieces(of exchange: HTTPExchange) throws -> () throws -> Value? {
    let codings = exchange.head.headers.list("Content-Encoding")
    let plain = { try exchange.nextPiece().map { Value.bytes($0) } }
    guard !isRaw, !codings.isEmpty else { return plain }
    let decoder: ContentDecoder
    do {
      decoder = try ContentDecoder(codings: codings, limit: limit ?? .max, ratio: limit == nil ? Self.ratio : nil)
    } catch {
      exchange.close()
      throw error
    }
    guard !decoder.isIdentity else { return plain }
    var isOver = false
    return {
      while true {
        if let piece = try decoder.next() { return .bytes(piece) }
        guard !isOver else { return nil }
        if let wire = try exchange.nextPiece() {
          decoder.receive(wire)
        } else {
          isOver = true
          try decoder.finish()
        }
      }
    }
  }

  private static func redirect(_ redirect: HTTPRedirect) -> Value {
    .record(
      Record([
        "status": .int(redirect.status), "method": .string(redirect.method), "from": .url(redirect.from),
        "to": .url(redirect.to),
      ]))
  }
}
