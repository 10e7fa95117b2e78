import Net
import Transport
import Wire

extension ServedConnection {
  /// Sends what waits for the wire; false if the system does not take all of it now.
  func flush() throws -> Bool {
    while sent < wire.count {
      let count = try connection.transmitNow(wire, from: sent, hasMore: hasMore, context)
      guard count > 0 else {
        watch(.write)
        return false
      }
      sent += count
      if case .writing = phase { expire(after: limits.silence) }
    }
    if !wire.isEmpty { wire = [] }
    sent = 0
    hasMore = false
    return true
  }

  /// Sends as much of the answer as the system takes now, but not so much that others would wait.
  func write() throws {
    isAwaitingBody = false
    var left = 4 << 20
    while left > 0 {
      guard try flush() else { return }
      guard let piece = try outgoing?.next(takesFiles: protection == nil) else { return finish() }
      switch piece {
      case .later:
        // `takeMore` goes on; meanwhile only the loss of the connection is of interest.
        isAwaitingBody = true
        expire(after: limits.answer)
        return watch([])
      case .cut:
        noteAnswer(isWhole: false)
        outgoing = nil
        return linger()
      case .bytes(let bytes, let hasMore):
        wire = try sealed(bytes)
        self.hasMore = hasMore
        answered += bytes.count
        left -= bytes.count
      case .file(let file, let offset, let count):
        guard let moved = try connection.transmitNow(file, at: offset, count: count, context) else {
          return watch(.write)
        }
        guard moved > 0 else { throw OutgoingResponse.BrokenOff() }
        outgoing?.advance(moved)
        answered += moved
        left -= moved
        expire(after: limits.silence)
      }
    }
    watch(.write)
  }

  func sealed(_ bytes: [UInt8]) throws -> [UInt8] {
    guard let protection else { return bytes }
    let start = monotonicNow()
    let wire = try protection.seal(bytes)
    connection.report(.seal, plain: bytes, since: start, context)
    return wire
  }

  /// Tells of the answer that is under way in the log.
  func noteAnswer(isWhole: Bool) {
    guard let outgoing else { return }
    loop.note(
      head, from: connection.remote, status: outgoing.status, bytes: max(0, answered - outgoing.headLength),
      since: began ?? loop.now, isWhole: isWhole)
  }

  /// Makes ready for the next request, or for the end.
  private func finish() {
    guard let outgoing else { return }
    noteAnswer(isWhole: true)
    outgoing.pipe?.abandon()
    self.outgoing = nil
    guard !outgoing.isLast else { return linger() }
    do throws(HTTPError) { try reader.startNext() } catch { return linger() }
    start = reader.offset
    head = nil
    target = nil
    release()
    trailers = []
    began = nil
    answered = 0
    idleSince = loop.now
    phase = .reading
    watch(.read)
    expire(after: limits.idle)
  }

  /// Ends our direction and lets pass what still comes: to close now could destroy the answer on its way (RFC 9112 §9.6).
  func linger() {
    phase = .lingering
    if let protection, let goodbye = try? protection.finish() {
      wire = goodbye
      guard (try? flush()) == true else { return close() }
    }
    guard (try? connection.shutdownWrite(context)) != nil else { return close() }
    watch(.read)
    expire(after: TimeSpan(nanoseconds: 1_000_000_000))
  }

  func discard() throws {
    guard case .bytes(let bytes) = try connection.receiveNow(max: 65_536, context) else { return close() }
    discarded += bytes.count
    if discarded > 4 << 20 { close() }
  }
}
