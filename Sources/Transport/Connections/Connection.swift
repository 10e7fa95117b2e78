import Glibc
import Net
import Synchronization
import System

/// One end of a conversation over TCP, UDP or a Unix socket: a plain POSIX socket, blocking in appearance, whose every step the taps see.
///
/// Threads may share it. No lock is held during a wait, so that one may send, or close, while another receives.
public final class Connection: Sendable {
  public enum State: String, Sendable {
    /// A socket that has no name yet, after socket(2).
    case new
    /// It has a name of its own but no peer, after bind(2).
    case bound
    /// It takes connections, after listen(2).
    case listening
    case connected
    /// We have ended our direction; the peer may still send.
    case halfClosed = "half-closed"
    /// The peer has ended its direction; we may still send.
    case peerClosed = "peer-closed"
    case closed
    /// The connection was reset, by us or by the peer.
    case reset
  }

  /// Its number in the session, from 1.
  public let id: Int
  /// `tcp`, `udp` or `unix`.
  public let transport: Layer
  /// Whether each recv gives exactly one datagram, an empty one included, and there is no end of the stream.
  public let isDatagram: Bool
  /// What was asked for, when the session's map put `remote` in its place.
  public let mappedFrom: Endpoint?
  /// What was asked for, before names were looked up; nil if the connection was accepted.
  public let asked: Endpoint?
  /// What each address answered while it was made, in the order of the answers.
  public let attempts: [Attempt]
  public let descriptor: Descriptor

  struct Incoming {
    var buffer = ReceiveBuffer()
    var ended = false
    /// Why the protection can open nothing more.
    var failure: (any LayeredError)?
  }
  let incoming = Mutex(Incoming())
  private let names: Mutex<(local: SocketName, remote: SocketName)>
  private let current: Mutex<State>
  private let protector = Mutex<(any Protection)?>(nil)
  private let second = Mutex<Descriptor?>(nil)
  /// The SYN that opened it, once the kernel was asked for it.
  let opening = Mutex<[UInt8]?>(nil)

  /// Takes an open, non-blocking socket over.
  public init(
    id: Int, descriptor: Descriptor, transport: Layer = .tcp, isDatagram: Bool = false, local: SocketName,
    remote: SocketName, mappedFrom: Endpoint? = nil, asked: Endpoint? = nil, attempts: [Attempt] = [],
    state: State = .connected
  ) {
    self.id = id
    self.descriptor = descriptor
    self.transport = transport
    self.isDatagram = isDatagram
    self.mappedFrom = mappedFrom
    self.asked = asked
    self.attempts = attempts
    names = Mutex((local, remote))
    current = Mutex(state)
  }

  public var local: SocketName { names.withLock { $0.local } }
  /// The peer; `unnamed` before there is one.
  public var remote: SocketName { names.withLock { $0.remote } }

  /// The socket of IPv6 beside one of IPv4, where a datagram socket is to hear and reach both families.
  public internal(set) var twin: Descriptor? {
    get { second.withLock { $0 } }
    set { second.withLock { $0 = newValue } }
  }

  /// Gives the socket that what goes to a place leaves by.
  func socket(to place: SocketName?) -> Descriptor {
    guard case .endpoint(let endpoint)? = place, endpoint.address?.isIPv4 == false else { return descriptor }
    return twin ?? descriptor
  }

  /// Takes note of the names that bind(2) or connect(2) gave.
  public func rename(local: SocketName? = nil, remote: SocketName? = nil) {
    names.withLock { names in
      if let local { names.local = local }
      if let remote { names.remote = remote }
    }
  }

  public var state: State { current.withLock { $0 } }

  /// How many received bytes wait in the buffer.
  public var buffered: Int { incoming.withLock { $0.buffer.count } }

  /// What protects the bytes on the wire, if anything does.
  public var protection: (any Protection)? { protector.withLock { $0 } }

  /// Lets all bytes from now on pass through a protection whose handshake is done, and takes what it has already opened.
  public func protect(by protection: any Protection, opened: Opened = Opened(), _ context: NetworkContext) {
    protector.withLock { $0 = protection }
    report(.open, plain: opened.plain, context)
    incoming.withLock { incoming in
      if !opened.plain.isEmpty { incoming.buffer.append(opened.plain) }
      incoming.failure = opened.failure
      incoming.ended = incoming.ended || opened.isEnd
    }
    if opened.isEnd { become(.peerClosed) }
  }

  /// Takes what was received and not asked for yet, as a handshake does before its own bytes.
  public func takeBuffered() -> [UInt8] { incoming.withLock { $0.buffer.take($0.buffer.count) } }

  /// Puts bytes that were received and not used before all that wait.
  public func putBack(_ bytes: [UInt8]) { incoming.withLock { $0.buffer.putBack(bytes) } }

  /// Moves to a state; what is closed or reset stays so.
  public func become(_ state: State) {
    current.withLock { current in
      switch (current, state) {
      case (.closed, _), (.reset, _): break
      case (.halfClosed, .peerClosed), (.peerClosed, .halfClosed): current = .halfClosed
      default: current = state
      }
    }
  }

  /// Begins a step on this connection.
  public func step(_ kind: Step.Kind, _ context: NetworkContext) -> Step {
    Step(kind, connection: id, exchange: context.exchange, transport: transport)
  }

  /// Words a failed call: a descriptor that is no longer ours was closed.
  func reason(of error: SystemCallError) -> TransportError.Reason {
    switch error.errno {
    case EBADF: return .closed
    case ECONNRESET, EPIPE: become(.reset)
    default: break
    }
    // Of a datagram that failed the error queue knows who said so.
    guard transport == .udp, error.isReportedLater else { return .system(error) }
    for socket in [descriptor, twin].compactMap({ $0 }) {
      if let report = try? socket.takeReport() { return .reported(report) }
    }
    return .system(error)
  }

  /// Waits, after a call that would have had to, for one socket, else for either of a pair, within the context's deadline and the limit of silence.
  func awaitReady(
    _ readiness: Readiness, of one: Descriptor? = nil, _ context: NetworkContext,
    _ activity: @autoclosure () -> TransportError.Activity
  ) throws(TransportError) {
    let silence = context.limits.silence
    do throws(WaitError) {
      let end = min(context.deadline, .after(silence))
      let sockets = one.map { [$0] } ?? [descriptor] + (twin.map { [$0] } ?? [])
      try wait(sockets, for: readiness, deadline: end, interrupt: context.interrupt, looksFirst: false)
    } catch {
      if case .system(let error) = error {
        throw TransportError(layer: transport, activity(), reason(of: error))
      }
      let limit: TransportError.Limit = context.deadline.isOver ? .deadline : .silence(silence)
      throw TransportError(layer: transport, activity(), error, limit: limit)
    }
  }
}

extension Connection {
  /// Sends small pieces at once instead of gathering them (TCP_NODELAY, tcp(7)): a server's answers are whole anyway.
  public func sendAtOnce() { try? descriptor.set(TCP_NODELAY, at: Int32(IPPROTO_TCP), to: 1) }
}
