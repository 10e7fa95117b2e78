/// A URL with its parts, as written; `http` and `https` are known by their ports and need a host, other schemes parse too.
///
/// The generic syntax is RFC 3986's. Equality is that of the text as written.
public struct URL: Hashable, Sendable, CustomStringConvertible {
  /// The URL as it was written.
  public let text: String
  /// The scheme in lower case.
  public let scheme: String
  /// What stands before the `@`, still encoded; nil without `@`.
  public let userinfo: String?
  /// The host in lower case without the brackets of IPv6, a zone behind one `%`; empty where the URL has no authority.
  public let host: String
  /// The port as written; nil where there is none or nothing behind the colon.
  public let port: Int?
  /// The path, still encoded; it may be empty.
  public let path: String
  /// What stands behind the `?`, still encoded; nil without `?`.
  public let query: String?
  /// What stands behind the `#`, still encoded; nil without `#`.
  public let fragment: String?

  private let reference: URLReference
  private let hostIsBracketed: Bool

  /// Parses an absolute URL.
  public init(_ text: String) throws(URLError) { try self.init(text, checksPercents: true) }

  /// Takes a URL that the rules of the web have read, in which a `%` may stand for itself (WHATWG URL §4.3).
  public init(_ special: SpecialURL) throws(URLError) { try self.init(special.description, checksPercents: false) }

  private init(_ text: String, checksPercents: Bool) throws(URLError) {
    let reference = try URLReference(text, checksPercents: checksPercents)
    guard let scheme = reference.scheme?.lowercased() else { throw .noScheme }
    let authority = try reference.authority.map(URLAuthority.parse) ?? URLAuthority()
    if scheme == "http" || scheme == "https" {
      // RFC 9110 §4.2.1: an http URI with an empty host is invalid.
      guard !authority.host.isEmpty else { throw .noHost(scheme: scheme) }
    }
    self.text = text
    self.reference = reference
    self.scheme = scheme
    userinfo = authority.userinfo
    host = authority.host
    hostIsBracketed = authority.isBracketed
    port = authority.port
    path = reference.path
    query = reference.query
    fragment = reference.fragment
  }

  public var description: String { text }

  /// The port to connect to: the one written, else 80 for http and 443 for https.
  public var effectivePort: UInt16? { port.flatMap { UInt16(exactly: $0) } ?? defaultPort }

  private var defaultPort: UInt16? {
    switch scheme {
    case "http": 80
    case "https": 443
    default: nil
    }
  }

  /// The value of `Host`: host and port, the scheme's own port left out (RFC 9110 §4.2.3, §7.2); a zone has no meaning to
  /// the peer and is left out as well (RFC 6874 §4).
  public var authority: String {
    let name = hostIsBracketed ? "[" + String(host.unicodeScalars.prefix { $0 != "%" }) + "]" : host
    guard let port, port != defaultPort.map(Int.init) else { return name }
    return "\(name):\(port)"
  }

  /// The request target in origin-form: path and query, `/` for an empty path (RFC 9112 §3.2.1); what the grammar of
  /// URIs does not allow is percent-encoded.
  public var requestTarget: String {
    let target = (path.utf8.first == 0x2F ? path : "/" + path) + (query.map { "?" + $0 } ?? "")
    if target.utf8.allSatisfy(Self.isTargetByte) { return target }
    var out: [UInt8] = []
    for byte in target.utf8 {
      if Self.isTargetByte(byte) {
        out.append(byte)
      } else {
        out += (byte < 0x10 ? "%0" : "%").utf8
        out += String(byte, radix: 16, uppercase: true).utf8
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Gives the same URL at another host, a name or an address of IPv4.
  public func replacing(host new: String) throws(URLError) -> URL {
    var changed = reference
    changed.authority = (userinfo.map { $0 + "@" } ?? "") + new + (port.map { ":\($0)" } ?? "")
    return try URL(changed.text, checksPercents: false)
  }

  /// Gives the URL a reference means when it is found here, such as a `Location` (RFC 3986 §5).
  public func resolving(_ reference: String) throws(URLError) -> URL {
    try URL(URLReference(reference).resolved(against: self.reference).text)
  }

  public static func == (a: URL, b: URL) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

  public func hash(into hasher: inout Hasher) { for byte in text.utf8 { hasher.combine(byte) } }

  /// pchar / "/" / "?" (RFC 3986 §3.3, §3.4), and the % of what is encoded already.
  private static func isTargetByte(_ byte: UInt8) -> Bool {
    if byte.isLetter || byte.isDigit { return true }
    switch byte {
    case 0x21, 0x24...0x2F, 0x3A, 0x3B, 0x3D, 0x3F, 0x40, 0x5F, 0x7E: return true
    default: return false
    }
  }
}
