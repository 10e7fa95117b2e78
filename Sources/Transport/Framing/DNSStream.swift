import Net
import Wire

/// Messages on a stream, each behind its length of two bytes (RFC 1035 §4.2.2).
public enum DNSStream {
  public static func framed(_ message: [UInt8]) -> [UInt8] {
    [UInt8(truncatingIfNeeded: message.count >> 8), UInt8(truncatingIfNeeded: message.count)] + message
  }

  /// Receives the next message.
  public static func receive(_ connection: Connection, _ context: NetworkContext) throws(TransportError) -> [UInt8] {
    let length = try connection.recvExactly(2, context)
    return try connection.recvExactly(Int(length[0]) << 8 | Int(length[1]), context)
  }
}
