import Net
import System
import Transport
import Wire

/// One connection of an HTTP server: what it is doing, and the request and the answer that are under way. It never waits.
final class ServedConnection {
  enum Phase {
    case handshaking(any ProtectionHandshake)
    /// Nothing of a request came yet, or not all of it.
    case reading
    /// The handler makes an answer.
    case answering
    case writing
    /// A script says what is sent, and when.
    case performing(ResponseScript)
    /// The answer is out, and what the peer still sends is let pass (RFC 9112 §9.6).
    case lingering
    case closed
  }

  let connection: Connection
  let loop: ServingLoop
  var phase: Phase
  var reader: HTTPReader
  var protection: (any Protection)?
  private var interest = Poller.Interest.read

  /// When it is cut off, on the monotonic clock.
  private(set) var deadline = Int64.max
  var idleSince: Int64

  // The request that is being read or answered.
  var head: HTTPRequestHead?
  var target: RequestTarget?
  var body: [UInt8] = []
  var trailers: HTTPHeaders = []
  /// Bytes of the body, also while the handler has it.
  private(set) var held = 0
  /// When its first byte came; nil before that.
  var began: Int64?
  var received = 0
  /// Where in the stream it begins.
  var start = 0
  var number = 0

  // What is on its way out.
  var outgoing: OutgoingResponse?
  /// Bytes for the wire, the first `sent` of them sent.
  var wire: [UInt8] = []
  var sent = 0
  var hasMore = false
  /// Whether the maker of the body has to give more before anything can be sent.
  var isAwaitingBody = false
  /// Bytes of the answer, unprotected.
  var answered = 0
  var discarded = 0

  var id: Int { connection.id }
  var context: NetworkContext { loop.settings.context }
  var limits: HTTPServerLimits { loop.settings.limits }

  /// Begins to serve a connection; nil if it cannot be.
  init?(_ connection: Connection, _ loop: ServingLoop) {
    self.connection = connection
    self.loop = loop
    reader = HTTPReader(role: .server, limits: loop.settings.limits.message)
    idleSince = loop.now
    phase = .reading
    do {
      if let handshake = try loop.settings.greeting?(connection) { phase = .handshaking(handshake) }
      try loop.control.poller.watch(connection.descriptor, for: .read, token: connection.id)
    } catch {
      return nil
    }
    if case .handshaking = phase { expire(after: limits.head) } else { expire(after: limits.idle) }
  }

  /// Whether it may be closed without anybody missing anything.
  var isIdle: Bool {
    switch phase {
    case .reading: began == nil
    case .lingering: true
    default: false
    }
  }

  // MARK: - What happens

  /// Goes on after its socket became ready.
  func take(_ event: Poller.Event) {
    do {
      if event.ready.contains(.write) || event.isBroken { try writable() }
      if event.ready.contains(.read) || event.isBroken { try readable(isBroken: event.isBroken) }
    } catch {
      abort()
    }
  }

  /// Goes on with what was received before.
  func goOn() {
    do { try advance() } catch { abort() }
  }

  /// Takes what the handler made of a request.
  func take(_ response: ServedResponse, for number: Int) {
    guard case .answering = phase, number == self.number else { return response.abandon() }
    do {
      try answer(response)
      try advance()
    } catch {
      abort()
    }
  }

  /// Goes on with an answer whose body has more.
  func takeMore(for number: Int) {
    guard case .writing = phase, number == self.number else { return }
    do {
      try write()
      try advance()
    } catch {
      abort()
    }
  }

  /// Cuts off what took too long.
  func expire() {
    do {
      switch phase {
      case .reading where began != nil: try refuse(408)
      case .answering:
        cancel()
        try refuse(503)
      case .writing: abort()
      // Either a pause is over, or the peer takes nothing any more.
      case .performing(let script): if sent < wire.count { abort() } else { try perform(script) }
      default: close()
      }
    } catch {
      abort()
    }
  }

