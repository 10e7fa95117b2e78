/// An alert: how grave, and what is wrong (RFC 8446 §6, RFC 5246 §7.2).
public struct TLSAlert: Hashable, Sendable {
  public let level: Int
  public let number: Int

  public init(level: Int, number: Int) {
    self.level = level
    self.number = number
  }

  /// Reads the two bytes of an alert.
  public init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(3))
    guard bytes.count == 2 else { return nil }
    self.init(level: Int(bytes[0]), number: Int(bytes[1]))
  }

  public var isFatal: Bool { level == 2 }

  /// The name of the standard, `handshake_failure`; a number for one that is not registered.
  public var name: String { TLSAlert.known[number]?.name ?? "alert_\(number)" }

  /// What it means, and where that is written.
  public var meaning: String { TLSAlert.known[number]?.meaning ?? "not registered" }

  /// `fatal alert handshake_failure (40): no common … (RFC 8446 §6.2)`
  public var sentence: String {
    let grade = level == 1 ? "warning" : isFatal ? "fatal" : "level \(level)"
    return "\(grade) alert \(name) (\(number)): \(meaning)"
  }

  private static let known: [Int: (name: String, meaning: String)] = [
    0: ("close_notify", "the sender will send no more (RFC 8446 §6.1)"),
    10: ("unexpected_message", "a message came that has no place here (RFC 8446 §6.2)"),
    20: ("bad_record_mac", "a record could not be opened: a wrong key, or it was changed on the way (RFC 8446 §6.2)"),
    21: ("decryption_failed", "a record could not be decrypted; no longer sent (RFC 5246 §7.2.2)"),
    22: ("record_overflow", "a record was longer than is allowed (RFC 8446 §6.2)"),
    30: ("decompression_failure", "a record could not be unpacked (RFC 5246 §7.2.2)"),
    40: ("handshake_failure", "the two found nothing in common to agree on (RFC 8446 §6.2)"),
    41: ("no_certificate", "no certificate; only SSL 3 sent it (RFC 5246 §7.2.2)"),
    42: ("bad_certificate", "the certificate is damaged or its signature is wrong (RFC 8446 §6.2)"),
    43: ("unsupported_certificate", "a certificate of a kind that is not supported (RFC 8446 §6.2)"),
    44: ("certificate_revoked", "the certificate was revoked by its issuer (RFC 8446 §6.2)"),
    45: ("certificate_expired", "the certificate has expired or is not yet valid (RFC 8446 §6.2)"),
    46: ("certificate_unknown", "the certificate is not accepted for another reason (RFC 8446 §6.2)"),
    47: ("illegal_parameter", "a field of the handshake has a wrong or inconsistent value (RFC 8446 §6.2)"),
    48: ("unknown_ca", "the chain leads to no authority that the sender trusts (RFC 8446 §6.2)"),
    49: ("access_denied", "the certificate is good and its owner may not come in (RFC 8446 §6.2)"),
    50: ("decode_error", "a message could not be read: a length is wrong (RFC 8446 §6.2)"),
    51: ("decrypt_error", "a signature or a Finished message does not verify (RFC 8446 §6.2)"),
    60: ("export_restriction", "no longer sent (RFC 5246 §7.2.2)"),
    70: ("protocol_version", "the offered version is not supported (RFC 8446 §6.2)"),
    71: ("insufficient_security", "the sender wants stronger parameters than were offered (RFC 8446 §6.2)"),
    80: ("internal_error", "something failed inside the sender (RFC 8446 §6.2)"),
    86: ("inappropriate_fallback", "a retry with an older version than both support (RFC 7507 §3)"),
    90: ("user_canceled", "the sender breaks the handshake off without a fault (RFC 8446 §6.1)"),
    100: ("no_renegotiation", "the sender does not negotiate again (RFC 5246 §7.2.2)"),
    109: ("missing_extension", "an extension that is needed is missing (RFC 8446 §6.2)"),
    110: ("unsupported_extension", "an extension that was not offered was answered (RFC 8446 §6.2)"),
    111: ("certificate_unobtainable", "a certificate could not be fetched (RFC 6066 §5)"),
    112: ("unrecognized_name", "no server of the name in server_name is here (RFC 6066 §3)"),
    113: ("bad_certificate_status_response", "the stapled OCSP response is not good (RFC 6066 §8)"),
    114: ("bad_certificate_hash_value", "a certificate's hash does not match (RFC 6066 §5)"),
    115: ("unknown_psk_identity", "the pre-shared key is not known (RFC 8446 §6.2)"),
    116: ("certificate_required", "a client certificate is wanted and none came (RFC 8446 §6.2)"),
    120: ("no_application_protocol", "none of the protocols offered by ALPN is spoken here (RFC 7301 §3.2)"),
  ]
}
