// What each message of a handshake says, in a sentence for people.

extension TLSHandshake {
  /// The name of the standard: `ClientHello`.
  public var name: String {
    switch self {
    case .helloRequest: "HelloRequest"
    case .clientHello: "ClientHello"
    case .serverHello(let hello): hello.isRetryRequest ? "HelloRetryRequest" : "ServerHello"
    case .newSessionTicket: "NewSessionTicket"
    case .endOfEarlyData: "EndOfEarlyData"
    case .encryptedExtensions: "EncryptedExtensions"
    case .certificate: "Certificate"
    case .serverKeyExchange: "ServerKeyExchange"
    case .certificateRequest: "CertificateRequest"
    case .serverHelloDone: "ServerHelloDone"
    case .certificateVerify: "CertificateVerify"
    case .clientKeyExchange: "ClientKeyExchange"
    case .finished: "Finished"
    case .certificateStatus: "CertificateStatus"
    case .keyUpdate: "KeyUpdate"
    case .other(let type, _): "message of type \(type)"
    }
  }

  /// The name, and what the message says.
  public var sentence: String { "\(name): \(explanation)" }

  private var explanation: String {
    switch self {
    case .helloRequest: "the server wants to negotiate anew (RFC 5246 §7.4.1.1)"
    case .clientHello(let hello): hello.explanation
    case .serverHello(let hello): hello.explanation
    case .newSessionTicket(let lifetime, let length):
      "a ticket of \(length) bytes with which this session can be resumed for \(lifetime) s (RFC 8446 §4.6.1)"
    case .endOfEarlyData: "the early data end here (RFC 8446 §4.5)"
    case .encryptedExtensions(let extensions):
      "what the server answers under encryption: \(list(extensions.map(\.name)))"
        + (extensions.applicationProtocols.first.map { "; protocol \($0)" } ?? "") + " (RFC 8446 §4.3.1)"
    case .certificate(let certificates): Self.explain(certificates: certificates.map(\.count))
    case .serverKeyExchange(let length):
      "the server's part of the key exchange, signed, \(length) bytes (RFC 5246 §7.4.3)"
    case .certificateRequest(let signatures):
      "the server wants the client's certificate; it takes \(list(signatures.map(TLSNames.signature))) (RFC 8446 §4.3.2)"
    case .serverHelloDone: "the server has said all and waits for the client (RFC 5246 §7.4.5)"
    case .certificateVerify(let signature):
      "the proof that the sender has the certificate's private key"
        + (signature.map { ": a signature \(TLSNames.signature($0))" } ?? "") + " (RFC 8446 §4.4.3)"
    case .clientKeyExchange(let length): "the client's part of the key exchange, \(length) bytes (RFC 5246 §7.4.7)"
    case .finished: "a keyed hash of all messages so far: nobody changed them on the way (RFC 8446 §4.4.4)"
    case .certificateStatus(let length): "a stapled OCSP response of \(length) bytes (RFC 6066 §8)"
    case .keyUpdate(let isRequest):
      "the sender changes its keys" + (isRequest ? " and asks the other to do so too" : "") + " (RFC 8446 §4.6.3)"
    case .other(_, let length): "\(length) bytes"
    }
  }

  private static func explain(certificates lengths: [Int]) -> String {
    guard let first = lengths.first else { return "none: the sender has no certificate to show (RFC 8446 §4.4.2)" }
    guard lengths.count > 1 else { return "a chain of 1 certificate, \(first) bytes (RFC 8446 §4.4.2)" }
    return "a chain of \(lengths.count) certificates, \(lengths.map(String.init).joined(separator: " + ")) bytes, "
      + "the sender's own first (RFC 8446 §4.4.2)"
  }
}

extension TLSClientHello {
  fileprivate var explanation: String {
    var parts = ["offers \(list(versions.map(\.description)))"]
    if let serverName { parts.append("for \(serverName)") }
    parts.append("ciphers \(list(ciphers.map(TLSNames.cipher)))")
    if !groups.isEmpty { parts.append("groups \(list(groups.map(TLSNames.group)))") }
    if !signatures.isEmpty { parts.append("signatures \(list(signatures.map(TLSNames.signature)))") }
    if !applicationProtocols.isEmpty { parts.append("protocols \(list(applicationProtocols))") }
    if offersResumption { parts.append("a session to resume") }
    if !extensions.isEmpty { parts.append("extensions \(list(extensions.map(\.name)))") }
    return parts.joined(separator: "; ") + " (RFC 8446 §4.1.2)"
  }
}

extension TLSServerHello {
  fileprivate var explanation: String {
    guard !isRetryRequest else {
      let wanted = group.map { " with a key share for \(TLSNames.group($0))" } ?? ""
      return "the server wants another ClientHello\(wanted) (RFC 8446 §4.1.4)"
    }
    var parts = ["chose \(version)", "cipher \(TLSNames.cipher(cipher))"]
    if let group { parts.append("group \(TLSNames.group(group))") }
    if resumes { parts.append("the session is resumed") }
    if let chosen = applicationProtocols.first { parts.append("protocol \(chosen)") }
    if !extensions.isEmpty { parts.append("extensions \(list(extensions.map(\.name)))") }
    return parts.joined(separator: "; ") + " (RFC 8446 §4.1.3)"
  }
}

private func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: ", ") }
