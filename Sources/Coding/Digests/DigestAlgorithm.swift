/// A hash function, by the name that scripts use.
public enum DigestAlgorithm: String, Sendable, CaseIterable {
  /// RFC 1321; broken, for checksums of old only.
  case md5
  /// FIPS 180-4; broken, for checksums of old only.
  case sha1
  /// FIPS 180-4.
  case sha224, sha256, sha384, sha512
  case sha512_224 = "sha512-224"
  case sha512_256 = "sha512-256"
  /// FIPS 202.
  case sha3_224 = "sha3-224"
  case sha3_256 = "sha3-256"
  case sha3_384 = "sha3-384"
  case sha3_512 = "sha3-512"
  /// RFC 7693.
  case blake2b512, blake2s256

  /// The name of EVP_MD_fetch(3).
  var fetchName: String {
    switch self {
    case .sha512_224: "SHA512-224"
    case .sha512_256: "SHA512-256"
    default: rawValue.uppercased()
    }
  }
}
