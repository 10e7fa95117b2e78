import COpenSSL
import Net
import System

/// A certificate with the chain above it, and its private key, as PEM (RFC 7468).
public struct TLSIdentity: Sendable {
  /// The certificate, and behind it those that lead to an authority.
  public let certificates: [UInt8]
  public let key: [UInt8]

  public init(certificates: [UInt8], key: [UInt8]) {
    self.certificates = certificates
    self.key = key
  }

  /// Reads PEM given as a text, or as the path of a file; without a key of its own the key stands in the same file.
  public init(certificates: String, key: String?) throws(TLSError) {
    self.certificates = try PEM.read(certificates)
    self.key = try key.map { text throws(TLSError) in try PEM.read(text) } ?? self.certificates
  }

  /// Gives the certificate itself, without the chain.
  public func certificate() throws(TLSError) -> Certificate {
    guard let first = PEM.certificates(in: certificates).first else { throw PEM.missing("certificate") }
    defer { X509_free(first) }
    return Certificate(first)
  }

  /// Gives the certificate and the key to a context.
  func install(in context: OpaquePointer) throws(TLSError) {
    let chain = PEM.certificates(in: certificates)
    defer { for certificate in chain { X509_free(certificate) } }
    guard let own = chain.first else { throw PEM.missing("certificate") }
    guard let key = PEM.key(in: key) else { throw PEM.missing("private key without a passphrase") }
    defer { EVP_PKEY_free(key) }
    guard SSL_CTX_use_certificate(context, own) == 1 else { throw TLSError(.setUp, .setting(takeReason().words)) }
    guard SSL_CTX_use_PrivateKey(context, key) == 1, SSL_CTX_check_private_key(context) == 1 else {
      throw TLSError(.setUp, .setting("the private key does not belong to the certificate (\(takeReason().words))"))
    }
    for certificate in chain.dropFirst() { _ = nsh_SSL_CTX_add1_chain_cert(context, certificate) }
  }
}

/// PEM texts, and what stands in them (RFC 7468).
enum PEM {
  /// Gives the text itself if it is PEM, else the content of the file of that name.
  static func read(_ source: String) throws(TLSError) -> [UInt8] {
    guard !source.contains("-----BEGIN ") else { return Array(source.utf8) }
    do throws(FileError) {
      return try FileText.read(source)
    } catch {
      throw TLSError(.setUp, .setting(error.message + ": " + (error.cause?.message ?? "")))
    }
  }

  static func missing(_ what: String) -> TLSError {
    ERR_clear_error()
    return TLSError(.setUp, .setting("there is no PEM of a \(what)"))
  }

  /// Gives all certificates of a text; whoever asks frees them.
  static func certificates(in text: [UInt8]) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    reading(text) { input in
      while let certificate = PEM_read_bio_X509(input, nil, nil, nil) { found.append(certificate) }
    }
    return found
  }

  /// Gives the first private key of a text; nil without asking if it is encrypted.
  static func key(in text: [UInt8]) -> OpaquePointer? {
    var key: OpaquePointer?
    reading(text) { input in key = PEM_read_bio_PrivateKey(input, nil, { _, _, _, _ in -1 }, nil) }
    return key
  }

  static func revocations(in text: [UInt8]) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    reading(text) { input in
      while let list = PEM_read_bio_X509_CRL(input, nil, nil, nil) { found.append(list) }
    }
    return found
  }

  private static func reading(_ text: [UInt8], _ body: (OpaquePointer) -> Void) {
    text.withUnsafeBytes { bytes in
      guard let input = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return }
      defer { BIO_free(input) }
      body(input)
    }
    // The end of a text is an error to OpenSSL.
    ERR_clear_error()
  }
}
