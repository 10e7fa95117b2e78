import COpenSSL

/// A keyed hash of bytes that come in pieces (RFC 2104, EVP_MAC(3)).
///
/// A class, since it owns OpenSSL's state.
public final class HMAC {
  private let context: OpaquePointer
  private var isFinished = false

  public init(_ algorithm: DigestAlgorithm, key: [UInt8]) throws(DigestError) {
    guard let mac = EVP_MAC_fetch(nil, "HMAC", nil) else { throw DigestError("EVP_MAC_fetch") }
    defer { EVP_MAC_free(mac) }
    guard let context = EVP_MAC_CTX_new(mac) else { throw DigestError("EVP_MAC_CTX_new") }
    var name = Array(algorithm.fetchName.utf8CString)
    // An empty array may have no address, and a null key would mean "the key from before".
    let length = key.count
    let key = key.isEmpty ? [0] : key
    let isReady = name.withUnsafeMutableBufferPointer { name in
      let parameters = [
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0), OSSL_PARAM_construct_end(),
      ]
      return EVP_MAC_init(context, key, length, parameters) == 1
    }
    guard isReady else {
      EVP_MAC_CTX_free(context)
      throw DigestError("EVP_MAC_init")
    }
    self.context = context
  }

  deinit { EVP_MAC_CTX_free(context) }

  /// Takes the next bytes.
  public func update(_ bytes: [UInt8]) throws(DigestError) {
    guard !isFinished else { throw .isFinished }
    guard EVP_MAC_update(context, bytes, bytes.count) == 1 else { throw DigestError("EVP_MAC_update") }
  }

  /// Gives the code of all bytes; it cannot be used afterwards.
  public func finish() throws(DigestError) -> [UInt8] {
    guard !isFinished else { throw .isFinished }
    isFinished = true
    var isDone = false
    let code = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      var length = 0
      isDone = EVP_MAC_final(context, buffer.baseAddress, &length, buffer.count) == 1
      count = isDone ? length : 0
    }
    guard isDone else { throw DigestError("EVP_MAC_final") }
    return code
  }
}
