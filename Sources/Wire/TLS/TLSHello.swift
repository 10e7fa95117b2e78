/// What a client offers (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2).
public struct TLSClientHello: Hashable, Sendable {
  /// The version of the old field; since TLS 1.3 always 1.2.
  public let legacyVersion: TLSVersion
  public let random: [UInt8]
  public let sessionID: [UInt8]
  public let ciphers: [Int]
  public let extensions: [TLSExtension]

  public init(_ body: [UInt8]) throws(TLSFault) {
    var cursor = TLSCursor(body[...])
    legacyVersion = TLSVersion(number: try cursor.number(2))
    random = Array(try cursor.take(32))
    sessionID = Array(try cursor.vector(1))
    ciphers = try cursor.numbers(2)
    _ = try cursor.vector(1)
    extensions = try TLSExtension.list(&cursor)
    try cursor.finish()
  }

  /// All versions that are offered, GREASE left out.
  public var versions: [TLSVersion] {
    let offered = extensions.numbers(of: TLSExtension.supportedVersions, lengthBytes: 1)
    guard !offered.isEmpty else { return [legacyVersion] }
    return offered.filter { !TLSNames.isGrease($0) }.map { TLSVersion(number: $0) }
  }

  public var serverName: String? { extensions.serverName }
  public var applicationProtocols: [String] { extensions.applicationProtocols }
  public var groups: [Int] { extensions.numbers(of: TLSExtension.supportedGroups) }
  public var signatures: [Int] { extensions.numbers(of: TLSExtension.signatureAlgorithms) }
  /// Whether it offers to resume a session by a pre-shared key (RFC 8446 §4.2.11).
  public var offersResumption: Bool { extensions.body(TLSExtension.preSharedKey) != nil }
}

/// What a server chose (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3).
public struct TLSServerHello: Hashable, Sendable {
  public let legacyVersion: TLSVersion
  public let random: [UInt8]
  public let sessionID: [UInt8]
  public let cipher: Int
  public let extensions: [TLSExtension]

  public init(_ body: [UInt8]) throws(TLSFault) {
    var cursor = TLSCursor(body[...])
    legacyVersion = TLSVersion(number: try cursor.number(2))
    random = Array(try cursor.take(32))
    sessionID = Array(try cursor.vector(1))
    cipher = try cursor.number(2)
    _ = try cursor.number(1)
    extensions = try TLSExtension.list(&cursor)
    try cursor.finish()
  }

  public var version: TLSVersion {
    guard let body = extensions.body(TLSExtension.supportedVersions), body.count == 2 else { return legacyVersion }
    return TLSVersion(number: Int(body[0]) << 8 | Int(body[1]))
  }

  /// The group of the server's key share (RFC 8446 §4.2.8).
  public var group: Int? {
    guard let body = extensions.body(TLSExtension.keyShare), body.count >= 2 else { return nil }
    return Int(body[0]) << 8 | Int(body[1])
  }

  /// Whether the pre-shared key that the client offered is taken: the session is resumed (RFC 8446 §4.2.11).
  public var resumes: Bool { extensions.body(TLSExtension.preSharedKey) != nil }

  public var applicationProtocols: [String] { extensions.applicationProtocols }

  /// Whether it asks the client for another hello: its random is SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3).
  public var isRetryRequest: Bool { random == TLSServerHello.retryRandom }

  static let retryRandom: [UInt8] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
  ]
}
