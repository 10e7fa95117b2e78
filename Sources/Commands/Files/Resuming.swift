import Clients
import Coding
import Interpreter
import Net
import System
import Wire

/// The saving of a response that goes on where an earlier one broke off: with Range and If-Range (RFC 9110 §13.1.5, §14.2).
struct Resuming {
  private let responding: Responding
  /// The exchange, if it was begun before we were asked.
  private let begun: HTTPExchange?
  private let path: String

  /// Takes a request that is still to be made, or a response whose body nobody has read yet; nil for anything else.
  init?(_ input: Value, _ path: String) {
    guard case .record(let record) = input else { return nil }
    if let pending = record.origin as? PendingResponse {
      (responding, begun) = (pending.responding, nil)
    } else if case .stream? = record["body"], let origin = record.origin as? ResponseOrigin {
      (responding, begun) = (origin.responding, origin.exchange)
    } else {
      return nil
    }
    self.path = path
  }

  /// Writes what is missing; gives the response where it can only be saved whole, since codings are undone of which no part can be asked for.
  func run(_ machine: Machine, _ wanted: Checksum?) throws -> Value? {
    let part = try PartialFile(path)
    if part.count > 0, let validator = validator(of: part) {
      begun?.close()
      guard let rest = try ask(for: part, validator, machine) else { return try finish(part, wanted) }
      try receive(rest, part, machine)
      return try finish(part, wanted)
    }
    let exchange = try begun ?? responding.begin(machine)
    guard responding.isRaw || !exchange.head.headers.contains("Content-Encoding") else {
      part.discard()
      return .record(try responding.record(of: exchange))
    }
    try accept(exchange)
    try part.restart(as: label(exchange))
    try receive(exchange, part, machine)
    return try finish(part, wanted)
  }

  private func finish(_ part: PartialFile, _ wanted: Checksum?) throws -> Value? {
    try check(part, wanted)
    try part.finish()
    return nil
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

  /// Refuses what is no success: an error's page is not what was to be saved.
  private func accept(_ exchange: HTTPExchange) throws {
    let head = exchange.head
    guard !(200..<300).contains(head.status) else { return }
    exchange.close()
    throw ValueError(
      "http-status", "\(exchange.call.title): the server answered \(head.status) \(head.reason)", layer: .http)
  }

  /// Asks for what is missing, in one request: a server that knows no ranges, or has something else by now, answers with the whole. Nil if
  /// nothing is missing.
  private func ask(for part: PartialFile, _ validator: String, _ machine: Machine) throws -> HTTPExchange? {
    var responding = responding
    responding.call.headers.set("Range", "bytes=\(part.count)-")
    responding.call.headers.set("If-Range", validator)
    responding.fails = false
    let exchange = try responding.begin(machine)
    let head = exchange.head
    switch head.status {
    case 206 where head.headers["Content-Range"]?.hasPrefix("bytes \(part.count)-") ?? false: return exchange
    case 206:
      exchange.close()
      throw ValueError(
        "http-range", "\(responding.call.title): the server sent another part than the one asked for", layer: .http)
    // Nothing lies behind what is here (RFC 9110 §15.5.17): all is, or the file is shorter now and comes anew.
    case 416:
      exchange.close()
      if head.headers["Content-Range"] == "bytes */\(part.count)" { return nil }
      let whole = try self.responding.begin(machine)
      try accept(whole)
      try part.restart(as: label(whole))
      return whole
    default:
      try accept(exchange)
      try part.restart(as: label(exchange))
      return exchange
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

  /// What is written down of a part: the URL that was asked for, and what says that the file is the same as before.
  private func label(_ exchange: HTTPExchange) -> String {
    let validator = exchange.head.status == 200 ? Self.validator(exchange.head.headers) : nil
    return "\(responding.call.url.withoutCredentials.text)\n\(validator ?? "")\n"
  }

  /// Gives what a part is known by, if it is one of what is asked for, and the request is one that can go on with it.
  private func validator(of part: PartialFile) -> String? {
    let call = responding.call
    guard call.method == "GET", !call.headers.contains("Range"), responding.isRaw || call.acceptedCodings == nil else {
      return nil
    }
    let lines = part.label.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 2, lines[0] == call.url.withoutCredentials.text, !lines[1].isEmpty else { return nil }
    return String(lines[1])
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
