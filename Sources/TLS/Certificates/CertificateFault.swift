import COpenSSL
import Net

/// A check that a certificate of a peer's chain did not pass.
public struct CertificateFault: Sendable, Hashable {
  /// `certificate-expired`, `certificate-name`…: see `code(of:)`.
  public let code: String
  /// Where in the chain: 0 is the peer's own certificate, 1 its issuer's.
  public let depth: Int
  public let subject: String
  public let issuer: String
  /// The names that the certificate is for.
  public let names: [String]
  public let notBefore: Timestamp?
  public let notAfter: Timestamp?
  /// Whom it should have been for.
  public let expected: String
  /// OpenSSL's words for it, X509_verify_cert_error_string(3).
  public let words: String

  init(number: Int32, depth: Int32, certificate: Certificate?, expected: Host?) {
    code = CertificateFault.code(of: number)
    self.depth = Int(depth)
    subject = certificate?.subject ?? "nobody"
    issuer = certificate?.issuer ?? "nobody"
    names = certificate?.names.map(\.text) ?? []
    notBefore = certificate?.notBefore
    notAfter = certificate?.notAfter
    self.expected = expected.map { "\($0)" } ?? "anybody"
    words = X509_verify_cert_error_string(Int(number)).map { String(cString: $0) } ?? "error \(number)"
  }

  /// A fault that OpenSSL found outside the verification of the chain.
  init(code: String, words: String, certificate: Certificate?) {
    self.code = code
    depth = 0
    subject = certificate?.subject ?? "the peer"
    issuer = certificate?.issuer ?? "nobody"
    names = certificate?.names.map(\.text) ?? []
    notBefore = certificate?.notBefore
    notAfter = certificate?.notAfter
    expected = "anybody"
    self.words = words
  }

  /// Gives the stable code for an X509_V_ERR_… number.
  static func code(of number: Int32) -> String {
    switch number {
    case X509_V_ERR_CERT_HAS_EXPIRED: "certificate-expired"
    case X509_V_ERR_CERT_NOT_YET_VALID: "certificate-not-yet-valid"
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: "certificate-name"
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-self-signed"
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      "certificate-unknown-ca"
    case X509_V_ERR_CERT_REVOKED: "certificate-revoked"
    case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK: "certificate-weak"
    case X509_V_ERR_PERMITTED_VIOLATION, X509_V_ERR_EXCLUDED_VIOLATION, X509_V_ERR_SUBTREE_MINMAX,
      X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE, X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX,
      X509_V_ERR_UNSUPPORTED_NAME_SYNTAX:
      "certificate-constraints"
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: "certificate-signature"
    case X509_V_ERR_INVALID_CA, X509_V_ERR_INVALID_NON_CA, X509_V_ERR_PATH_LENGTH_EXCEEDED,
      X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      "certificate-not-a-ca"
    case X509_V_ERR_INVALID_PURPOSE: "certificate-purpose"
    case X509_V_ERR_UNABLE_TO_GET_CRL, X509_V_ERR_CRL_HAS_EXPIRED, X509_V_ERR_CRL_NOT_YET_VALID,
      X509_V_ERR_CRL_SIGNATURE_FAILURE, X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
      "certificate-crl"
    default: "certificate-invalid"
    }
  }
}
