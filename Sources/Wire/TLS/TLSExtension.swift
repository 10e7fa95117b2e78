import Net

/// An extension of a hello, as it stands there.
public struct TLSExtension: Hashable, Sendable {
  public let number: Int
  public let body: [UInt8]

  public var name: String { TLSNames.extension(number) }

  public static let serverName = 0
  public static let supportedGroups = 10
  public static let signatureAlgorithms = 13
  public static let applicationProtocols = 16
  public static let preSharedKey = 41
  public static let supportedVersions = 43
  public static let keyShare = 51

  /// Reads `Extension extensions<0..2^16-1>`; none at all is allowed before TLS 1.3 (RFC 8446 §4.2, RFC 5246 §7.4.1.4).
  static func list(_ cursor: inout TLSCursor) throws(TLSFault) -> [TLSExtension] {
    guard !cursor.isAtEnd else { return [] }
    var items = TLSCursor(try cursor.vector(2))
    var extensions: [TLSExtension] = []
    while !items.isAtEnd {
      let number = try items.number(2)
      extensions.append(TLSExtension(number: number, body: Array(try items.vector(2))))
    }
    return extensions
  }
}

extension [TLSExtension] {
  func body(_ number: Int) -> [UInt8]? { first { $0.number == number }?.body }

  /// The first host name of server_name (RFC 6066 §3), nil if there is none or it cannot be read.
  var serverName: String? {
    guard let body = body(TLSExtension.serverName) else { return nil }
    return try? Self.hostName(body)
  }

  private static func hostName(_ body: [UInt8]) throws(TLSFault) -> String? {
    var cursor = TLSCursor(body[...])
    var names = TLSCursor(try cursor.vector(2))
    while !names.isAtEnd {
      let kind = try names.number(1)
      let name = try names.vector(2)
      if kind == 0 { return String(decoding: name, as: UTF8.self) }
    }
    return nil
  }

  /// The protocols of ALPN (RFC 7301 §3.1).
  var applicationProtocols: [String] { (try? protocols()) ?? [] }

  private func protocols() throws(TLSFault) -> [String] {
    guard let body = body(TLSExtension.applicationProtocols) else { return [] }
    var cursor = TLSCursor(body[...])
    var items = TLSCursor(try cursor.vector(2))
    var names: [String] = []
    while !items.isAtEnd { names.append(String(decoding: try items.vector(1), as: UTF8.self)) }
    return names
  }

  /// The numbers of a list in an extension whose length stands in so many bytes; none if it cannot be read.
  func numbers(of number: Int, lengthBytes: Int = 2) -> [Int] {
    guard let body = body(number) else { return [] }
    var cursor = TLSCursor(body[...])
    return (try? cursor.numbers(lengthBytes)) ?? []
  }
}
