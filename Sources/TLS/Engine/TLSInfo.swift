import COpenSSL
import Net

/// What two ends of TLS agreed on, and what is known of the peer.
public struct TLSInfo: Sendable {
  /// `TLSv1.3`
  public var version = ""
  /// The name of IANA's registry.
  public var cipher = ""
  public var cipherBits = 0
  public var group: String?
  /// What the peer proved its key with: `RSA-PSS SHA256`.
  public var signature: String?
  public var alpn: String?
  /// The name that the client asked for.
  public var sni: String?
  public var isResumed = false
  public var isServer = false
  /// Whom the certificate had to be for; nil for a server, or if anybody would do.
  public var expected: Host?
  /// The certificates of the peer, its own first, as it sent them; of a resumed session only its own.
  public var chain: [Certificate] = []
  /// Whether the peer was verified at all: a server without authorities asks for no certificate.
  public var wasVerified = false
  /// The checks that were not passed, and gone past since `--insecure` said so.
  public var faults: [CertificateFault] = []
}

extension TLSSession {
  /// Gives what was agreed on; meaningful once the handshake is done.
  public func info() -> TLSInfo {
    engine.withLock { engine in
      var info = TLSInfo()
      engine.describe(&info)
      info.isServer = target == nil
      info.expected = target?.expected
      info.wasVerified = target != nil || context.settings.authorities != nil
      info.faults = engine.witness.faults
      return info
    }
  }
}

extension Engine {
  fileprivate func describe(_ info: inout TLSInfo) {
    info.version = SSL_get_version(ssl).map { String(cString: $0) } ?? ""
    if let cipher = SSL_get_current_cipher(ssl) {
      info.cipher = SSL_CIPHER_standard_name(cipher).map { String(cString: $0) } ?? ""
      info.cipherBits = Int(SSL_CIPHER_get_bits(cipher, nil))
    }
    info.group = group
    info.signature = signature
    info.alpn = alpn
    info.sni = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    info.isResumed = SSL_session_reused(ssl) == 1
    info.chain = chain
    ERR_clear_error()
  }

  private var group: String? {
    let number = nsh_SSL_get_negotiated_group(ssl)
    if number > 0, number & 0x100_0000 == 0, let name = OBJ_nid2sn(number) {
      let text = String(cString: name)
      return text == "prime256v1" ? "secp256r1" : text
    }
    guard let key = nsh_SSL_get_peer_tmp_key(ssl) else { return nil }
    defer { EVP_PKEY_free(key) }
    return EVP_PKEY_get0_type_name(key).map { String(cString: $0) }
  }

  private var signature: String? {
    var type: Int32 = 0
    guard SSL_get_peer_signature_type_nid(ssl, &type) == 1, let kind = OBJ_nid2sn(type) else { return nil }
    let name = String(cString: kind)
    let names = ["rsaEncryption": "RSA", "rsassaPss": "RSA-PSS", "RSASSA-PSS": "RSA-PSS", "id-ecPublicKey": "ECDSA"]
    let shown = names[name] ?? name
    let digest = nsh_SSL_get_peer_signature_nid(ssl)
    guard digest != NID_undef, let digestName = OBJ_nid2sn(digest) else { return shown }
    return "\(shown) \(String(cString: digestName))"
  }

  private var alpn: String? {
    var start: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &start, &length)
    guard let start, length > 0 else { return nil }
    return String(decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
  }

  /// A server's list leaves the client's own certificate out (SSL_get_peer_cert_chain(3)).
  private var chain: [Certificate] {
    let own = SSL_get0_peer_certificate(ssl).map { Certificate($0) }
    var chain: [Certificate] = []
    if let stack = SSL_get_peer_cert_chain(ssl) {
      for index in 0..<max(0, OPENSSL_sk_num(stack)) {
        guard let item = OPENSSL_sk_value(stack, index) else { continue }
        chain.append(Certificate(OpaquePointer(item)))
      }
    }
    guard let own, chain.first != own else { return chain }
    return [own] + chain
  }
}
