import Net
import Wire

/// Which fields of a request carry secrets, and to whom they may go.
public enum HTTPSecrets {
  /// Fields that say who asks (RFC 9110 §11.6.2 and §11.7.2, RFC 6265 §5.4).
  private static let standard: Set<String> = ["authorization", "proxy-authorization", "cookie", "cookie2"]

  /// What the names of those have in common that many services made up: X-Api-Key, X-Auth-Token, Private-Token, X-Amz-Security-Token…
  private static let parts = [
    "api-key", "apikey", "api_key", "access-key", "auth-key", "token", "secret", "password", "passwd", "credential",
    "-auth", "signature", "session-id", "functions-key", "subscription-key", "-jwt",
  ]

  /// Tells whether a field's value is a secret: by its name, or because it was declared one.
  public static func isSecret(_ name: String, declared: Set<String> = []) -> Bool {
    let name = name.lowercased()
    return standard.contains(name) || declared.contains(name) || parts.contains { name.contains($0) }
  }

  /// Gives a URL or target with `***` in the place of each value of its query whose name is that of a secret: `?access_token=***`.
  public static func masking(queryOf text: String) -> String {
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return text }
    let start = text.utf8.index(after: mark)
    let end = text.utf8[start...].firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
    let pairs = text[start..<end].split(separator: "&", omittingEmptySubsequences: false).map { pair in
      guard let sign = pair.utf8.firstIndex(of: ASCII.equals), isSecret(String(pair[..<sign])) else {
        return String(pair)
      }
      return pair[...sign] + "***"
    }
    return text[..<start] + pairs.joined(separator: "&") + text[end...]
  }
}

/// The origin of a URL: scheme, host and port (RFC 9110 §4.3.1). Credentials stay within the one they were given for.
public struct HTTPOrigin: Hashable, Sendable, CustomStringConvertible {
  public let scheme: String
  public let host: String
  public let port: UInt16

  public init(_ url: URL) {
    scheme = url.scheme
    host = url.host
    port = url.effectivePort ?? 0
  }

  public var description: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}

extension URL {
  /// The URL as errors show it: without user and password, and without the secrets of its query.
  public var shown: String { HTTPSecrets.masking(queryOf: withoutCredentials.text) }

  /// The URL as it may be sent: without user and password (RFC 9110 §4.2.4).
  public var withoutCredentials: URL {
    guard let userinfo else { return self }
    let prefix = scheme.utf8.count + 3
    guard let start = text.utf8.index(text.startIndex, offsetBy: prefix, limitedBy: text.endIndex) else { return self }
    let end = text.utf8.index(start, offsetBy: userinfo.utf8.count + 1, limitedBy: text.endIndex) ?? start
    return (try? URL(String(text[..<start]) + String(text[end...]))) ?? self
  }
}

extension HTTPCall {
  /// Takes away all that only the first origin was meant to get.
  mutating func dropSecrets() {
    credentials = nil
    cookies = nil
    headers = HTTPHeaders(headers.fields.filter { !HTTPSecrets.isSecret($0.name, declared: secretFields) })
  }
}
