import Net
import Wire

// Every phrase of the errors of TLS, in one place.

extension TLSError {
  var doing: String? {
    switch activity {
    case .setUp: "set TLS up"
    case .handshake(let peer): "agree on TLS with \(peer)"
    case .session: nil
    case .certify: "make a certificate"
    }
  }

  var why: String? {
    switch reason {
    case .certificate(let fault): fault.sentence
    case .alert(let alert): "the peer sent the \(alert.sentence)"
    case .notTLS(let bytes): "the peer does not speak TLS: it sent \(TLSError.shown(bytes))"
    case .closed: "the peer closed the connection during the handshake"
    case .truncated: "the stream ended without close_notify: it may have been cut off"
    case .ended: "our direction has ended: close_notify was sent"
    case .version(let words): "no version of TLS in common (\(words))"
    case .nothingInCommon(let words): "nothing in common to agree on (\(words))"
    case .violation(let words), .setting(let words), .resumption(let words): words
    case .transport: nil
    }
  }

  /// Gives the beginning of bytes as text, if they are text, else in hexadecimal.
  private static func shown(_ bytes: [UInt8]) -> String {
    let start = bytes.prefix(32)
    let isText = start.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0d || $0 == 0x0a }
    guard isText else { return "0x[" + BaseEncoding.hex.encode(Array(start.prefix(8))) + "]" }
    let line = start.prefix { $0 != 0x0d && $0 != 0x0a }
    return "\"" + String(decoding: line, as: UTF8.self) + "\""
  }
}

extension CertificateFault {
  /// `the certificate of CN=… (depth 0): it expired on …`
  public var sentence: String { "the certificate of \(subject) (depth \(depth)): \(why)" }

  private var why: String {
    switch code {
    case "certificate-expired": notAfter.map { "it expired at \($0)" } ?? "it has expired"
    case "certificate-not-yet-valid": notBefore.map { "it is valid only from \($0)" } ?? "it is not yet valid"
    case "certificate-name":
      "it is for \(names.isEmpty ? "no name at all" : names.joined(separator: ", ")), not for \(expected)"
    case "certificate-self-signed": "it is signed by its own key, and nobody here vouches for it"
    case "certificate-unknown-ca": "its issuer \(issuer) is not known here (\(words))"
    case "certificate-revoked": "its issuer has revoked it"
    default: words
    }
  }
}
