import COpenSSL
import Glibc
import Net

/// A certificate to be made: for whom, for how long, with what key, and signed by whom.
public struct CertificateRequest: Sendable {
  public enum Key: String, Sendable, CaseIterable {
    case p256, p384, rsa2048, rsa3072, rsa4096, ed25519
  }

  /// Names and addresses for the SAN extension; the first is the subject's CN too.
  public var names: [String]
  public var notBefore: Timestamp
  public var notAfter: Timestamp
  public var key = Key.p256
  /// Whether it may issue others.
  public var isAuthority = false
  /// Who signs; nil for its own key.
  public var issuer: TLSIdentity?

  public init(names: [String], notBefore: Timestamp, notAfter: Timestamp) {
    self.names = names
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// Makes the key and the certificate; behind it in the PEM stands the issuer's chain.
  public func make() throws(TLSError) -> TLSIdentity {
    guard let name = names.first, names.allSatisfy(isName) else {
      throw TLSError(.certify, .setting("it wants names of hosts, or addresses"))
    }
    guard notBefore <= notAfter else { throw TLSError(.certify, .setting("it would end before it begins")) }
    guard let key = newKey() else { throw TLSError(.certify, .setting(takeReason().words)) }
    defer { EVP_PKEY_free(key) }
    guard let certificate = X509_new() else { throw TLSError(.certify, .setting("no memory")) }
    defer { X509_free(certificate) }
    try fill(certificate, name, key)
    try sign(certificate, key)
    var chain = try pem { PEM_write_bio_X509($0, certificate) }
    if let issuer, !PEM.isSelfSigned(issuer) { chain += issuer.certificates }
    return TLSIdentity(
      certificates: chain, key: try pem { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) })
  }

  /// Gives what may stand in a name without a meaning for x509v3_config(5).
  private func isName(_ text: String) -> Bool {
    (1...253).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) || (0x30...0x39).contains(byte)
          || [0x2d, 0x2e, 0x2a, 0x5f, 0x3a].contains(byte) || (isAuthority && byte == 0x20)
      }
  }

  private func newKey() -> OpaquePointer? {
    switch key {
    case .p256: nsh_EC_gen("P-256")
    case .p384: nsh_EC_gen("P-384")
    case .rsa2048: nsh_RSA_gen(2_048)
    case .rsa3072: nsh_RSA_gen(3_072)
    case .rsa4096: nsh_RSA_gen(4_096)
    case .ed25519: nsh_ed25519_gen()
    }
  }

  private func fill(_ certificate: OpaquePointer, _ name: String, _ key: OpaquePointer) throws(TLSError) {
    X509_set_version(certificate, 2)
    // RFC 5280 §4.1.2.2: a positive number of at most 20 bytes; 16 random ones are enough to be unique.
    var serial = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    serial[0] = serial[0] & 0x7f | 0x40
    if let number = X509_get_serialNumber(certificate) { ASN1_STRING_set(number, serial, 16) }
    ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(notBefore.secondsSince1970))
    ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(notAfter.secondsSince1970))
    // RFC 5280, upper bound ub-common-name: 64.
    let subject = X509_get_subject_name(certificate)
    let common = Array(name.utf8.prefix(64))
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common, Int32(common.count), -1, 0)
    X509_set_pubkey(certificate, key)
  }

  private func sign(_ certificate: OpaquePointer, _ key: OpaquePointer) throws(TLSError) {
    guard let issuer else {
      X509_set_issuer_name(certificate, X509_get_subject_name(certificate))
      try extend(certificate, by: certificate)
      return try sign(certificate, with: key)
    }
    let chain = PEM.certificates(in: issuer.certificates)
    defer { for certificate in chain { X509_free(certificate) } }
    guard let authority = chain.first, let signer = PEM.key(in: issuer.key) else {
      throw PEM.missing("certificate and a key to sign with")
    }
    defer { EVP_PKEY_free(signer) }
    X509_set_issuer_name(certificate, X509_get_subject_name(authority))
    try extend(certificate, by: authority)
    try sign(certificate, with: signer)
  }

  private func sign(_ certificate: OpaquePointer, with key: OpaquePointer) throws(TLSError) {
    let isEdwards = EVP_PKEY_get0_type_name(key).map { String(cString: $0) }?.hasPrefix("ED") ?? false
    guard X509_sign(certificate, key, isEdwards ? nil : EVP_sha256()) > 0 else {
      throw TLSError(.certify, .setting(takeReason().words))
    }
  }

  private func extend(_ certificate: OpaquePointer, by issuer: OpaquePointer) throws(TLSError) {
    let alternatives = names.map { name in Address(name) == nil ? "DNS:\(name)" : "IP:\(name)" }.joined(separator: ",")
    var extensions: [(Int32, String)] = [
      (NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE"),
      (NID_key_usage, isAuthority ? "critical,keyCertSign,cRLSign,digitalSignature" : "critical,digitalSignature"),
      (NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid"),
    ]
    if !isAuthority {
      extensions += [(NID_ext_key_usage, "serverAuth,clientAuth"), (NID_subject_alt_name, alternatives)]
    }
    for (number, value) in extensions where nsh_X509_add_extension(certificate, issuer, number, value) != 1 {
      throw TLSError(.certify, .setting("the extension \(value) cannot be added: \(takeReason().words)"))
    }
  }

  private func pem(_ write: (OpaquePointer) -> Int32) throws(TLSError) -> [UInt8] {
    guard let output = BIO_new(BIO_s_mem()) else { throw TLSError(.certify, .setting("no memory")) }
    defer { BIO_free(output) }
    guard write(output) == 1 else { throw TLSError(.certify, .setting(takeReason().words)) }
    return contents(of: output)
  }
}

extension PEM {
  /// Tells whether a chain is one certificate that signed itself, which nobody needs to be sent.
  static func isSelfSigned(_ identity: TLSIdentity) -> Bool {
    guard let certificate = try? identity.certificate() else { return false }
    return certificate.subject == certificate.issuer
  }
}
