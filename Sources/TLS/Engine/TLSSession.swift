import COpenSSL
import Net
import Synchronization
import System
import Transport
import Wire

/// One end of a TLS connection as an engine without I/O: OpenSSL between two memory BIOs, BIO_s_mem(3). Bytes of the wire go in and
/// come out, plain bytes on the other side, and every message of the protocol is explained.
public final class TLSSession: Protection {
  let context: TLSContext
  /// Whom a client wanted; nil for a server.
  let target: TLSTarget?
  let engine: Mutex<Engine>

  init(_ handle: sending SSLHandle, _ context: TLSContext, _ target: TLSTarget?) throws(TLSError) {
    self.context = context
    self.target = target
    engine = Mutex(try Engine(handle, context, target))
  }

  /// Whether it goes on whatever is wrong with the peer's certificate.
  public var isInsecure: Bool { context.settings.isInsecure }
  /// Who is named in errors; of a server's session nobody is known before.
  public var title: String { target?.title ?? "the client" }

  deinit { engine.withLock { SSL_free($0.ssl) } }

  /// How far a handshake is: what has to be sent, and whether it is done or failed.
  public struct Progress: Sendable {
    public var reply: [UInt8]
    public var isDone: Bool
    public var failure: TLSError.Reason?
  }

  /// Goes on with the handshake after these bytes came, none at its beginning.
  public func shakeHands(_ wire: [UInt8]) -> Progress {
    engine.withLock { $0.shakeHands(wire) }
  }

  /// Gives what the peer sent behind its last message of the handshake.
  public func openRest() -> Opened { engine.withLock { $0.read(capacity: 65_536) } }

  public func open(_ wire: [UInt8]) -> Opened { engine.withLock { $0.open(wire) } }

  public func seal(_ plain: [UInt8]) throws(ProtectionError) -> [UInt8] {
    try engine.withLock { engine throws(ProtectionError) in try engine.seal(plain) }
  }

  public func finish() throws(ProtectionError) -> [UInt8] {
    engine.withLock { $0.finish() }
  }

  public func takeMessages() -> [ProtectionMessage] { engine.withLock { $0.takeMessages() } }

  /// Makes the bytes of a KeyUpdate, after which our direction has new keys (RFC 8446 §4.6.3).
  ///
  /// - Parameter asksPeer: whether the peer is to change its keys too.
  public func updateKeys(asksPeer: Bool) throws(TLSError) -> [UInt8] {
    try engine.withLock { engine throws(TLSError) in try engine.updateKeys(asksPeer: asksPeer) }
  }

  /// The session for resuming that the server gave last; nil before it gave one.
  public var ticket: TLSTicket? {
    engine.withLock { engine in
      guard let target, !engine.witness.session.isEmpty else { return nil }
      let isVerified = engine.witness.faults.isEmpty && !context.settings.isInsecure
      return TLSTicket(bytes: engine.witness.session, verifiedFor: isVerified ? target.expected : nil)
    }
  }
}

/// OpenSSL's object on its way from a context to the session that owns it.
struct SSLHandle {
  let ssl: OpaquePointer
}
