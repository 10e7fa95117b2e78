/// One message of a handshake, read (RFC 8446 §4, RFC 5246 §7.4).
public enum TLSHandshake: Hashable, Sendable {
  case helloRequest
  case clientHello(TLSClientHello)
  case serverHello(TLSServerHello)
  /// How long a ticket lasts, in seconds, and how many bytes it has.
  case newSessionTicket(lifetime: Int, length: Int)
  case endOfEarlyData
  case encryptedExtensions([TLSExtension])
  /// The certificates in DER (RFC 5280), the sender's own first.
  case certificate([[UInt8]])
  case serverKeyExchange(length: Int)
  /// The signature schemes that a client certificate may have.
  case certificateRequest(signatures: [Int])
  case serverHelloDone
  /// The signature scheme; nil before TLS 1.2.
  case certificateVerify(signature: Int?)
  case clientKeyExchange(length: Int)
  case finished
  case certificateStatus(length: Int)
  /// Whether the other side is to change its keys too.
  case keyUpdate(isRequest: Bool)
  case other(type: Int, length: Int)

  /// Reads a whole message with its header of four bytes. The version decides the shape of some: before it is known, 1.2 will do.
  ///
  ///     struct { HandshakeType msg_type; uint24 length; body } Handshake;    (RFC 8446 §4)
  public static func parse(_ bytes: [UInt8], version: TLSVersion) throws(TLSFault) -> TLSHandshake {
    var cursor = TLSCursor(bytes[...])
    let type = try cursor.number(1)
    let body = Array(try cursor.vector(3))
    try cursor.finish()
    return try parse(type, body, version)
  }

  private static func parse(_ type: Int, _ body: [UInt8], _ version: TLSVersion) throws(TLSFault) -> TLSHandshake {
    var cursor = TLSCursor(body[...])
    let isNew = version >= .tls13
    switch type {
    case 0: return .helloRequest
    case 1: return .clientHello(try TLSClientHello(body))
    case 2: return .serverHello(try TLSServerHello(body))
    case 4:
      let lifetime = try cursor.number(4)
      // RFC 8446 §4.6.1 has an age and a nonce before the ticket, RFC 5077 §3.3 has not.
      if isNew {
        _ = try cursor.take(4)
        _ = try cursor.vector(1)
      }
      return .newSessionTicket(lifetime: lifetime, length: try cursor.vector(2).count)
    case 5: return .endOfEarlyData
    case 8: return .encryptedExtensions(try TLSExtension.list(&cursor))
    case 11: return .certificate(try certificates(&cursor, isNew))
    case 12: return .serverKeyExchange(length: body.count)
    case 13: return .certificateRequest(signatures: try requested(&cursor, version))
    case 14: return .serverHelloDone
    case 15: return .certificateVerify(signature: version >= .tls12 ? try cursor.number(2) : nil)
    case 16: return .clientKeyExchange(length: body.count)
    case 20: return .finished
    case 22: return .certificateStatus(length: body.count)
    case 24: return .keyUpdate(isRequest: try cursor.number(1) == 1)
    default: return .other(type: type, length: body.count)
    }
  }

  /// RFC 8446 §4.4.2 has a context before the list and extensions behind each certificate, RFC 5246 §7.4.2 has not.
  private static func certificates(_ cursor: inout TLSCursor, _ isNew: Bool) throws(TLSFault) -> [[UInt8]] {
    if isNew { _ = try cursor.vector(1) }
    var items = TLSCursor(try cursor.vector(3))
    var certificates: [[UInt8]] = []
    while !items.isAtEnd {
      certificates.append(Array(try items.vector(3)))
      if isNew { _ = try items.vector(2) }
    }
    return certificates
  }

  /// RFC 8446 §4.3.2; RFC 5246 §7.4.4, where the schemes stand behind the certificate types; none before TLS 1.2.
  private static func requested(_ cursor: inout TLSCursor, _ version: TLSVersion) throws(TLSFault) -> [Int] {
    _ = try cursor.vector(1)
    guard version < .tls13 else {
      return try TLSExtension.list(&cursor).numbers(of: TLSExtension.signatureAlgorithms)
    }
    return version == .tls12 ? try cursor.numbers(2) : []
  }
}
