/// A parser of one direction of an HTTP/1 connection: bytes go in with `receive`, events come out with `next`; it does no I/O.
///
/// Time is linear in the bytes received, however they are cut; memory is bounded by `HTTPLimits` plus what was received and
/// not yet asked for. Once `next` has thrown it throws the same error for ever.
public struct HTTPReader: Sendable {
  /// Which end of the connection reads.
  public enum Role: Hashable, Sendable {
    /// Reads responses; the framing of a response depends on the method of its request.
    case client(requestMethod: String)
    /// Reads requests.
    case server
  }

  enum State {
    case startLine
    case fields
    case body(remaining: Int)
    case chunkLine
    case chunkData(remaining: Int)
    case chunkDataEnd
    case trailers
    case untilClose
    case ended(HTTPEnd)
    case failed(HTTPError)
  }

  public let limits: HTTPLimits
  public internal(set) var role: Role
  var queue = ByteQueue()
  var state = State.startLine
  var streamEnded = false
  var receivedAfterEnd = false

  var request: HTTPRequestHead?
  var response: HTTPResponseHead?
  var headers = HTTPHeaders()
  var trailers = HTTPHeaders()
  var leniencies: [HTTPLeniency] = []
  var sectionStart = 0
  /// Where the last field stands that says how the body is framed; its head if there is none.
  var framingPlace = 0
  var informationalCount = 0
  var bodyLength = 0
  /// How the body of the message now read is framed; nil until its head is complete.
  public internal(set) var framing: HTTPFraming?

  public init(role: Role, limits: HTTPLimits = .default) {
    self.role = role
    self.limits = limits
  }

  /// A reader that stands at the first chunk-size line of a chunked body.
  init(atChunksWith limits: HTTPLimits) {
    self.init(role: .client(requestMethod: "GET"), limits: limits)
    framing = .chunked
    state = .chunkLine
  }

  /// Bytes received that are not part of the events given so far: after `end`, what follows the message.
  public var unconsumed: [UInt8] { queue.all }

  /// Gives back what was received and is not part of the events given so far; it has to be received again.
  public mutating func withdraw() -> [UInt8] { queue.withdraw() }

  /// Whether the line that begins the present message was read.
  public var hasStartLine: Bool { request != nil || response != nil }

  /// The place in the stream of the first byte not consumed.
  public var offset: Int { queue.offset }

  /// Takes what was received; the pieces may be cut anywhere.
  public mutating func receive(_ bytes: [UInt8]) {
    receivedAfterEnd = receivedAfterEnd || streamEnded
    queue.append(bytes)
  }

  public mutating func receive(_ bytes: some Collection<UInt8>) { receive(Array(bytes)) }

  /// Takes note that the peer will send no more.
  public mutating func receiveEnd() { streamEnded = true }

  /// Gives the next event; throws `HTTPError.peer` with offset and section for everything malformed or broken off.
  public mutating func next() throws(HTTPError) -> HTTPEvent {
    do throws(HTTPError) {
      guard !receivedAfterEnd else { throw HTTPError.misuse(.receivedAfterEnd) }
      return try step()
    } catch {
      state = .failed(error)
      throw error
    }
  }

  /// Goes on to the message behind the one that ended; a client says which method it answers.
  public mutating func startNext(requestMethod: String = "GET") throws(HTTPError) {
    guard case .ended = state else { throw .misuse(.messageUnfinished) }
    if case .client = role { role = .client(requestMethod: requestMethod) }
    informationalCount = 0
    startHead()
  }

  /// Makes ready for a head at the present place.
  mutating func startHead() {
    state = .startLine
    request = nil
    response = nil
    headers = []
    leniencies = []
    sectionStart = queue.offset
    framingPlace = sectionStart
    bodyLength = 0
    framing = nil
  }

  private mutating func step() throws(HTTPError) -> HTTPEvent {
    while true {
      switch state {
      case .startLine: if let event = try readStartLine() { return event }
      case .fields: if let event = try readField() { return event }
      case .body(let remaining): return try readBody(remaining)
      case .chunkLine: return try readChunkLine()
      case .chunkData(let remaining): return try readChunkData(remaining)
      case .chunkDataEnd: if let event = try readChunkDataEnd() { return event }
      case .trailers: if let event = try readTrailer() { return event }
      case .untilClose: return readUntilClose()
      case .ended(let end): return .end(end)
      case .failed(let error): throw error
      }
    }
  }

  /// Asks for more, or says what the end of the stream means here.
  func needMore(orThrow fault: HTTPFault) throws(HTTPError) -> HTTPEvent {
    guard streamEnded else { return .needMore }
    throw .peer(fault, offset: queue.offset + queue.count)
  }

  /// Records what was let pass, once a kind.
  mutating func letPass(_ kind: HTTPLeniency.Kind, at offset: Int) {
    guard !leniencies.contains(where: { $0.kind == kind }) else { return }
    leniencies.append(HTTPLeniency(kind: kind, offset: offset))
  }

  /// Closes the message at the present place and gives the event that says so.
  mutating func finish() -> HTTPEvent {
    let framing = framing ?? .none
    let saysAlive = request?.keepsAlive ?? response?.keepsAlive ?? false
    let end = HTTPEnd(
      framing: framing, bodyLength: bodyLength, offset: queue.offset,
      keepsAlive: saysAlive && framing != .untilClose && framing != .tunnel,
      transferCodings: framing == .none ? [] : HTTPFraming.remainingCodings(headers), leniencies: leniencies)
    state = .ended(end)
    return .end(end)
  }
}
