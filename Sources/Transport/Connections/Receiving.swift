import Net
import System

extension Connection {
  /// How much one recv(2) may bring where nobody says.
  public static let chunk = 65_536

  /// Gives what is buffered, else makes exactly one recv(2) that brings something; nil at the end of the stream.
  ///
  /// Errors, here and below: `timeout`, `interrupted`, `closed`, `ECONNRESET`. What was received before stays in the buffer.
  ///
  /// On a datagram socket it is one datagram, which may be empty, and never nil.
  public func recv(max: Int = chunk, _ context: NetworkContext) throws(TransportError) -> [UInt8]? {
    guard max > 0 else { return [] }
    guard !isDatagram else { return try recvDatagram(max: max, context).data }
    return try gather(.some, context, chunk: max) { buffer, ended throws(TransportError) in
      guard buffer.isEmpty else { return .some(buffer.take(max)) }
      return ended ? .some(nil) : nil
    }
  }

  /// Receives a line and strips its CRLF or LF; nil at the end of the stream. A last line without its end counts as one.
  ///
  /// Error besides: `too-long` for a line of more than `max` bytes.
  public func recvLine(max: Int? = nil, _ context: NetworkContext) throws(TransportError) -> [UInt8]? {
    let limit = max ?? context.limits.gather
    return try gather(.line, context) { buffer, ended throws(TransportError) in
      if let length = buffer.length(through: [0x0a]) {
        guard length <= limit else { throw self.failure(.line, .tooLong(limit: limit)) }
        var line = buffer.take(length)
        line.removeLast()
        if line.last == 0x0d { line.removeLast() }
        return .some(line)
      }
      guard buffer.count <= limit else { throw self.failure(.line, .tooLong(limit: limit)) }
      guard ended else { return nil }
      return .some(buffer.isEmpty ? nil : buffer.take(buffer.count))
    }
  }

  /// Receives up to and including the first `mark`.
  ///
  /// Errors besides: `eof` if the stream ends before it, `too-long` if it takes more than `max` bytes.
  public func recvUntil(
    _ mark: [UInt8], max: Int? = nil, _ context: NetworkContext
  ) throws(TransportError) -> [UInt8] {
    let limit = max ?? context.limits.gather
    return try gather(.until(mark), context) { buffer, ended throws(TransportError) in
      if let length = buffer.length(through: mark) {
        guard length <= limit else { throw self.failure(.until(mark), .tooLong(limit: limit)) }
        return buffer.take(length)
      }
      guard buffer.count < limit else { throw self.failure(.until(mark), .tooLong(limit: limit)) }
      guard !ended else { throw self.failure(.until(mark), .eof(buffered: buffer.count)) }
      return nil
    }
  }

  /// Receives up to the end that `look` finds in what came so far; `title` names it in errors.
  ///
  /// `look` is given the bytes and the offset from which to look on. Errors besides: `eof` and `too-long`, as for a mark.
  public func recvUntil(
    _ title: String, _ context: NetworkContext, _ look: (UnsafeBufferPointer<UInt8>, Int) -> Sought
  ) throws(TransportError) -> [UInt8] {
    let limit = context.limits.gather
    let wanted = TransportError.Wanted.until(Array(title.utf8))
    var isFresh = true
    return try gather(wanted, context) { buffer, ended throws(TransportError) in
      if isFresh { buffer.forgetSearch() }
      isFresh = false
      if let length = buffer.length(look) { return buffer.take(length) }
      guard buffer.count < limit else { throw self.failure(wanted, .tooLong(limit: limit)) }
      guard !ended else { throw self.failure(wanted, .eof(buffered: buffer.count)) }
      return nil
    }
  }

  /// Receives exactly so many bytes. Errors besides: `eof` if the stream ends before them, `too-long` beyond the limit.
  public func recvExactly(_ count: Int, _ context: NetworkContext) throws(TransportError) -> [UInt8] {
    let limit = context.limits.gather
    guard count <= limit else { throw failure(.exactly(count), .tooLong(limit: limit)) }
    return try gather(.exactly(count), context) { buffer, ended throws(TransportError) in
      guard buffer.count < count else { return buffer.take(count) }
      guard !ended else { throw self.failure(.exactly(count), .eof(buffered: buffer.count)) }
      return nil
    }
  }

