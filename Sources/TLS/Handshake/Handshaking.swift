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

  /// Makes the handshake of a client with whoever is behind the peer, inside the TLS that protects the connection already: the way to
  /// an origin through a tunnel of a proxy that is spoken to by TLS (RFC 9110 §9.3.6).
  @discardableResult
  public func startTLSInside(
    _ context: TLSContext, with target: TLSTarget, _ network: NetworkContext
  ) throws(TLSError) -> TLSSession {
    let session = try context.session(with: target)
    guard let outer = protection else { return try startTLS(session, network) }
    return try shakeHands(session, inside: outer, with: target.title, network)
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
    return try shakeHands(session, inside: nil, with: peer, network)
  }

  private func shakeHands(
    _ session: TLSSession, inside outer: (any Protection)?, with peer: String, _ network: NetworkContext
  ) throws(TLSError) -> TLSSession {
    // A peer that stalls or dribbles has the time for connecting, all in all.
    if transport == .tcp { sendAtOnce() }
    let network = network.within(.after(network.limits.connect))
    var wire = takeBuffered()
    while true {
      let progress = session.shakeHands(wire)
      report(session.takeMessages(), network)
      try send(progress, inside: outer, to: peer, network)
      if let failure = progress.failure { throw TLSError(.handshake(with: peer), failure) }
      guard !progress.isDone else { break }
      wire = try receive(inside: outer, from: peer, network)
    }
    let rest = session.openRest()
    report(session.takeMessages(), network)
    let protection = outer.map { NestedProtection(session, in: $0) as any Protection } ?? session
    // The reply goes out by what protected the connection until now, which seals nothing but that of its own peer.
    if !rest.reply.isEmpty { try? carry(rest.reply, inside: outer, network) }
    protect(by: protection, opened: rest, network)
    return session
  }

  /// Sends what the handshake has to say; of a handshake that failed, the alert goes out if it can.
  private func send(
    _ progress: TLSSession.Progress, inside outer: (any Protection)?, to peer: String, _ network: NetworkContext
  ) throws(TLSError) {
    guard !progress.reply.isEmpty else { return }
    do throws(TransportError) {
      try carry(progress.reply, inside: outer, network)
    } catch {
      guard progress.failure == nil else { return }
      throw TLSError(.handshake(with: peer), .transport(error))
    }
  }

  /// Sends bytes of the handshake, on the wire or by what protects the connection already.
  private func carry(
    _ bytes: [UInt8], inside outer: (any Protection)?, _ network: NetworkContext
  ) throws(TransportError) {
    if outer == nil { try transmit(bytes, network) } else { try send(bytes, network) }
  }

  private func receive(
    inside outer: (any Protection)?, from peer: String, _ network: NetworkContext
  ) throws(TLSError) -> [UInt8] {
    let wire: [UInt8]
    do throws(TransportError) {
      wire = try outer == nil ? receiveWire(network) : recv(max: 131_072, network) ?? []
    } catch {
      throw TLSError(.handshake(with: peer), .transport(error))
    }
    guard !wire.isEmpty else { throw TLSError(.handshake(with: peer), .closed) }
    return wire
  }
}

extension Connection {
  /// The TLS session by which its plain bytes are protected, the innermost where there are two; nil without TLS.
  public var tls: TLSSession? { (protection as? NestedProtection)?.inner as? TLSSession ?? protection as? TLSSession }
}
