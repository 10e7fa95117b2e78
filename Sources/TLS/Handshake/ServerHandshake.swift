import Net
import Transport

/// The handshake of a server with one client as an engine, for servers that wait for many connections at a time.
public struct ServerHandshake: ProtectionHandshake {
  private let session: TLSSession
  private let peer: String

  /// - Parameter peer: who it is with, for errors.
  public init(_ context: TLSContext, with peer: String) throws(TLSError) {
    session = try context.session()
    self.peer = peer
  }

  public func proceed(_ wire: [UInt8]) -> HandshakeProgress {
    guard !wire.isEmpty else {
      return HandshakeProgress(reply: [], failure: TLSError(.handshake(with: peer), .closed))
    }
    let progress = session.shakeHands(wire)
    var told = HandshakeProgress(
      reply: progress.reply, messages: session.takeMessages(),
      failure: progress.failure.map { TLSError(.handshake(with: peer), $0) })
    guard progress.isDone, progress.failure == nil else { return told }
    told.protection = session
    told.opened = session.openRest()
    told.messages += session.takeMessages()
    told.reply += told.opened.reply
    return told
  }
}
