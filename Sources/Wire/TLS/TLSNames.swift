/// The names that IANA's registries of TLS give to numbers.
public enum TLSNames {
  static func hex(_ number: Int) -> String { "0x" + String(String(number + 0x10000, radix: 16).suffix(4)) }

  /// Tells whether a number is one of those that clients offer so that servers learn to pass over what they do not know (RFC 8701 §2).
  static func isGrease(_ number: Int) -> Bool { number & 0x0f0f == 0x0a0a && number >> 8 == number & 0xff }

  /// Gives the name of a cipher suite.
  public static func cipher(_ number: Int) -> String { name(number, ciphers) }

  /// Gives the name of a group for the key exchange (RFC 8446 §4.2.7).
  public static func group(_ number: Int) -> String {
    switch number {
    case 0x0017: "secp256r1"
    case 0x0018: "secp384r1"
    case 0x0019: "secp521r1"
    case 0x001d: "x25519"
    case 0x001e: "x448"
    case 0x0016: "secp256k1"
    case 0x0013: "secp192r1"
    case 0x0015: "secp224r1"
    case 0x001a...0x001c: ["brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"][number - 0x001a]
    case 0x0100...0x0104: ["ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192"][number - 0x0100]
    case 0x11ec: "X25519MLKEM768"
    case 0x11eb: "SecP256r1MLKEM768"
    default: isGrease(number) ? "GREASE" : hex(number)
    }
  }

  /// Gives the name of an extension (RFC 8446 §4.2).
  public static func `extension`(_ number: Int) -> String { name(number, extensions) }

  /// Gives the name of a signature scheme (RFC 8446 §4.2.3).
  public static func signature(_ number: Int) -> String { name(number, signatures) }

  private static func name(_ number: Int, _ names: [Int: String]) -> String {
    names[number] ?? (isGrease(number) ? "GREASE" : hex(number))
  }

  private static let extensions: [Int: String] = [
    0: "server_name", 1: "max_fragment_length", 5: "status_request", 10: "supported_groups", 11: "ec_point_formats",
    13: "signature_algorithms", 14: "use_srtp", 15: "heartbeat", 16: "application_layer_protocol_negotiation",
    18: "signed_certificate_timestamp", 19: "client_certificate_type", 20: "server_certificate_type", 21: "padding",
    22: "encrypt_then_mac", 23: "extended_master_secret", 24: "token_binding", 27: "compress_certificate",
    28: "record_size_limit", 34: "delegated_credential", 35: "session_ticket", 41: "pre_shared_key", 42: "early_data",
    43: "supported_versions", 44: "cookie", 45: "psk_key_exchange_modes", 47: "certificate_authorities",
    48: "oid_filters", 49: "post_handshake_auth", 50: "signature_algorithms_cert", 51: "key_share",
    57: "quic_transport_parameters", 0x4469: "application_settings", 0xfe0d: "encrypted_client_hello",
    0xff01: "renegotiation_info",
  ]

  private static let signatures: [Int: String] = [
    0x0101: "rsa_pkcs1_md5", 0x0201: "rsa_pkcs1_sha1", 0x0202: "dsa_sha1", 0x0203: "ecdsa_sha1",
    0x0301: "rsa_pkcs1_sha224", 0x0302: "dsa_sha224", 0x0303: "ecdsa_sha224", 0x0401: "rsa_pkcs1_sha256",
    0x0402: "dsa_sha256", 0x0403: "ecdsa_secp256r1_sha256", 0x0501: "rsa_pkcs1_sha384", 0x0502: "dsa_sha384",
    0x0503: "ecdsa_secp384r1_sha384", 0x0601: "rsa_pkcs1_sha512", 0x0602: "dsa_sha512",
    0x0603: "ecdsa_secp521r1_sha512", 0x0804: "rsa_pss_rsae_sha256", 0x0805: "rsa_pss_rsae_sha384",
    0x0806: "rsa_pss_rsae_sha512", 0x0807: "ed25519", 0x0808: "ed448", 0x0809: "rsa_pss_pss_sha256",
    0x080a: "rsa_pss_pss_sha384", 0x080b: "rsa_pss_pss_sha512",
    0x081a: "ecdsa_brainpoolP256r1tls13_sha256", 0x081b: "ecdsa_brainpoolP384r1tls13_sha384",
    0x081c: "ecdsa_brainpoolP512r1tls13_sha512",
  ]
}
