import Net
import Wire

/// How long the parts of an exchange may take at a server, and how large they may be; what goes beyond is cut off.
public struct HTTPServerLimits: Sendable {
  /// From the first byte of a request to the end of its head, and for a handshake; 408.
  public var head = TimeSpan(nanoseconds: 10_000_000_000)
  /// From the first byte of a request to the end of its body; 408.
  public var request = TimeSpan(nanoseconds: 120_000_000_000)
  /// For the making of an answer; 503.
  public var answer = TimeSpan(nanoseconds: 60_000_000_000)
  /// Without a request on an open connection, which is closed then.
  public var idle = TimeSpan(nanoseconds: 60_000_000_000)
  /// In which a peer takes nothing of an answer; the connection is closed then.
  public var silence = TimeSpan(nanoseconds: 30_000_000_000)
  /// Bytes of a request's body; 413.
  public var body = 16 << 20
  /// Bytes of the bodies of all requests that are read or answered at a time; 503.
  public var bodies = 512 << 20
  /// Connections at a time. Beyond them the one that is idle for longest makes room; if none is, the new one waits.
  public var connections = 4_096
  /// Of the parts of a head; 414 for a request line, 431 for the fields.
  public var message = HTTPServerLimits.standardMessage

  private static var standardMessage: HTTPLimits {
    var limits = HTTPLimits()
    limits.line = 16 << 10
    return limits
  }

  public init() {}
}
