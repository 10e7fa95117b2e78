import Net
import Transport

/// The echo service (RFC 862): what comes goes back.
enum Echo {
  /// The most that one connection is given back.
  private static let limit = 64 << 20

  @Sendable static func take(_ datagram: Datagram, _ socket: Connection, _ context: NetworkContext) {
    // Two echoes would keep each other busy for ever: what comes from a port of the system's own services is let be.
    guard let from = datagram.from.endpoint, from.port >= 1_024 else { return }
    try? socket.transmit(datagram.data, to: datagram.from, context)
  }

  @Sendable static func serve(_ connection: Connection, _ context: NetworkContext) {
    connection.sendAtOnce()
    var left = limit
    while left > 0, let bytes = try? connection.recv(context) {
      left -= bytes.count
      guard (try? connection.send(bytes, context)) != nil else { return }
    }
  }
}
