/// How long each phase of an exchange took, in nanoseconds; 0 for one that there was none of, nil for one that is not over.
public struct HTTPTimings: Sendable {
  /// All exchanges that led here by redirects.
  public var redirects: Int64 = 0
  /// Looking up the name.
  public var name: Int64 = 0
  /// Connecting, and passing a proxy.
  public var connect: Int64 = 0
  /// The handshake of TLS.
  public var tls: Int64 = 0
  /// Handing the request to the system.
  public var send: Int64 = 0
  /// From then to the first byte of the response.
  public var firstByte: Int64 = 0
  /// From then to the last byte.
  public var transfer: Int64?
  /// All together, from the beginning of the first exchange.
  public var total: Int64?
}
