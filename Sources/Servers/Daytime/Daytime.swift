import Net
import Transport
import Wire

/// The daytime service (RFC 867): the time in words, said to whoever comes, and then the end.
enum Daytime {
  @Sendable static func take(_ datagram: Datagram, _ socket: Connection, _ context: NetworkContext) {
    try? socket.transmit(now, to: datagram.from, context)
  }

  @Sendable static func serve(_ connection: Connection, _ context: NetworkContext) {
    try? connection.send(now, context)
    try? connection.shutdownWrite(context)
  }

  /// RFC 867 leaves the words free, so long as they are one line of ASCII: here they are those of HTTP's dates.
  private static var now: [UInt8] { Array("\(HTTPDate.text(.now()))\r\n".utf8) }
}
