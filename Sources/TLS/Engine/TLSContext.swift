import COpenSSL
import Glibc
import Net
import Synchronization
import Wire

/// What the sessions of one client or one server share: settings, certificate, authorities, and a server's keys for tickets.
public final class TLSContext: Sendable {
  let settings: TLSSettings
  let isServer: Bool
  /// An SSL_CTX; SSL_new(3) may be called on any thread.
  private let handle: Mutex<OpaquePointer>

  /// Makes the context of a client.
  public static func client(_ settings: TLSSettings) throws(TLSError) -> TLSContext {
    try TLSContext(settings, isServer: false)
  }

  /// Makes the context of a server, which needs an identity; with authorities it wants certificates of its clients.
  public static func server(_ settings: TLSSettings) throws(TLSError) -> TLSContext {
    guard settings.identity != nil else { throw TLSError(.setUp, .setting("a server needs a certificate")) }
    return try TLSContext(settings, isServer: true)
  }

  private init(_ settings: TLSSettings, isServer: Bool) throws(TLSError) {
    self.settings = settings
    self.isServer = isServer
    guard let context = SSL_CTX_new(isServer ? TLS_server_method() : TLS_client_method()) else {
      throw TLSError(.setUp, .setting(takeReason().words))
    }
    do throws(TLSError) {
      try ContextSetUp(context: context, settings: settings, isServer: isServer).run()
    } catch {
      SSL_CTX_free(context)
      throw error
    }
    handle = Mutex(context)
  }

  deinit { handle.withLock { SSL_CTX_free($0) } }

  /// Makes a client's session.
  public func session(with target: TLSTarget) throws(TLSError) -> TLSSession {
    try TLSSession(newHandle(), self, target)
  }

  /// Makes a server's session.
  public func session() throws(TLSError) -> TLSSession { try TLSSession(newHandle(), self, nil) }

  private func newHandle() throws(TLSError) -> sending SSLHandle {
    let made = handle.withLock { context in SSL_new(context).map { SSLHandle(ssl: $0) } }
    guard let made else { throw TLSError(.setUp, .setting(takeReason().words)) }
    return made
  }
}

/// The steps that make an SSL_CTX ready.
private struct ContextSetUp {
  let context: OpaquePointer
  let settings: TLSSettings
  let isServer: Bool

