import Net
import Transport
import Wire

/// What TLS was doing when it failed, and why.
public struct TLSError: LayeredError {
  public let activity: Activity
  public let reason: Reason
  /// Who tried it how, where it was a handshake of ours as a client: enough to make it once more.
  public var attempt: TLSAttempt?

  public enum Activity: Sendable {
    /// Making ready: settings, certificates, keys.
    case setUp
    /// The handshake with a peer.
    case handshake(with: String)
    /// Anything after it.
    case session
    /// Making a certificate.
    case certify
  }

  public enum Reason: Sendable {
    /// The peer's certificate is not acceptable.
    case certificate(CertificateFault)
    /// The peer broke off with an alert.
    case alert(TLSAlert)
    /// What came is no TLS: the first bytes of it.
    case notTLS([UInt8])
    /// The peer closed the connection in the middle of the handshake.
    case closed
    /// The stream ended without the peer's close_notify, so that it may have been cut (RFC 8446 §6.1).
    case truncated
    /// Our own direction has ended, by close_notify.
    case ended
    /// There is no version of TLS that both speak.
    case version(String)
    /// There is nothing else both can agree on.
    case nothingInCommon(String)
    /// Anything else that OpenSSL does not accept, in its words.
    case violation(String)
    /// A setting cannot be used.
    case setting(String)
    /// The session cannot be resumed on this connection.
    case resumption(String)
    case transport(TransportError)
  }

  public init(_ activity: Activity, _ reason: Reason) {
    self.activity = activity
    self.reason = reason
  }

  public var layer: Layer { .tls }

  public var code: String {
    switch reason {
    case .certificate(let fault): fault.code
    case .alert(let alert):
      alert.number == 40 ? "handshake-failure" : "tls-alert-" + alert.name.replacing("_", with: "-")
    case .notTLS: "tls-not-spoken"
    case .closed: "tls-closed"
    case .truncated: "tls-truncated"
    // As the system says of a plain socket after shutdown(2).
    case .ended: "EPIPE"
    case .version: "tls-version"
    case .nothingInCommon: "handshake-failure"
    case .violation: "tls-violation"
    case .setting: "bad-tls-setting"
    case .resumption: "tls-not-resumable"
    case .transport(let error): error.code
    }
  }

  public var cause: (any LayeredError)? {
    guard case .transport(let error) = reason else { return nil }
    return error
  }

  public var message: String {
    guard let doing else { return why ?? "" }
    return why.map { "\(doing): \($0)" } ?? doing
  }

  public var headline: String { doing == nil ? message : "cannot \(message)" }
}

/// A handshake of a client as it was tried: with whom, and what it would agree to.
public struct TLSAttempt: Sendable {
  public var endpoint: Endpoint?
  public var target: TLSTarget
  public var settings: TLSSettings

  public init(endpoint: Endpoint? = nil, target: TLSTarget, settings: TLSSettings) {
    self.endpoint = endpoint
    self.target = target
    self.settings = settings
  }
}
