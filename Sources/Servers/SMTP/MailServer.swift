import Net
import Synchronization
import TLS
import Transport

/// A mail server that keeps the last messages it took.
public final class MailServer: Sendable {
  /// Gives what TLS with a client begins with (STARTTLS).
  public typealias Certificate = @Sendable () throws -> TLSContext

  private let name: String
  private let certificate: Certificate
  private let mails = Mutex<[SMTPDialogue.Mail]>([])
  private static let kept = 20
  private static let turnLimit = 10_000_000
  /// For a whole conversation.
  private static let patience: Int64 = 300_000_000_000

  public init(name: String, certificate: @escaping Certificate) {
    self.name = name
    self.certificate = certificate
  }

  /// The last messages, the newest last.
  public var all: [SMTPDialogue.Mail] { mails.withLock { $0 } }

  func serve(_ connection: Connection, _ context: NetworkContext) {
    let context = context.within(.after(nanoseconds: MailServer.patience))
    connection.sendAtOnce()
    var dialogue = SMTPDialogue(name: name, offersTLS: true)
    do throws(TransportError) {
      try connection.send(Array("\(dialogue.greeting)\r\n".utf8), context)
      for _ in 0..<MailServer.turnLimit {
        guard let line = try connection.recvLine(max: SMTPDialogue.lineLimit, context) else { return }
        let turn = dialogue.take(line)
        if let mail = turn.mail { keep(mail) }
        if !turn.reply.isEmpty {
          try connection.send(Array(turn.reply.map { $0 + "\r\n" }.joined().utf8), context)
        }
        if turn.isLast { return }
        guard turn.startsTLS else { continue }
        // A line that came along unprotected is taken for the handshake, which then fails (RFC 3207 §6).
        guard let tls = try? certificate(), (try? connection.acceptTLS(tls, context)) != nil else { return }
        dialogue.protect()
      }
    } catch {
      // A line without end is said to be so; who went away hears nothing.
      if case .tooLong = error.reason { try? connection.send(Array("500 line too long\r\n".utf8), context) }
    }
  }

  private func keep(_ mail: SMTPDialogue.Mail) {
    mails.withLock { mails in
      mails.append(mail)
      if mails.count > MailServer.kept { mails.removeFirst() }
    }
  }
}
