import Interpreter
import Net
import TLS

/// The forms that TLS sessions and certificates have as values of the language.
enum TLSRecords {
  static func pairs(of certificate: Certificate) -> [(String, Value)] {
    [
      ("subject", .string(certificate.subject)), ("issuer", .string(certificate.issuer)),
      ("names", .list(certificate.names.map { value(of: $0) })),
      ("from", certificate.notBefore.map { .time($0) } ?? .null),
      ("to", certificate.notAfter.map { .time($0) } ?? .null), ("authority", .bool(certificate.isAuthority)),
      ("key-type", .string(certificate.keyType)), ("bits", .int(certificate.keyBits)),
      ("signed-with", .string(certificate.signatureAlgorithm)), ("serial", .string(certificate.serial)),
      ("sha256", .string(BaseEncoding.hex.encode(certificate.fingerprint))),
    ]
  }

  private static func value(of name: Certificate.Name) -> Value {
    if case .address(let address) = name { return .address(address) }
    return .string(name.text)
  }

  static func fault(_ fault: CertificateFault) -> Value {
    .record(
      Record([
        "code": .string(fault.code), "depth": .int(fault.depth), "subject": .string(fault.subject),
        "message": .string(fault.sentence),
      ]))
  }

  static func record(of info: TLSInfo) -> Record {
    let optional = { (text: String?) in text.map { Value.string($0) } ?? .null }
    let verified: String =
      !info.wasVerified ? "not asked for" : info.faults.isEmpty ? "ok" : info.faults.map(\.code).joined(separator: " ")
    return Record(pairs: [
      ("version", .string(info.version)), ("cipher", .string(info.cipher)), ("bits", .int(info.cipherBits)),
      ("group", optional(info.group)), ("signature", optional(info.signature)), ("alpn", optional(info.alpn)),
      ("sni", optional(info.sni)), ("resumed", .bool(info.isResumed)),
      ("side", .string(info.isServer ? "server" : "client")), ("verified", .string(verified)),
      ("verified-for", optional(info.faults.isEmpty ? info.expected.map { "\($0)" } : nil)),
      ("faults", .list(info.faults.map(fault))),
      ("chain", .list(info.chain.map { .record(Record(pairs: pairs(of: $0))) })),
    ])
  }
}
