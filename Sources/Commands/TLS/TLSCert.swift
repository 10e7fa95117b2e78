import Interpreter
import Net
import System
import TLS

let tlsCert = Command(
  "tls cert", "Makes a private key and a certificate for names and addresses, signed by itself or by an authority.",
  Parameter<[String]>.rest("names", "the names and addresses it is for; the first is also the subject"),
  Parameter<TimeSpan>.option("for", "how long it is valid", default: .days(30), shown: "30d"),
  Parameter<Timestamp?>.option("from", "when that begins, if not now"),
  Parameter<String>.option(
    "kind", "the kind of key: p256, p384, rsa2048, rsa3072, rsa4096 or ed25519", default: "p256", shown: "p256"),
  Parameter<Bool>.flag("authority", "it may sign others"),
  Parameter<String?>.option("ca", "the certificate of the authority that signs: a PEM file, or PEM"),
  Parameter<String?>.option("ca-key", "the authority's private key: a PEM file, or PEM", isSecret: true),
  Parameter<String?>.option("save", "write NAME.crt and NAME.key too, the key readable by its owner only"),
  gives: .record,
  examples: [
    Example("(tls cert localhost 127.0.0.1).names | join ' '", "localhost 127.0.0.1"),
    Example(
      "let ca = tls cert 'Class CA' --authority; let id = tls cert www.example.test --ca $ca.certificate --ca-key $ca.key; $id.issuer",
      "CN=Class CA"),
  ]
) { machine, names, span, start, kind, isAuthority, authority, authorityKey, saved in
  guard let key = CertificateRequest.Key(rawValue: kind) else {
    throw ValueError(
      "bad-argument", "there is no kind of key `\(kind)`",
      hint: CertificateRequest.Key.allCases.map(\.rawValue).joined(separator: ", "), layer: .command)
  }
  var request = try CertificateRequest(names: names, from: start ?? .now(), for: span)
  request.key = key
  request.isAuthority = isAuthority
  request.issuer = try TLSOptions.identity(authority, authorityKey, machine)
  let identity = try request.make()
  if let saved { try save(identity, as: machine.path(saved)) }
  let certificate = try identity.certificate()
  return .record(
    Record(
      pairs: [
        ("certificate", .string(String(decoding: identity.certificates, as: UTF8.self))),
        ("key", .string(String(decoding: identity.key, as: UTF8.self))),
      ] + TLSRecords.pairs(of: certificate)))
}

let tlsCertRead = Command(
  "tls cert read", "Reads certificates: PEM, or DER; a table with a row for each.",
  Parameter<[UInt8]>.input("the text or the bytes", named: "certificates"), gives: .table,
  examples: [Example("(tls cert localhost).certificate | tls cert read | get subject", "CN=localhost")]
) { _, bytes in
  let certificates = Certificate.all(in: bytes)
  guard !certificates.isEmpty else {
    throw ValueError("bad-certificate", "there is no certificate in these \(bytes.count) bytes", layer: .tls)
  }
  return .list(certificates.map { .record(Record(pairs: TLSRecords.pairs(of: $0))) })
}

private func save(_ identity: TLSIdentity, as path: String) throws {
  let key = try NewFile(path + ".key", mode: 0o600)
  try key.write(identity.key)
  try key.finish()
  let certificate = try NewFile(path + ".crt")
  try certificate.write(identity.certificates)
  try certificate.finish()
}