  private func writable() throws {
    if case .performing(let script) = phase { return try perform(script) }
    guard case .writing = phase else {
      if try flush() { watch(.read) }
      return
    }
    try write()
    try advance()
  }

  private func readable(isBroken: Bool) throws {
    switch phase {
    case .answering, .performing:
      // The next request waits in the system's buffer meanwhile; whoever broke off wants no answer.
      guard !isBroken else { return abort() }
      watch([])
    case .writing:
      guard !isBroken else { return abort() }
      watch(isAwaitingBody ? [] : .write)
    case .closed: return
    case .lingering: try discard()
    case .handshaking, .reading:
      switch try connection.receiveNow(max: head == nil ? 16_384 : 65_536, context) {
      case .nothing: return
      case .end: try receive([])
      case .bytes(let bytes): try receive(bytes)
      }
      try advance()
    }
  }

  /// Takes bytes off the wire; none are its end.
  private func receive(_ bytes: [UInt8]) throws {
    if case .handshaking(let handshake) = phase { return try proceed(handshake, bytes) }
    guard let protection else { return feed(bytes, isEnd: bytes.isEmpty) }
    let opened = protection.open(bytes)
    connection.report(protection.takeMessages(), context)
    connection.report(.open, plain: opened.plain, context)
    wire += opened.reply
    feed(opened.plain, isEnd: opened.isEnd)
    if let failure = opened.failure, !opened.isEnd { throw ProtectionError(failure) }
  }

  private func feed(_ bytes: [UInt8], isEnd: Bool) {
    received += bytes.count
    if !bytes.isEmpty { reader.receive(bytes) }
    if isEnd { reader.receiveEnd() }
  }

  private func proceed(_ handshake: any ProtectionHandshake, _ bytes: [UInt8]) throws {
    let progress = handshake.proceed(bytes)
    connection.report(progress.messages, context)
    wire += progress.reply
    if let failure = progress.failure {
      loop.note(failure, from: connection.remote)
      _ = try flush()
      // Who speaks HTTP where TLS is wanted is told so in its own words.
      guard progress.reply.isEmpty, bytes.first?.isLetter == true else { return close() }
      phase = .reading
      return try refuse(400)
    }
    guard try flush(), let protection = progress.protection else { return }
    self.protection = protection
    phase = .reading
    expire(after: limits.idle)
    feed(progress.opened.plain, isEnd: progress.opened.isEnd)
  }

  // MARK: - The end

  func close() {
    guard leave() else { return }
    connection.close(context)
  }

  /// Closes a connection on which something went wrong, so that the peer takes nothing for whole that is not.
  func abort() {
    guard leave() else { return }
    connection.reset(context)
  }

  /// Stops the making of the answer.
  private func cancel() { loop.threads?.cancel(ServerControl.Ticket(connection: id, number: number)) }

  private func leave() -> Bool {
    if case .closed = phase { return false }
    if case .answering = phase { cancel() }
    noteAnswer(isWhole: false)
    if let pipe = outgoing?.pipe {
      pipe.abandon()
      cancel()
    }
    phase = .closed
    outgoing = nil
    release()
    loop.remove(self)
    return true
  }

  /// Takes a piece of the body; gives the status to refuse it by, if all bodies would become too large.
  func hold(_ piece: [UInt8]) -> Int? {
    if body.isEmpty { body = piece } else { body += piece }
    held += piece.count
    loop.held += piece.count
    return held > limits.body ? 413 : loop.held > limits.bodies ? 503 : nil
  }

  /// Lets go of the body.
  func release() {
    body = []
    loop.held -= held
    held = 0
  }

  // MARK: - Waiting

  func watch(_ wanted: Poller.Interest) {
    guard wanted != interest else { return }
    interest = wanted
    try? loop.control.poller.change(connection.descriptor, to: wanted, token: id)
  }

  func expire(after span: TimeSpan, from start: Int64? = nil) {
    let (end, overflow) = (start ?? loop.now).addingReportingOverflow(span.nanoseconds)
    deadline = overflow ? .max : end
    loop.sweep(notLaterThan: deadline)
  }
}
