import COpenSSL
import Net
import Transport
import Wire

/// What OpenSSL's callbacks noted of one session. Only the thread that holds the session's lock calls into OpenSSL, and so comes here.
final class Witness {
  /// The messages that nobody has taken yet; a peer that floods us with them is not remembered for ever.
  var messages: [ProtectionMessage] = []
  /// The checks that a certificate of the peer did not pass.
  var faults: [CertificateFault] = []
  /// Lines for SSLKEYLOGFILE.
  var keys: [UInt8] = []
  /// The same lines for the taps, until a message takes them along.
  var secrets: [UInt8] = []
  /// The latest session that the server gave us for resuming, in DER.
  var session: [UInt8] = []
  /// Whether the peer said close_notify.
  var sawEnd = false
  let isInsecure: Bool
  let expected: Host?
  let protocols: [String]

  /// A handshake has half a dozen lines of up to 200 bytes.
  private static let mostSecrets = 16_384

  init(isInsecure: Bool, expected: Host?, protocols: [String]) {
    self.isInsecure = isInsecure
    self.expected = expected
    self.protocols = protocols
  }

  private static func of(_ ssl: OpaquePointer?) -> Witness? {
    guard let ssl, let pointer = SSL_get_ex_data(ssl, 0) else { return nil }
    return Unmanaged<Witness>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// SSL_set_msg_callback(3): every message, ours and the peer's.
  static let message:
    @convention(c) (Int32, Int32, Int32, UnsafeRawPointer?, Int, OpaquePointer?, UnsafeMutableRawPointer?) -> Void = {
      isOurs, version, content, start, length, ssl, _ in
      guard let witness = Witness.of(ssl), let start, length > 0 else { return }
      let bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: length))
      witness.note(bytes, content: Int(content), version: TLSVersion(number: Int(version)), isOurs: isOurs == 1)
    }

  private func note(_ bytes: [UInt8], content: Int, version: TLSVersion, isOurs: Bool) {
    let sentence: String
    switch TLSRecord.Content(rawValue: content) {
    case .handshake: sentence = Witness.explain(bytes, version)
    case .alert:
      guard let alert = TLSAlert(bytes) else { return }
      if alert.number == 0, !isOurs { sawEnd = true }
      sentence = alert.sentence
    case .changeCipherSpec:
      sentence = "ChangeCipherSpec: what follows is encrypted; TLS 1.3 sends it for old middleboxes (RFC 8446 §D.4)"
    // OpenSSL also reports the headers of records.
    default: return
    }
    guard messages.count < 256 else { return }
    messages.append(ProtectionMessage(isOurs: isOurs, bytes: bytes, sentence: sentence))
  }

  private static func explain(_ bytes: [UInt8], _ version: TLSVersion) -> String {
    guard let message = try? TLSHandshake.parse(bytes, version: version) else {
      return "a message of type \(bytes.first ?? 0) that cannot be read"
    }
    guard case .certificate(let chain) = message, !chain.isEmpty else { return message.sentence }
    let holders = chain.map { der in
      Certificate(der: der).map { "\($0.subject), issued by \($0.issuer)" } ?? "one that cannot be read"
    }
    return message.sentence + ": " + holders.joined(separator: "; ")
  }

  /// SSL_CTX_set_verify(3): each certificate of the chain, and what is wrong with it.
  static let verify: @convention(c) (Int32, OpaquePointer?) -> Int32 = { isGood, store in
    guard let store, isGood != 1 else { return isGood }
    let ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
    guard let witness = Witness.of(ssl.map { OpaquePointer($0) }) else { return isGood }
    // The issuer of the peer's own certificate must have given a list; above it those count that there are.
    if X509_STORE_CTX_get_error(store) == X509_V_ERR_UNABLE_TO_GET_CRL, X509_STORE_CTX_get_error_depth(store) > 0 {
      X509_STORE_CTX_set_error(store, X509_V_OK)
      return 1
    }
    let fault = CertificateFault(
      number: X509_STORE_CTX_get_error(store), depth: X509_STORE_CTX_get_error_depth(store),
      certificate: X509_STORE_CTX_get_current_cert(store).map { Certificate($0) }, expected: witness.expected)
    if witness.faults.count < 32, !witness.faults.contains(fault) { witness.faults.append(fault) }
    return witness.isInsecure ? 1 : 0
  }

  /// SSL_CTX_set_keylog_callback(3): a line of a session's secrets.
  static let log: @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> Void = { ssl, line in
    guard let witness = Witness.of(ssl), let line else { return }
    let text = Array(String(cString: line).utf8) + [0x0a]
    witness.keys += text
    if witness.secrets.count < Witness.mostSecrets { witness.secrets += text }
  }

  /// SSL_CTX_sess_set_new_cb(3): a session that can be resumed. It is written down, so no reference is kept.
  static let keep: @convention(c) (OpaquePointer?, OpaquePointer?) -> Int32 = { ssl, session in
    guard let witness = Witness.of(ssl), let session else { return 0 }
    witness.session = encoded { i2d_SSL_SESSION(session, $0) }
    return 0
  }

  /// SSL_CTX_set_alpn_select_cb(3): the server's choice among the client's protocols, by the server's preference.
  static let select:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, UnsafeMutablePointer<UInt8>?,
      UnsafePointer<UInt8>?, UInt32, UnsafeMutableRawPointer?
    ) -> Int32 = { ssl, chosen, chosenLength, offered, length, _ in
      guard let witness = Witness.of(ssl), let offered else { return SSL_TLSEXT_ERR_NOACK }
      let list = UnsafeBufferPointer(start: offered, count: Int(length))
      for wanted in witness.protocols {
        var place = 0
        while place < list.count {
          let end = place + 1 + Int(list[place])
          guard end <= list.count else { break }
          if list[(place + 1)..<end].elementsEqual(wanted.utf8) {
            chosen?.pointee = offered + place + 1
            chosenLength?.pointee = list[place]
            return SSL_TLSEXT_ERR_OK
          }
          place = end
        }
      }
      return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}
