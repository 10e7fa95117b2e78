import Net

/// What stands between a connection's plain bytes and its wire once both ends agreed on it: a TLS session.
///
/// It does no I/O. The connection gives it what came off the wire, in order and under one lock, and sends what it makes.
public protocol Protection: Sendable {
  /// Takes bytes off the wire; none are the end of the stream, which may be an error if the peer did not announce it.
  func open(_ wire: [UInt8]) throws(ProtectionError) -> Opened
  /// Makes the bytes that carry these over the wire.
  func seal(_ plain: [UInt8]) throws(ProtectionError) -> [UInt8]
  /// Makes the bytes that announce the end of our direction (close_notify, RFC 8446 §6.1).
  func finish() throws(ProtectionError) -> [UInt8]
}

/// What bytes off the wire came to.
public struct Opened: Sendable {
  public var plain: [UInt8]
  /// What has to be sent now, such as the answer to a key update.
  public var reply: [UInt8]
  /// Whether the peer ended its direction.
  public var isEnd: Bool

  public init(plain: [UInt8] = [], reply: [UInt8] = [], isEnd: Bool = false) {
    self.plain = plain
    self.reply = reply
    self.isEnd = isEnd
  }
}

/// What a protection found wrong: its own error, carried through the transport's.
public struct ProtectionError: Error, Sendable {
  public let error: any LayeredError
  public init(_ error: any LayeredError) { self.error = error }
}
