import COpenSSL
import Wire

/// The oldest error of OpenSSL's queue for this thread (ERR_get_error(3)).
struct OpenSSLReason {
  let library: Int32
  let number: Int32
  let words: String
}

/// Takes the oldest error and empties the queue.
func takeReason() -> OpenSSLReason {
  let error = ERR_get_error()
  ERR_clear_error()
  return OpenSSLReason(
    library: nsh_ERR_get_lib(error), number: nsh_ERR_get_reason(error),
    words: ERR_reason_error_string(error).map { String(cString: $0) } ?? "no reason given")
}

extension OpenSSLReason {
  /// Gives what it means for a session; `faults` are those that the verification of the certificate found.
  func meaning(_ faults: [CertificateFault], peer: Certificate?) -> TLSError.Reason {
    guard library == ERR_LIB_SSL else { return .violation(words) }
    // The reasons from SSL_AD_REASON_OFFSET on are the alerts that came.
    if number >= SSL_AD_REASON_OFFSET {
      return .alert(TLSAlert(level: 2, number: Int(number - SSL_AD_REASON_OFFSET)))
    }
    switch number {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
      return .certificate(
        faults.first ?? CertificateFault(code: "certificate-invalid", words: words, certificate: peer))
    case SSL_R_EE_KEY_TOO_SMALL, SSL_R_CA_KEY_TOO_SMALL, SSL_R_CA_MD_TOO_WEAK:
      return .certificate(CertificateFault(code: "certificate-weak", words: words, certificate: peer))
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
      return .certificate(CertificateFault(code: "certificate-missing", words: words, certificate: nil))
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_SSL_VERSION, SSL_R_WRONG_VERSION_NUMBER,
      SSL_R_NO_PROTOCOLS_AVAILABLE, SSL_R_VERSION_TOO_LOW, SSL_R_VERSION_TOO_HIGH, SSL_R_UNKNOWN_PROTOCOL:
      return .version(words)
    case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, SSL_R_NO_SUITABLE_KEY_SHARE,
      SSL_R_NO_SUITABLE_GROUPS, SSL_R_NO_CIPHERS_AVAILABLE, SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS,
      SSL_R_NO_APPLICATION_PROTOCOL:
      return .nothingInCommon(words)
    case SSL_R_UNEXPECTED_EOF_WHILE_READING: return .truncated
    default: return .violation(words)
    }
  }
}
