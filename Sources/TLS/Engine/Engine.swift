import COpenSSL
import Net
import System
import Transport
import Wire

/// OpenSSL's state of one session with its two BIOs; whoever calls holds the session's lock.
struct Engine {
  let ssl: OpaquePointer
  /// What came off the wire and was not read by OpenSSL yet.
  private let input: OpaquePointer
  /// What OpenSSL wrote and is not on the wire yet.
  private let output: OpaquePointer
  let witness: Witness
  /// What could not be sealed while a new handshake went on.
  private var unsent: [UInt8] = []
  private let keyLog: String
  private var isStarted = false
  private var failure: TLSError?

  init(_ handle: sending SSLHandle, _ context: TLSContext, _ target: TLSTarget?) throws(TLSError) {
    ssl = handle.ssl
    let settings = context.settings
    keyLog = settings.keyLog ?? ""
    witness = Witness(
      isInsecure: settings.isInsecure, expected: target?.expected, protocols: settings.protocols)
    guard let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem()) else {
      SSL_free(handle.ssl)
      throw TLSError(.setUp, .setting("no memory"))
    }
    self.input = input
    self.output = output
    SSL_set_bio(ssl, input, output)
    SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(witness).toOpaque())
    SSL_set_msg_callback(ssl, Witness.message)
    do throws(TLSError) {
      if let target { try connect(to: target, settings) } else { SSL_set_accept_state(ssl) }
    } catch {
      SSL_free(handle.ssl)
      throw error
    }
  }

  /// Makes ready as a client.
  private func connect(to target: TLSTarget, _ settings: TLSSettings) throws(TLSError) {
    SSL_set_connect_state(ssl)
    if let name = target.serverName {
      guard name.utf8.count < 256, nsh_SSL_set_tlsext_host_name(ssl, name) == 1 else {
        throw TLSError(.setUp, .setting("`\(name)` cannot be a server's name"))
      }
    }
    if let expected = target.expected { try expect(expected) }
    if !settings.protocols.isEmpty {
      guard settings.protocols.allSatisfy({ (1...255).contains($0.utf8.count) }) else {
        throw TLSError(.setUp, .setting("a protocol's name for ALPN has 1 to 255 bytes"))
      }
      let list = settings.protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
      SSL_set_alpn_protos(ssl, list, UInt32(clamping: list.count))
    }
    if let ticket = target.ticket { try resume(ticket, target, settings) }
  }

  /// RFC 9525 §6.3: names are matched with SANs only, never the subject's CN; `*` stands for one whole leftmost label.
  private func expect(_ host: Host) throws(TLSError) {
    let parameters = SSL_get0_param(ssl)
    let flags = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS
    X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(flags))
    let isSet: Int32
    switch host {
    case .name(let name): isSet = X509_VERIFY_PARAM_set1_host(parameters, name, name.utf8.count)
    case .address(let address):
      let bytes = address.bytes
      isSet = X509_VERIFY_PARAM_set1_ip(parameters, bytes, bytes.count)
    case .any: isSet = 1
    }
    guard isSet == 1 else { throw TLSError(.setUp, .setting("`\(host)` cannot be looked for in a certificate")) }
  }

  private func resume(_ ticket: TLSTicket, _ target: TLSTarget, _ settings: TLSSettings) throws(TLSError) {
    // OpenSSL does not verify a resumed session again, so it may only serve whom it was verified for.
    guard settings.isInsecure || (ticket.verifiedFor != nil && ticket.verifiedFor == target.expected) else {
      let whom = ticket.verifiedFor.map { "\($0)" } ?? "nobody"
      throw TLSError(.setUp, .resumption("the session was verified for \(whom)"))
    }
    let session = ticket.bytes.withUnsafeBufferPointer { bytes -> OpaquePointer? in
      var start = bytes.baseAddress
      return d2i_SSL_SESSION(nil, &start, bytes.count)
    }
    guard let session else { throw TLSError(.setUp, .resumption(takeReason().words)) }
    defer { SSL_SESSION_free(session) }
    guard SSL_set_session(ssl, session) == 1 else { throw TLSError(.setUp, .resumption(takeReason().words)) }
  }

  mutating func shakeHands(_ wire: [UInt8]) -> TLSSession.Progress {
    if !isStarted, !TLSRecordReader.couldBeRecord(wire) {
      return TLSSession.Progress(reply: [], isDone: false, failure: .notTLS(wire))
    }
    if !wire.isEmpty { isStarted = true }
    feed(wire)
    let result = SSL_do_handshake(ssl)
    let isDone = result == 1
    let reason = isDone ? nil : stopped(result)
    logKeys()
    return TLSSession.Progress(reply: drain(), isDone: isDone, failure: reason)
  }

  mutating func open(_ wire: [UInt8]) -> Opened {
    if let failure { return Opened(failure: failure) }
    guard !wire.isEmpty else {
      guard !witness.sawEnd else { return Opened(isEnd: true) }
      failure = TLSError(.session, .truncated)
      return Opened(failure: failure)
    }
    feed(wire)
    // Plain bytes are fewer than their records; of one record a part may have come before.
    return read(capacity: wire.count + TLSRecord.longestPayload)
  }

  /// Reads all that OpenSSL can open now.
  mutating func read(capacity: Int) -> Opened {
    var opened = Opened()
    var isFull = true
    while isFull {
      var result: Int32 = 1
      let piece = [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
        while count < capacity {
          var length = 0
          result = SSL_read_ex(ssl, room.baseAddress.map { $0 + count }, capacity - count, &length)
          guard result == 1 else { break }
          count += length
        }
      }
      // A few bytes must not hold on to room for many.
      let kept = piece.count * 2 < capacity ? piece.withUnsafeBufferPointer { Array($0) } : piece
      opened.plain = opened.plain.isEmpty ? kept : opened.plain + kept
      isFull = result == 1
      if !isFull { note(result, in: &opened) }
    }
    if !unsent.isEmpty, failure == nil { writeUnsent() }
    logKeys()
    opened.reply = drain()
    return opened
  }

  private mutating func note(_ result: Int32, in opened: inout Opened) {
    switch SSL_get_error(ssl, result) {
    case SSL_ERROR_ZERO_RETURN: opened.isEnd = true
    default:
      guard let reason = stopped(result) else { return }
      failure = TLSError(.session, reason)
      opened.failure = failure
    }
  }

  mutating func seal(_ plain: [UInt8]) throws(ProtectionError) -> [UInt8] {
    if let failure { throw ProtectionError(failure) }
    guard SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN == 0 else { throw ProtectionError(TLSError(.session, .ended)) }
    unsent += plain
    writeUnsent()
    if let failure { throw ProtectionError(failure) }
    return drain()
  }

  /// Seals what waits; during a renegotiation (RFC 5246 §7.4.1.1) it goes on waiting until the peer has answered.
  private mutating func writeUnsent() {
    guard !unsent.isEmpty else { return }
    ERR_clear_error()
    var written = 0
    let result = unsent.withUnsafeBufferPointer { SSL_write_ex(ssl, $0.baseAddress, $0.count, &written) }
    guard result != 1 else {
      unsent = []
      return
    }
    if let reason = stopped(result) { failure = TLSError(.session, reason) }
  }

  mutating func finish() -> [UInt8] {
    ERR_clear_error()
    guard failure == nil, SSL_is_init_finished(ssl) == 1 else { return drain() }
    SSL_shutdown(ssl)
    ERR_clear_error()
    return drain()
  }

  mutating func updateKeys(asksPeer: Bool) throws(TLSError) -> [UInt8] {
    ERR_clear_error()
    let kind = asksPeer ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED
    guard SSL_key_update(ssl, kind) == 1, SSL_do_handshake(ssl) == 1 else {
      throw TLSError(.session, .setting("keys can be updated in TLS 1.3 only (\(takeReason().words))"))
    }
    logKeys()
    return drain()
  }

  mutating func takeMessages() -> [ProtectionMessage] {
    var messages = witness.messages
    witness.messages = []
    if !messages.isEmpty {
      messages[messages.count - 1].secrets = witness.secrets
      witness.secrets = []
    }
    return messages
  }

  private func feed(_ wire: [UInt8]) {
    ERR_clear_error()
    // A memory BIO takes everything; a length of more than 31 bits does not come from one recv(2).
    _ = wire.withUnsafeBytes { BIO_write(input, $0.baseAddress, Int32(clamping: $0.count)) }
  }

  /// Gives why a call did not succeed; nil if it only wants more from the wire.
  private func stopped(_ result: Int32) -> TLSError.Reason? {
    switch SSL_get_error(ssl, result) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return nil
    case SSL_ERROR_ZERO_RETURN: return .closed
    default: return takeReason().meaning(witness.faults, peer: SSL_get0_peer_certificate(ssl).map { Certificate($0) })
    }
  }

  private func drain() -> [UInt8] {
    let bytes = contents(of: output)
    if !bytes.isEmpty { BIO_ctrl(output, BIO_CTRL_RESET, 0, nil) }
    return bytes
  }

  private func logKeys() {
    guard !witness.keys.isEmpty else { return }
    do throws(SystemCallError) {
      try KeyLog.append(witness.keys, to: keyLog)
    } catch {
      witness.messages.append(
        ProtectionMessage(isOurs: true, bytes: [], sentence: "SSLKEYLOGFILE could not be written: \(error.message)"))
    }
    witness.keys = []
  }
}
