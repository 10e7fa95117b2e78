import Net
import System
import TLS

/// The names of the authorities that settings trust, to see whether an issuer's is much like one of them.
struct TrustedNames {
  private let subjects: [String]

  /// The files in which systems have all their authorities together.
  private static let bundles = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]

  init(_ settings: TLSSettings) {
    let texts: [[UInt8]]
    switch settings.authorities {
    case let text? where text.contains("-----BEGIN "): texts = [Array(text.utf8)]
    case let path?: texts = [(try? FileText.read(path)) ?? []]
    case nil: texts = [Self.bundles.lazy.compactMap { try? FileText.read($0) }.first ?? []]
    }
    subjects = texts.flatMap { Certificate.all(in: $0) }.map(\.subject)
  }

  /// Gives the authority that belongs to the same organisation as a distinguished name; nil if none does.
  func organisation(of name: String) -> String? {
    guard let organisation = Self.organisation(in: name) else { return nil }
    return subjects.first { Self.organisation(in: $0) == organisation }
  }

  /// The value of O in a name as RFC 4514 writes it.
  private static func organisation(in name: String) -> Substring? {
    name.split(separator: ",").first { $0.hasPrefix("O=") }?.dropFirst(2)
  }
}
