import System
import Glibc
import Net
import Synchronization

/// One end of a TCP connection: a plain POSIX socket, blocking in appearance, whose every step the taps see.
///
/// Threads may share it. No lock is held during a wait, so that one may send, or close, while another receives.
public final class Connection: Sendable {
  public enum State: String, Sendable {
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
  public let transport = Layer.tcp
  public let local: Endpoint
  public let remote: Endpoint
  /// What was asked for, when the session's map put `remote` in its place.
  public let mappedFrom: Endpoint?

  let descriptor: Descriptor
  struct Incoming {
    var buffer = ReceiveBuffer()
    var ended = false
  }
  let incoming = Mutex(Incoming())
  private let current = Mutex(State.connected)

  init(id: Int, descriptor: Descriptor, local: Endpoint, remote: Endpoint, mappedFrom: Endpoint? = nil) {
    self.id = id
    self.descriptor = descriptor
    self.local = local
    self.remote = remote
    self.mappedFrom = mappedFrom
  }

  public var state: State { current.withLock { $0 } }

  /// How many received bytes wait in the buffer.
  public var buffered: Int { incoming.withLock { $0.buffer.count } }

  /// Moves to a state; what is closed or reset stays so.
  func become(_ state: State) {
    current.withLock { current in
      switch (current, state) {
      case (.closed, _), (.reset, _): break
      case (.halfClosed, .peerClosed), (.peerClosed, .halfClosed): current = .halfClosed
      default: current = state
      }
    }
  }

  /// Begins a step on this connection.
  func step(_ kind: Step.Kind, _ context: NetworkContext) -> Step {
    Step(kind, connection: id, exchange: context.exchange, transport: transport)
  }

  /// Ends our direction, shutdown(2) with SHUT_WR; the peer sees the end of the stream and may go on sending.
  public func shutdownWrite(_ context: NetworkContext) throws(TransportError) {
    var step = step(.shutdown, context)
    context.hold(step)
    do {
      try descriptor.shutdownWrite()
    } catch {
      let failure = TransportError(layer: transport, .shutdown(remote), reason(of: error))
      step.error = failure
      context.report(step)
      throw failure
    }
    become(.halfClosed)
    context.report(step)
  }

  /// Closes the connection, close(2); further calls do nothing.
  public func close(_ context: NetworkContext) {
    let step = step(.close, context)
    if descriptor.isOpen { context.hold(step) }
    become(.closed)
    guard descriptor.close() else { return }
    context.report(step)
  }

  /// Breaks the connection off with a reset (RST) where the transport has one, and closes it.
  public func reset(_ context: NetworkContext) {
    var step = step(.close, context)
    step.detail = "with a reset (SO_LINGER 0)"
    if descriptor.isOpen { context.hold(step) }
    try? descriptor.resetOnClose()
    become(.reset)
    guard descriptor.close() else { return }
    context.report(step)
  }

  /// Words a failed call: a descriptor that is no longer ours was closed.
  func reason(of error: SystemCallError) -> TransportError.Reason {
    switch error.errno {
    case EBADF: return .closed
    case ECONNRESET, EPIPE: become(.reset)
    default: break
    }
    return .system(error)
  }

  /// Waits for the socket, within the context's deadline and the limit of silence.
  func awaitReady(
    _ readiness: Readiness, _ context: NetworkContext, _ activity: @autoclosure () -> TransportError.Activity
  ) throws(TransportError) {
    let silence = context.limits.silence
    do throws(WaitError) {
      let end = min(context.deadline, .after(silence))
      try wait([descriptor], for: readiness, deadline: end, interrupt: context.interrupt)
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