  /// Receives all that comes until the end of the stream. Error besides: `too-long` for more than `max` bytes.
  public func recvAll(max: Int? = nil, _ context: NetworkContext) throws(TransportError) -> [UInt8] {
    let limit = max ?? context.limits.gather
    return try gather(.all, context, chunk: 262_144) { buffer, ended throws(TransportError) in
      guard buffer.count <= limit else { throw self.failure(.all, .tooLong(limit: limit)) }
      return ended ? buffer.take(buffer.count) : nil
    }
  }

  func failure(_ wanted: TransportError.Wanted, _ reason: TransportError.Reason) -> TransportError {
    TransportError(layer: transport, .receive(wanted, from: remote), reason)
  }

  /// What one look at the buffer and the socket came to.
  private enum Look<Result: Sendable>: Sendable {
    case enough(Result)
    /// The buffer has not enough, and the step that receives more has not begun.
    case mustReceive
    /// Bytes of the wire, and what a protection made of them.
    case received([UInt8], Opened?)
    case nothingYet
  }

  /// Receives into the buffer until `take` finds there what it wants, or throws.
  ///
  /// `take` is told whether the stream has ended, and must not give nil once it has.
  private func gather<Result: Sendable>(
    _ wanted: TransportError.Wanted, _ context: NetworkContext, chunk: Int = chunk,
    _ take: (inout ReceiveBuffer, Bool) throws(TransportError) -> Result?
  ) throws(TransportError) -> Result {
    guard !isDatagram else { throw failure(wanted, .noStream) }
    var step: Step?
    while true {
      let look: Look<Result>
      do throws(TransportError) {
        look = try incoming.withLock { incoming throws(TransportError) in
          if let result = try take(&incoming.buffer, incoming.ended) { return .enough(result) }
          guard !incoming.ended else { throw self.failure(wanted, .eof(buffered: incoming.buffer.count)) }
          if let error = incoming.failure { throw self.failure(wanted, .protection(error)) }
          guard step != nil else { return .mustReceive }
          return try self.receive(wanted, chunk: chunk, &incoming)
        }
        if case .nothingYet = look {
          try awaitReady(.read, context, .receive(wanted, from: remote))
          continue
        }
      } catch {
        if var step {
          step.error = error
          context.report(step)
        }
        throw error
      }
      switch look {
      case .enough(let result): return result
      case .mustReceive:
        var next = self.step(.recv, context)
        try context.demand(&next, .receive(wanted, from: remote))
        step = next
      case .nothingYet: continue
      case .received(let bytes, let opened):
        guard var done = step else { continue }
        done.bytes = bytes
        done.byteCount = bytes.count
        if bytes.isEmpty { done.detail = "the end of the stream" }
        context.report(done)
        step = nil
        guard let protection, let opened else { continue }
        // Nothing counts behind the announcement of the end (RFC 8446 §6.1), so that is told last.
        let messages = protection.takeMessages()
        let before = opened.isEnd ? messages.dropLast() : messages[...]
        report(Array(before), context)
        report(.open, plain: opened.plain, context)
        report(Array(messages[before.endIndex...]), context)
        // If it cannot be sent, the next call on the socket says so.
        if !opened.reply.isEmpty { try? transmit(opened.reply, context) }
      }
    }
  }

  /// Makes one recv(2) that does not wait, and opens what a protection sealed.
  private func receive<Result: Sendable>(
    _ wanted: TransportError.Wanted, chunk: Int, _ incoming: inout Incoming
  ) throws(TransportError) -> Look<Result> {
    let wire: [UInt8]
    do throws(SystemCallError) {
      wire = try descriptor.recv(max: chunk)
    } catch {
      guard error.wouldBlock else { throw failure(wanted, reason(of: error)) }
      return .nothingYet
    }
    guard let protection else {
      if !wire.isEmpty { incoming.buffer.append(wire) } else { end(&incoming) }
      return .received(wire, nil)
    }
    let opened = protection.open(wire)
    if !opened.plain.isEmpty { incoming.buffer.append(opened.plain) }
    incoming.failure = opened.failure
    if opened.isEnd { end(&incoming) }
    return .received(wire, opened)
  }

  private func end(_ incoming: inout Incoming) {
    incoming.ended = true
    become(.peerClosed)
  }
}
