import Net
import Wire

/// What one end of TLS may agree to and whom it believes; what is nil is left to OpenSSL and its configuration, versions begin at 1.2.
public struct TLSSettings: Sendable {
  public var minimum: TLSVersion?
  public var maximum: TLSVersion?
  /// Cipher suites, best first, by the names of OpenSSL or IANA, or an OpenSSL list such as `HIGH:!aNULL`.
  public var ciphers: String?
  /// Groups for the key exchange, best first: `X25519:P-256`.
  public var groups: String?
  /// Protocols to agree on by ALPN (RFC 7301), best first.
  public var protocols: [String] = []
  /// Our certificate and its key: a server needs them, a client shows them if it is asked.
  public var identity: TLSIdentity?
  /// The authorities to believe: a PEM file, a folder of them, or PEM text; nil for the system's.
  public var authorities: String?
  /// Who is believed for the names of one zone, where `authorities` says nothing else.
  public var localAuthority: LocalAuthority?
  /// Revoked certificates: a PEM file or PEM text of CRLs (RFC 5280 §5). One must be of the issuer of the peer's certificate; for the
  /// rest of the chain those count that are there.
  public var revocations: String?
  /// Whether to go on whatever is wrong with the peer's certificate.
  public var isInsecure = false
  /// The file to which the secrets of sessions are appended, as SSLKEYLOGFILE asks for; nil for none.
  public var keyLog: String?

  public init() {}

  /// Whether a version is asked for that OpenSSL speaks only at its lowest level of security.
  var wantsOldVersion: Bool {
    [minimum, maximum].contains { $0.map { $0 < .tls12 } ?? false }
  }
}

/// An authority for the names below one zone and for no others, in the place of the system's.
public struct LocalAuthority: Sendable {
  /// Without dots at either end, in small letters: `test`.
  let zone: String
  /// Its certificates as PEM; nil if there are none.
  let certificates: @Sendable () -> String?

  public init(zone: String, certificates: @escaping @Sendable () -> String?) {
    self.zone = zone
    self.certificates = certificates
  }
}

extension TLSSettings {
  /// Gives these settings for the peer of a name: below the zone of the local authority that one is believed.
  public func forPeer(_ name: String?) -> TLSSettings {
    guard let local = localAuthority, authorities == nil, let name = name?.lowercased(),
      name == local.zone || name.hasSuffix("." + local.zone)
    else { return self }
    var settings = self
    settings.authorities = local.certificates()
    return settings
  }
}

/// What a client says of the server it wants, beside its settings.
public struct TLSTarget: Sendable {
  /// Who is named in errors: `example.test:443`.
  public var title: String
  /// The name to ask for by SNI (RFC 6066 §3); nil for none.
  public var serverName: String?
  /// The name or address that the certificate must be for; nil to take any.
  public var expected: Host?
  /// A session to resume.
  public var ticket: TLSTicket?

  /// The name that the certificate must be for; nil for an address, or for anybody.
  public var believedName: String? {
    guard case .name(let name)? = expected else { return nil }
    return name
  }

  /// Makes the target of an endpoint: its name is asked for and expected; of an address, which SNI does not allow, expected.
  public init(_ host: Host, title: String) {
    self.title = title
    switch host {
    case .name(let name):
      // RFC 6066 §3: without a trailing dot.
      let name = name.hasSuffix(".") ? String(name.dropLast()) : name
      serverName = name
      expected = .name(name)
    case .address: expected = host
    case .any: expected = .name("localhost")
    }
  }
}

/// A session that a client can resume (RFC 8446 §2.2, RFC 5077): what OpenSSL wrote of it, and for whom it was verified.
public struct TLSTicket: Sendable {
  let bytes: [UInt8]
  /// Whom the certificate of the first handshake was verified for; nil if it was not.
  let verifiedFor: Host?
}
