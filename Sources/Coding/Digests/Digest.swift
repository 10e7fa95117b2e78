import COpenSSL

/// A hash of bytes that come in pieces (EVP_DigestInit(3)).
///
/// A class, since it owns OpenSSL's state.
public final class Digest {
  private let context: OpaquePointer
  private var isFinished = false

  public init(_ algorithm: DigestAlgorithm) throws(DigestError) {
    guard let digest = EVP_MD_fetch(nil, algorithm.fetchName, nil) else { throw DigestError("EVP_MD_fetch") }
    defer { EVP_MD_free(digest) }
    guard let context = EVP_MD_CTX_new() else { throw DigestError("EVP_MD_CTX_new") }
    guard EVP_DigestInit_ex2(context, digest, nil) == 1 else {
      EVP_MD_CTX_free(context)
      throw DigestError("EVP_DigestInit_ex2")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes the next bytes.
  public func update(_ bytes: [UInt8]) throws(DigestError) {
    guard !isFinished else { throw .isFinished }
    guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else { throw DigestError("EVP_DigestUpdate") }
  }

  /// Gives the hash of all bytes; the digest cannot be used afterwards.
  public func finish() throws(DigestError) -> [UInt8] {
    guard !isFinished else { throw .isFinished }
    isFinished = true
    var isDone = false
    let hash = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      var length: UInt32 = 0
      isDone = EVP_DigestFinal_ex(context, buffer.baseAddress, &length) == 1
      count = isDone ? Int(length) : 0
    }
    guard isDone else { throw DigestError("EVP_DigestFinal_ex") }
    return hash
  }
}
