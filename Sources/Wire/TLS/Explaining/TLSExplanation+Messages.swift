import Net

extension TLSExplanation {
  /// Explains the body of a message of the handshake (RFC 8446 §4, RFC 5246 §7.4).
  mutating func message(_ type: Int, _ body: ArraySlice<UInt8>, _ name: String) throws(TLSFault) {
    var cursor = TLSCursor(body)
    switch type {
    case 1: try clientHello(&cursor)
    case 2: try serverHello(&cursor, name)
    case 11: try certificates(&cursor)
    case 12: note(body, name, count(body), "the server's part of the key exchange, signed", "RFC 5246 §7.4.3")
    case 13: note(body, name, count(body), "which certificates of the client the server takes", "RFC 5246 §7.4.4")
    case 14: note(body, name, "nothing", "the server has said all and waits for the client", "RFC 5246 §7.4.5")
    case 16: note(body, name, count(body), "the client's part of the key exchange", "RFC 5246 §7.4.7")
    case 20: note(body, name, count(body), "a keyed hash of all messages so far", "RFC 8446 §4.4.4")
    case 22: note(body, name, count(body), "a stapled OCSP response", "RFC 6066 §8")
    default: note(body, name, count(body), "", "RFC 8446 §4")
    }
  }

  /// RFC 8446 §4.1.2, RFC 5246 §7.4.1.2
  private mutating func clientHello(_ cursor: inout TLSCursor) throws(TLSFault) {
    let source = "RFC 8446 §4.1.2"
    try opening(&cursor, "ClientHello", source)
    var start = cursor
    var ciphers = TLSCursor(try cursor.vector(2))
    var names: [String] = []
    while !ciphers.isAtEnd { names.append(TLSNames.cipher(try ciphers.number(2))) }
    note(
      try start.take(cursor.position - start.position), "ClientHello, cipher suites", names.joined(separator: " "),
      "\(names.count) offered, the best first", source)
    start = cursor
    let methods = try cursor.vector(1)
    note(
      try start.take(cursor.position - start.position), "ClientHello, compression methods",
      methods.map { $0 == 0 ? "null" : "\($0)" }.joined(separator: " "), "null alone is allowed since TLS 1.3", source)
    try extensions(&cursor, "ClientHello", isOffer: true)
  }

  /// RFC 8446 §4.1.3, RFC 5246 §7.4.1.3
  private mutating func serverHello(_ cursor: inout TLSCursor, _ name: String) throws(TLSFault) {
    let source = name == "ServerHello" ? "RFC 8446 §4.1.3" : "RFC 8446 §4.1.4"
    try opening(&cursor, name, source)
    _ = try number(&cursor, 2, "\(name), cipher suite", TLSNames.cipher, "chosen of those that were offered", source)
    _ = try number(&cursor, 1, "\(name), compression method", { $0 == 0 ? "null" : "\($0)" }, "", source)
    try extensions(&cursor, name, isOffer: false)
  }

  /// What both hellos begin with.
  private mutating func opening(_ cursor: inout TLSCursor, _ name: String, _ source: String) throws(TLSFault) {
    _ = try number(
      &cursor, 2, "\(name), version", { "\(TLSVersion(number: $0))" },
      "the old field, TLS 1.2 at most; supported_versions says more", source)
    let random = try cursor.take(32)
    note(
      random, "\(name), random", Self.hex(random),
      name == "HelloRetryRequest" ? "the SHA-256 of this message's name" : "32 bytes that nobody can guess", source)
    var start = cursor
    let session = try cursor.vector(1)
    note(
      try start.take(cursor.position - start.position), "\(name), session id",
      session.isEmpty ? "none" : Self.hex(session), "of a session to resume; since TLS 1.3 only for old middleboxes",
      source)
  }

  private static func hex(_ bytes: ArraySlice<UInt8>) -> String { BaseEncoding.hex.encode(Array(bytes)) }

  /// RFC 5246 §7.4.2: since TLS 1.3 nobody sees certificates in the open.
  private mutating func certificates(_ cursor: inout TLSCursor) throws(TLSFault) {
    _ = try number(
      &cursor, 3, "Certificate, length of the list", { "\($0)" }, "bytes of certificates", "RFC 5246 §7.4.2")
    var index = 1
    while !cursor.isAtEnd {
      var start = cursor
      let certificate = try cursor.vector(3)
      note(
        try start.take(cursor.position - start.position), "Certificate, certificate \(index)", count(certificate),
        index == 1 ? "the sender's own, in DER" : "of who signed the one before", "RFC 5280 §4.1")
      index += 1
    }
  }

  /// RFC 8446 §4.2
  private mutating func extensions(
    _ cursor: inout TLSCursor, _ name: String, isOffer: Bool
  ) throws(TLSFault) {
    guard !cursor.isAtEnd else { return }
    _ = try number(&cursor, 2, "\(name), length of the extensions", { "\($0)" }, "bytes that follow", "RFC 8446 §4.2")
    while !cursor.isAtEnd {
      var start = cursor
      let item = TLSExtension(number: try cursor.number(2), body: Array(try cursor.vector(2)))
      note(
        try start.take(cursor.position - start.position), "extension \(item.name)", item.text(isOffer: isOffer), "",
        "RFC 8446 §4.2")
    }
  }
}

extension TLSExtension {
  /// Gives what it says, where its body is one of those that are read here; else how long it is.
  func text(isOffer: Bool) -> String {
    let all = [self]
    let words: [String]
    switch number {
    case Self.serverName: words = all.serverName.map { [$0] } ?? []
    case Self.supportedGroups: words = all.numbers(of: number).map(TLSNames.group)
    case Self.signatureAlgorithms, 50: words = all.numbers(of: number).map(TLSNames.signature)
    case Self.applicationProtocols: words = all.applicationProtocols
    case Self.supportedVersions:
      let numbers = isOffer ? all.numbers(of: number, lengthBytes: 1) : [body.reduce(0) { $0 << 8 & 0xFFFF | Int($1) }]
      words = numbers.map { "\(TLSVersion(number: $0))" }
    case Self.keyShare: words = (try? shares(isOffer: isOffer)) ?? []
    default: words = []
    }
    return words.isEmpty ? body.isEmpty ? "empty" : "\(body.count) bytes" : words.joined(separator: " ")
  }

  /// Gives the groups of the keys (RFC 8446 §4.2.8): a list of them, or one of a server.
  private func shares(isOffer: Bool) throws(TLSFault) -> [String] {
    var cursor = TLSCursor(body[...])
    guard isOffer else { return [TLSNames.group(try cursor.number(2))] }
    var items = TLSCursor(try cursor.vector(2))
    var groups: [String] = []
    while !items.isAtEnd {
      groups.append(TLSNames.group(try items.number(2)))
      _ = try items.vector(2)
    }
    return groups
  }
}
