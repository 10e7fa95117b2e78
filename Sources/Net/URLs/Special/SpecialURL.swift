/// A URL of the web in the form that the WHATWG's parser gives it (WHATWG URL §4): what browsers make of what people write.
///
/// For http, https, ws and wss only, which that standard calls special; of other schemes RFC 3986 speaks (`URL`).
public struct SpecialURL: Hashable, Sendable, CustomStringConvertible {
  public let scheme: String
  /// Percent-encoded; empty where there is none.
  public let username: String
  public let password: String
  /// A domain in ASCII and lower case, an address of IPv4, or one of IPv6 in brackets.
  public let host: String
  /// The port, nil where it is the scheme's own.
  public let port: UInt16?
  /// The segments of the path, percent-encoded, at least one; `.` and `..` are gone.
  public let segments: [String]
  /// What stands behind the `?`, percent-encoded; nil without `?`.
  public let query: String?
  public let fragment: String?

  /// The special schemes that this is for, and their ports (§3.1).
  static let ports: [String: UInt16] = ["http": 80, "https": 443, "ws": 80, "wss": 443]

  /// Tells whether a scheme is one of those that this is for.
  public static func isSpecial(_ scheme: String) -> Bool { ports[scheme.lowercased()] != nil }

  public var path: String { "/" + segments.joined(separator: "/") }
  public var effectivePort: UInt16 { port ?? Self.ports[scheme] ?? 0 }
  /// Scheme, host and port, by which the web tells whom a page belongs to (WHATWG HTML §7.1.1).
  public var origin: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") }

  /// The URL as text (§4.5).
  public var description: String {
    var text = scheme + "://"
    if !username.isEmpty || !password.isEmpty {
      text += username + (password.isEmpty ? "" : ":" + password) + "@"
    }
    text += host + (port.map { ":\($0)" } ?? "") + path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }
}

extension SpecialURL {
  /// Reads a URL, or a reference to one that is found at `base` (§4.4).
  ///
  /// White space around it and tabs and line ends inside are left out, backslashes are slashes, hosts are what they mean
  /// (`0x7f.1` is 127.0.0.1), and what a part may not hold is percent-encoded.
  ///
  /// - Parameter ascii: makes ASCII of an international domain, nil where it is none (UTS 46).
  /// - Throws: `noScheme` for a reference without a base, `notSpecial` for a scheme that RFC 3986 rules, `noHost`, `badHost`, `badPort`,
  ///   `portOutOfRange`, `international` where `ascii` is wanted and not given.
  public init(_ text: String, base: SpecialURL? = nil, ascii: ((String) -> String?)? = nil) throws(URLError) {
    var parser = SpecialURLParser(text, ascii: ascii)
    self = try parser.parse(base)
  }
}
