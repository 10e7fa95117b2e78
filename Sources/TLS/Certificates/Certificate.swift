import COpenSSL
import Glibc
import Net

/// What a certificate says (RFC 5280 §4.1), read once.
public struct Certificate: Sendable, Hashable {
  /// A name of the SAN extension (RFC 5280 §4.2.1.6).
  public enum Name: Sendable, Hashable {
    case dns(String)
    case address(Address)
    /// An e-mail address or a URI.
    case other(String)

    public var text: String {
      switch self {
      case .dns(let name), .other(let name): name
      case .address(let address): "\(address)"
      }
    }
  }

  /// Distinguished names as RFC 4514 writes them: `CN=www.example.test,O=Example`.
  public let subject: String
  public let issuer: String
  public let names: [Name]
  public let notBefore: Timestamp?
  public let notAfter: Timestamp?
  /// `RSA`, `EC`, `ED25519`…
  public let keyType: String
  public let keyBits: Int
  /// `sha256WithRSAEncryption`, `ecdsa-with-SHA256`…
  public let signatureAlgorithm: String
  /// Hexadecimal digits.
  public let serial: String
  /// SHA-256 of the DER form.
  public let fingerprint: [UInt8]
  /// Whether it may issue others (basicConstraints, RFC 5280 §4.2.1.9).
  public let isAuthority: Bool
  public let der: [UInt8]

  /// Reads the DER form; nil if it is none.
  public init?(der: [UInt8]) {
    let read = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
      var start = bytes.baseAddress
      return d2i_X509(nil, &start, bytes.count)
    }
    ERR_clear_error()
    guard let read else { return nil }
    defer { X509_free(read) }
    self.init(read)
  }

  /// Reads all certificates of a PEM text, or the one of the DER form.
  public static func all(in bytes: [UInt8]) -> [Certificate] {
    if let one = Certificate(der: bytes) { return [one] }
    return PEM.certificates(in: bytes).map { certificate in
      defer { X509_free(certificate) }
      return Certificate(certificate)
    }
  }

  /// Reads OpenSSL's X509.
  init(_ certificate: OpaquePointer) {
    subject = nameText(X509_get_subject_name(certificate))
    issuer = nameText(X509_get_issuer_name(certificate))
    names = alternativeNames(certificate)
    notBefore = X509_get0_notBefore(certificate).flatMap(timestamp)
    notAfter = X509_get0_notAfter(certificate).flatMap(timestamp)
    let key = X509_get0_pubkey(certificate)
    keyType = key.flatMap { EVP_PKEY_get0_type_name($0) }.map { String(cString: $0) } ?? "unknown"
    keyBits = key.map { Int(EVP_PKEY_get_bits($0)) } ?? 0
    signatureAlgorithm = OBJ_nid2ln(X509_get_signature_nid(certificate)).map { String(cString: $0) } ?? "unknown"
    let number = X509_get0_serialNumber(certificate)
    serial =
      number.map {
        BaseEncoding.hex.encode(Array(UnsafeBufferPointer(start: $0.pointee.data, count: Int($0.pointee.length))))
      }
      ?? ""
    fingerprint = [UInt8](unsafeUninitializedCapacity: 64) { room, count in
      var length: UInt32 = 0
      count = X509_digest(certificate, EVP_sha256(), room.baseAddress, &length) == 1 ? Int(length) : 0
    }
    isAuthority = X509_check_ca(certificate) == 1
    der = encoded { i2d_X509(certificate, $0) }
    ERR_clear_error()
  }
}

/// Gives what an i2d_… function of OpenSSL writes.
func encoded(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8] {
  let length = Int(write(nil))
  guard length > 0 else { return [] }
  return [UInt8](unsafeUninitializedCapacity: length) { room, count in
    var end = room.baseAddress
    count = max(0, min(length, Int(write(&end))))
  }
}

/// Gives a name as RFC 4514 writes it.
private func nameText(_ name: OpaquePointer?) -> String {
  guard let name, let output = BIO_new(BIO_s_mem()) else { return "" }
  defer { BIO_free(output) }
  guard nsh_X509_NAME_print(output, name) >= 0 else { return "" }
  return String(decoding: contents(of: output), as: UTF8.self)
}

/// Gives what a memory BIO holds, and leaves it there.
func contents(of bio: OpaquePointer) -> [UInt8] {
  var start: UnsafeMutablePointer<CChar>?
  let length = nsh_BIO_get_mem_data(bio, &start)
  guard let start, length > 0 else { return [] }
  return Array(UnsafeRawBufferPointer(start: start, count: length))
}

private func alternativeNames(_ certificate: OpaquePointer) -> [Certificate.Name] {
  guard let extensionData = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
  let stack = OpaquePointer(extensionData)
  defer { GENERAL_NAMES_free(stack) }
  var names: [Certificate.Name] = []
  for index in 0..<max(0, OPENSSL_sk_num(stack)) {
    var type: Int32 = 0
    var length: Int32 = 0
    guard let start = nsh_general_name(stack, index, &type, &length), length > 0 else { continue }
    let bytes = Array(UnsafeBufferPointer(start: start, count: Int(length)))
    switch type {
    case GEN_DNS: names.append(.dns(String(decoding: bytes, as: UTF8.self)))
    case GEN_IPADD: if let address = Address(bytes: bytes) { names.append(.address(address)) }
    default: names.append(.other(String(decoding: bytes, as: UTF8.self)))
    }
  }
  return names
}

private func timestamp(_ time: UnsafePointer<ASN1_TIME>) -> Timestamp? {
  var civil = tm()
  guard ASN1_TIME_to_tm(time, &civil) == 1 else { return nil }
  return Timestamp(secondsSince1970: Int64(timegm(&civil)))
}
