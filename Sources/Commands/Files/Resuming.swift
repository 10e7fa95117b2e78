import Clients
import Coding
import Interpreter
import Net
import System
import Wire

/// The saving of a response that goes on where an earlier one broke off: with Range and If-Range (RFC 9110 §13.1.5, §14.2).
struct Resuming {
  private let stream: Stream
  private let origin: ResponseOrigin
  private let path: String

  /// Takes a response whose body nobody has read yet; nil for anything else, and for a body whose codings were undone, of which no
  /// part can be asked for.
  init?(_ input: Value, _ path: String) {
    guard case .record(let record) = input, case .stream(let stream)? = record["body"],
      let origin = record.origin as? ResponseOrigin
    else { return nil }
    guard origin.responding.isRaw || !origin.exchange.head.headers.contains("Content-Encoding") else { return nil }
    self.stream = stream
    self.origin = origin
    self.path = path
  }

  /// Where the bytes come from that are still to be written.
  private enum Remainder {
    /// Nothing usable is there.
    case all
    case rest(HTTPExchange)
    case nothing
  }

  func run(_ machine: Machine, _ wanted: Checksum?) throws {
    let part = try PartialFile(path)
    switch try remainder(part) {
    case .nothing: break
    case .rest(let exchange): try receive(exchange, part, machine)
    case .all: try receive(begin(part), part, machine)
    }
    try check(part, wanted)
    try part.finish()
  }

  private func receive(_ exchange: HTTPExchange, _ part: PartialFile, _ machine: Machine) throws {
    var transfer = Transfer("save", of: Self.length(exchange.head, from: part.count))
    transfer.add(part.count)
    machine.show(transfer)
    defer { machine.show(nil) }
    while let piece = try exchange.nextPiece() {
      try machine.checkpoint()
      try part.write(piece)
      transfer.add(piece.count)
      machine.show(transfer)
    }
  }

  /// Begins anew with the response that is there.
  private func begin(_ part: PartialFile) throws -> HTTPExchange {
    guard (200..<300).contains(origin.exchange.head.status) else {
      let head = origin.exchange.head
      origin.exchange.close()
      throw ValueError(
        "http-status", "\(origin.exchange.call.title): the server answered \(head.status) \(head.reason)", layer: .http)
    }
    try part.restart(as: Self.label(origin.exchange))
    return origin.exchange
  }

  /// Finds out what is missing: all of it where what is there is a part of something else.
  private func remainder(_ part: PartialFile) throws -> Remainder {
    let head = origin.exchange.head
    guard part.count > 0, head.status == 200, let validator = Self.validator(head.headers),
      part.label == Self.label(origin.exchange)
    else { return .all }
    let isWhole = Self.length(head, from: 0) == part.count
    stream.close()
    return isWhole ? .nothing : try ask(part, validator)
  }

  /// Asks for the rest; a server that knows no ranges, or has something else by now, sends the whole.
  private func ask(_ part: PartialFile, _ validator: String) throws -> Remainder {
    var call = origin.exchange.call
    call.headers.set("Range", "bytes=\(part.count)-")
    call.headers.set("If-Range", validator)
    let exchange = try origin.responding.client.start(call, origin.responding.context)
    let head = exchange.head
    switch head.status {
    case 206 where head.headers["Content-Range"]?.hasPrefix("bytes \(part.count)-") ?? false: return .rest(exchange)
    case 206:
      exchange.close()
      throw ValueError(
        "http-range", "\(call.title): the server sent another part than the one asked for", layer: .http)
    case 200:
      try part.restart(as: Self.label(exchange))
      return .rest(exchange)
    default:
      exchange.close()
      throw ValueError("http-status", "\(call.title): the server answered \(head.status) \(head.reason)", layer: .http)
    }
  }

  private func check(_ part: PartialFile, _ wanted: Checksum?) throws {
    guard let wanted else { return }
    let digest = try Digest(wanted.algorithm)
    try part.read { try digest.update($0) }
    do { try wanted.check(try digest.finish(), path) } catch {
      part.discard()
      throw error
    }
  }

  /// What a part must be of to be continued: the URL, and what says that it is the same as before.
  private static func label(_ exchange: HTTPExchange) -> String {
    "\(exchange.call.url)\n\(validator(exchange.head.headers) ?? "")\n"
  }

  /// A strong entity tag, else the time of the last change (RFC 9110 §13.1.5).
  private static func validator(_ headers: HTTPHeaders) -> String? {
    if let tag = headers["ETag"], !tag.hasPrefix("W/") { return tag }
    return headers["Last-Modified"]
  }

  /// How many bytes the whole will have.
  private static func length(_ head: HTTPResponseHead, from start: Int) -> Int? {
    guard let text = head.headers["Content-Length"], let rest = Int(text) else { return nil }
    let (sum, overflow) = rest.addingReportingOverflow(head.status == 206 ? start : 0)
    return overflow ? nil : sum
  }
}
