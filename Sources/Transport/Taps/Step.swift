import Net

/// One thing the transport did on the wire or for it, with its clocks and bytes: what taps see.
public struct Step: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case resolve, map, socket, bind, listen, connect, accept, handshake, send, recv, shutdown, close
    /// The plain bytes that a protection such as TLS seals before a `send`, and those that it opens after a `recv`.
    case seal, open
    /// What only those who hold steps are shown: a request of HTTP before its bytes are sent, and what came of its response before
    /// it is taken.
    case request, response, chunk
  }

  public let kind: Kind
  /// The number of the connection or listener it belongs to, from 1 in each session.
  public let connection: Int
  /// The number of the exchange (a request and its response) it belongs to, 0 for none.
  public let exchange: Int
  /// `tcp`, `udp` or `unix`.
  public let transport: Layer
  /// Nanoseconds of the monotonic clock; a receive starts when the wait for it starts.
  public var start: Int64
  public var end: Int64
  /// The wall clock at the end, nanoseconds since 1970.
  public var wallClock: Int64
  public var local: SocketName?
  public var remote: SocketName?
  /// How many bytes moved, whether or not they are kept.
  public var byteCount = 0
  /// The first bytes that moved: all of them, unless a recorder keeps fewer.
  public var bytes: [UInt8] = []
  /// The last bytes that moved, where a recorder keeps those and not everything before them.
  public var lastBytes: [UInt8] = []
  /// Secrets of a protection that became known with it, lines as SSLKEYLOGFILE has them; a recorder that keeps no bytes keeps none.
  public var secrets: [UInt8] = []
  /// What stopped it, if it failed.
  public var error: (any LayeredError)?
  /// The protocol whose message the bytes are, where the client that moves them says so: `dns` or `http`.
  public var carries: Layer?
  /// Whether it is done to look up a name that another step needs.
  public var isLookup = false
  /// What else there is to say: `www.rfc.test:80 mapped to 127.0.0.1:41234`.
  public var detail = ""

  public init(_ kind: Kind, connection: Int, exchange: Int = 0, transport: Layer = .tcp, start: Int64 = monotonicNow())
  {
    self.kind = kind
    self.connection = connection
    self.exchange = exchange
    self.transport = transport
    self.start = start
    end = start
    wallClock = 0
  }
}
