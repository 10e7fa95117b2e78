import Net

/// What stands between a connection's plain bytes and its wire once both ends agreed on it: a TLS session.
///
/// It does no I/O. The connection gives it what came off the wire, in order and under one lock, and sends what it makes.
public protocol Protection: Sendable {
  /// Takes bytes off the wire; none are the end of the stream, which is a failure if the peer did not announce it.
  func open(_ wire: [UInt8]) -> Opened
  /// Makes the bytes that carry these over the wire.
  func seal(_ plain: [UInt8]) throws(ProtectionError) -> [UInt8]
  /// Makes the bytes that announce the end of our direction (close_notify, RFC 8446 §6.1).
  func finish() throws(ProtectionError) -> [UInt8]
  /// Gives the messages of the protection's own protocol that came or were made since it was last asked.
  func takeMessages() -> [ProtectionMessage]
}

/// What bytes off the wire came to.
public struct Opened: Sendable {
  public var plain: [UInt8]
  /// What has to be sent now, such as the answer to a key update, or an alert.
  public var reply: [UInt8]
  /// Whether the peer ended its direction.
  public var isEnd: Bool
  /// Why nothing more can be opened; it counts once the plain bytes are taken.
  public var failure: (any LayeredError)?

  public init(
    plain: [UInt8] = [], reply: [UInt8] = [], isEnd: Bool = false, failure: (any LayeredError)? = nil
  ) {
    self.plain = plain
    self.reply = reply
    self.isEnd = isEnd
    self.failure = failure
  }
}

/// A message of a protection's own protocol, such as a handshake message or an alert, with a sentence that explains it.
public struct ProtectionMessage: Sendable {
  public let isOurs: Bool
  public let bytes: [UInt8]
  public let sentence: String
  /// Secrets that became known with it, with which a recording can be opened: lines as SSLKEYLOGFILE has them.
  public var secrets: [UInt8] = []

  public init(isOurs: Bool, bytes: [UInt8], sentence: String) {
    self.isOurs = isOurs
    self.bytes = bytes
    self.sentence = sentence
  }
}

/// What a protection found wrong: its own error, carried through the transport's.
public struct ProtectionError: Error, Sendable {
  public let error: any LayeredError
  public init(_ error: any LayeredError) { self.error = error }
}

extension Connection {
  /// Shows the taps the plain bytes that were sealed since `start`, or opened, as a step of their own.
  public func report(_ kind: Step.Kind, plain: [UInt8], since start: Int64 = monotonicNow(), _ context: NetworkContext)
  {
    guard !context.taps.isEmpty, !plain.isEmpty else { return }
    var step = step(kind, context)
    step.start = start
    step.bytes = plain
    step.byteCount = plain.count
    step.detail = "plain text"
    context.report(step)
  }

  /// Shows the taps each message of a protection's own protocol as a step.
  public func report(_ messages: [ProtectionMessage], _ context: NetworkContext) {
    guard !context.taps.isEmpty else { return }
    for message in messages {
      var step = step(.handshake, context)
      step.bytes = message.bytes
      step.byteCount = message.bytes.count
      step.detail = (message.isOurs ? "→ " : "← ") + message.sentence
      // Both ends sign what they saw, so no message of it can be left out; who stops raises the interrupt, which the next call sees.
      _ = context.hold(&step)
      step.secrets = message.secrets
      context.report(step)
    }
  }
}