  func run() throws(TLSError) {
    try versionsAndCiphers()
    try trust()
    if let identity = settings.identity { try identity.install(in: context) }
    SSL_CTX_set_verify(context, wantsCertificate, Witness.verify)
    SSL_CTX_set_keylog_callback(context, Witness.log)
    nsh_SSL_CTX_release_buffers(context)
    if isServer {
      // A server that verifies clients resumes only sessions of its own context (SSL_CTX_set_session_id_context(3)).
      _ = SSL_CTX_set_session_id_context(context, Array("nsh".utf8), 3)
      if !settings.protocols.isEmpty { SSL_CTX_set_alpn_select_cb(context, Witness.select, nil) }
    } else {
      nsh_SSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL))
      SSL_CTX_sess_set_new_cb(context, Witness.keep)
    }
  }

  private var wantsCertificate: Int32 {
    guard isServer else { return SSL_VERIFY_PEER }
    return settings.authorities == nil ? SSL_VERIFY_NONE : SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
  }

  private func versionsAndCiphers() throws(TLSError) {
    // RFC 8996: TLS 1.0 and 1.1 are spoken only where they are asked for.
    let oldest = settings.minimum ?? min(.tls12, settings.maximum ?? .tls12)
    if let maximum = settings.maximum, maximum < oldest {
      throw failure("no version is at least \(oldest) and at most \(maximum)")
    }
    if nsh_SSL_CTX_set_min_proto_version(context, Int32(oldest.number)) != 1 {
      throw failure("\(oldest) is not supported")
    }
    if let maximum = settings.maximum, nsh_SSL_CTX_set_max_proto_version(context, Int32(maximum.number)) != 1 {
      throw failure("\(maximum) is not supported")
    }
    if settings.wantsOldVersion {
      // OpenSSL 3 speaks TLS 1.1 and 1.0 at level 0 only (SSL_CTX_set_security_level(3)); certificates stay at the usual one.
      X509_VERIFY_PARAM_set_auth_level(SSL_CTX_get0_param(context), SSL_CTX_get_security_level(context))
      SSL_CTX_set_security_level(context, 0)
    }
    if let ciphers = settings.ciphers { try set(ciphers: ciphers) }
    if let groups = settings.groups {
      let list = groups.split { ":, ".contains($0) }.joined(separator: ":")
      guard nsh_SSL_CTX_set1_groups_list(context, list) == 1 else {
        throw failure("`\(groups)` is no list of groups that OpenSSL knows")
      }
    }
  }

  /// TLS 1.3 has suites of its own (RFC 8446 §B.4); the other names are for older versions.
  private func set(ciphers: String) throws(TLSError) {
    let names = ciphers.split { ":, ".contains($0) }.map(String.init)
    let isNew = { (name: String) in name.hasPrefix("TLS_") && !name.contains("_WITH_") }
    let suites = names.filter(isNew).joined(separator: ":")
    let older = names.filter { !isNew($0) }.map { name -> String in
      // IANA's names are turned into OpenSSL's; what it does not know it calls (NONE).
      let own = OPENSSL_cipher_name(name).map { String(cString: $0) } ?? name
      return own == "(NONE)" ? name : own
    }.joined(separator: ":")
    if !suites.isEmpty, SSL_CTX_set_ciphersuites(context, suites) != 1 {
      throw failure("`\(suites)` are no ciphers of TLS 1.3 that OpenSSL knows")
    }
    guard older.isEmpty || SSL_CTX_set_cipher_list(context, older) == 1 else {
      throw failure("`\(older)` is no list of ciphers that OpenSSL knows")
    }
  }

  private func trust() throws(TLSError) {
    if let authorities = settings.authorities {
      try load(authorities)
    } else if !isServer {
      try loadSystemRoots()
    }
    guard let revocations = settings.revocations else { return }
    let store = SSL_CTX_get_cert_store(context)
    let lists = PEM.revocations(in: try PEM.read(revocations))
    guard !lists.isEmpty else { throw failure("there is no PEM of a CRL in \(revocations.prefix(60))") }
    for list in lists {
      X509_STORE_add_crl(store, list)
      X509_CRL_free(list)
    }
    // The whole chain is looked up; Witness.verify goes past issuers above the first who gave no list.
    X509_VERIFY_PARAM_set_flags(
      SSL_CTX_get0_param(context), UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
  }

  private func load(_ authorities: String) throws(TLSError) {
    let certificates: [OpaquePointer]
    if !authorities.contains("-----BEGIN "), let folder = CertificateFolder(authorities) {
      if folder.isHashed {
        SSL_CTX_load_verify_dir(context, authorities)
        return
      }
      certificates = folder.certificates()
    } else {
      certificates = PEM.certificates(in: try PEM.read(authorities))
    }
    guard !certificates.isEmpty else { throw failure("there is no PEM of a certificate in \(authorities.prefix(60))") }
    let store = SSL_CTX_get_cert_store(context)
    for certificate in certificates {
      X509_STORE_add_cert(store, certificate)
      // A server tells its clients which authorities it takes (RFC 8446 §4.2.4).
      if isServer { SSL_CTX_add_client_CA(context, certificate) }
      X509_free(certificate)
    }
    ERR_clear_error()
  }

  /// The places that OpenSSL was built with and SSL_CERT_FILE and SSL_CERT_DIR name, else where other systems keep the roots.
  private func loadSystemRoots() throws(TLSError) {
    SSL_CTX_set_default_verify_paths(context)
    ERR_clear_error()
    guard getenv("SSL_CERT_FILE") == nil, getenv("SSL_CERT_DIR") == nil else { return }
    let own = [X509_get_default_cert_file(), X509_get_default_cert_dir()].compactMap { $0 }
    guard !own.contains(where: { access($0, R_OK) == 0 }) else { return }
    let others = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"]
    guard let found = others.first(where: { access($0, R_OK) == 0 }) else { return }
    SSL_CTX_load_verify_file(context, found)
    ERR_clear_error()
  }

  private func failure(_ words: String) -> TLSError {
    ERR_clear_error()
    return TLSError(.setUp, .setting(words))
  }
}
