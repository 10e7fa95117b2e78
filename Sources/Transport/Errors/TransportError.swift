import System
import Net

/// A step of moving bytes that did not succeed: what the transport was doing, and what stopped it.
public struct TransportError: LayeredError {
  /// `tcp`, `udp` or `unix`.
  public let layer: Layer
  public let activity: Activity
  public let reason: Reason

  public init(layer: Layer = .tcp, _ activity: Activity, _ reason: Reason) {
    self.layer = layer
    self.activity = activity
    self.reason = reason
  }

  /// What was being done.
  public enum Activity: Sendable {
    /// Connecting to an endpoint or a path, which may be one of several that a name has.
    case connect(to: SocketName, via: Route)
    /// Making a socket.
    case socket
    case bind(to: SocketName)
    case listen(on: SocketName)
    case accept(on: SocketName)
    case send(count: Int, to: SocketName, sent: Int)
    case receive(Wanted, from: SocketName)
    /// Closing the direction in which we write.
    case shutdown(SocketName)
    /// Joining or leaving a multicast group.
    case group(Address, isJoining: Bool)
    /// Asking whether and how a host can be reached.
    case probe(Host)
  }

  /// How an endpoint came to be the one connected to.
  public enum Route: Sendable {
    /// It was given as it is.
    case direct
    /// It is the k-th (from 1) of the n addresses of a name.
    case address(k: Int, of: Int, name: String)
    /// The session's map put it in the place of another.
    case mapped(from: Endpoint)

    /// What was asked for, where the map put another in its place.
    var mappedFrom: Endpoint? {
      if case .mapped(let from) = self { from } else { nil }
    }
  }

  /// What a receiver asked for.
  public enum Wanted: Sendable {
    case some
    case line
    case until([UInt8])
    case exactly(Int)
    case all
  }

  /// What stopped it.
  public enum Reason: Sendable {
    case system(SystemCallError)
    /// What the network said of a packet that we sent.
    case reported(ErrorReport)
    case name(NameError)
    case timeout(Limit)
    case interrupted
    /// Whoever held the step left it out.
    case skipped
    /// The stream ended; `buffered` bytes stay in the connection's buffer.
    case eof(buffered: Int)
    /// More than `limit` bytes would be needed; those that came stay in the buffer.
    case tooLong(limit: Int)
    /// The connection or listener was closed on our side.
    case closed
    /// Datagrams have no stream in which a line, a mark or an end could be looked for.
    case noStream
    /// What protects the connection could not go on.
    case protection(any LayeredError)
  }

  /// The time limit that ran out.
  public enum Limit: Sendable {
    /// The deadline of the command or of a block around it.
    case deadline
    case connect(TimeSpan)
    case silence(TimeSpan)
  }

  /// `timeout`, `interrupted`, `skipped`, `eof`, `too-long`, `closed`, `no-stream`, or the code of the cause (`ECONNREFUSED`, `NXDOMAIN`).
  public var code: String {
    switch reason {
    case .system(let error): error.code
    case .reported(let report): report.code
    case .name(let error): error.code
    case .timeout: "timeout"
    case .interrupted: "interrupted"
    case .skipped: "skipped"
    case .eof: "eof"
    case .tooLong: "too-long"
    case .closed: "closed"
    case .noStream: "no-stream"
    case .protection(let error): error.code
    }
  }

  public var message: String { sentence }
  public var headline: String { "cannot \(message)" }

  public var cause: (any LayeredError)? {
    switch reason {
    case .system(let error): error
    case .reported(let report): report
    case .name(let error): error
    case .protection(let error): error
    default: nil
    }
  }

  init(layer: Layer, _ activity: Activity, _ error: WaitError, limit: Limit) {
    let reason: Reason =
      switch error {
      case .timeout: .timeout(limit)
      case .interrupted: .interrupted
      case .system(let error): .system(error)
      }
    self.init(layer: layer, activity, reason)
  }
}
