import Net
import Transport

extension Connection {
  /// Makes the TLS handshake as a client and protects the connection from then on. What was received and not asked for yet
  /// counts as the server's, so that nobody can slip plain text in before a STARTTLS.
  ///
  /// Errors: those of certificates (`certificate-…`), `handshake-failure`, `tls-…`, or the transport's. The connection stays open then.
  @discardableResult
  public func startTLS(
    _ context: TLSContext, with target: TLSTarget, _ network: NetworkContext
  ) throws(TLSError) -> TLSSession {
    try startTLS(try context.session(with: target), network)
  }

  /// Makes the TLS handshake of a client's session that was made before, so that wrong settings are found before connecting.
  @discardableResult
  public func startTLS(_ session: TLSSession, _ network: NetworkContext) throws(TLSError) -> TLSSession {
    do throws(TLSError) {
      return try shakeHands(session, with: session.target?.title ?? "\(remote)", network)
    } catch {
      var error = error
      error.attempt = session.target.map {
        TLSAttempt(endpoint: remote.endpoint, target: $0, settings: session.context.settings)
      }
      throw error
    }
  }

  /// Makes the TLS handshake as a server.
  @discardableResult
  public func acceptTLS(_ context: TLSContext, _ network: NetworkContext) throws(TLSError) -> TLSSession {
    try shakeHands(try context.session(), with: "\(remote)", network)
  }

  /// Makes the TLS handshake as a server, and closes the connection if it fails.
  public func acceptTLS(orClose context: TLSContext, _ network: NetworkContext) throws(TLSError) {
    do throws(TLSError) {
      try acceptTLS(context, network)
    } catch {
      close(network)
      throw error
    }
  }

  private func shakeHands(
    _ session: TLSSession, with peer: String, _ network: NetworkContext
  ) throws(TLSError) -> TLSSession {
    guard protection == nil else {
      throw TLSError(.handshake(with: peer), .setting("TLS protects this connection already"))
    }
    guard !isDatagram else {
      throw TLSError(.handshake(with: peer), .setting("TLS wants a stream; for datagrams there is DTLS (RFC 9147)"))
    }
    // A peer that stalls or dribbles has the time for connecting, all in all.
    if transport == .tcp { sendAtOnce() }
    let network = network.within(.after(network.limits.connect))
    var wire = takeBuffered()
    while true {
      let progress = session.shakeHands(wire)
      report(session.takeMessages(), network)
      try send(progress, to: peer, network)
      if let failure = progress.failure { throw TLSError(.handshake(with: peer), failure) }
      guard !progress.isDone else { break }
      wire = try receive(from: peer, network)
    }
    let rest = session.openRest()
    report(session.takeMessages(), network)
    protect(by: session, opened: rest, network)
    if !rest.reply.isEmpty { try? transmit(rest.reply, network) }
    return session
  }

  /// Sends what the handshake has to say; of a handshake that failed, the alert goes out if it can.
  private func send(
    _ progress: TLSSession.Progress, to peer: String, _ network: NetworkContext
  ) throws(TLSError) {
    guard !progress.reply.isEmpty else { return }
    do throws(TransportError) {
      try transmit(progress.reply, network)
    } catch {
      guard progress.failure == nil else { return }
      throw TLSError(.handshake(with: peer), .transport(error))
    }
  }

  private func receive(from peer: String, _ network: NetworkContext) throws(TLSError) -> [UInt8] {
    let wire: [UInt8]
    do throws(TransportError) {
      wire = try receiveWire(network)
    } catch {
      throw TLSError(.handshake(with: peer), .transport(error))
    }
    guard !wire.isEmpty else { throw TLSError(.handshake(with: peer), .closed) }
    return wire
  }
}
