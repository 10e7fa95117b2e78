import Net
import Wire

/// Who asks, as `Authorization` says it: a user with a password, or the bearer of a token.
public enum HTTPCredentials: Sendable, Hashable {
  /// RFC 7617.
  case basic(user: String, password: String)
  /// RFC 6750.
  case bearer(String)

  /// Reads `user:password`; without a colon the password is empty.
  public init(userAndPassword text: String) {
    let colon = text.utf8.firstIndex(of: ASCII.colon) ?? text.endIndex
    self = .basic(user: String(text[..<colon]), password: String(text[colon...].dropFirst()))
  }

  /// Reads what a URL has before its `@`, percent-decoded (RFC 3986 §3.2.1).
  init?(userinfo: String?) {
    guard let userinfo, !userinfo.isEmpty else { return nil }
    let colon = userinfo.utf8.firstIndex(of: ASCII.colon) ?? userinfo.endIndex
    func decoded(_ text: Substring) -> String {
      let bytes = (try? PercentEncoding.decode(Array(text.utf8))) ?? Array(text.utf8)
      return String(decoding: bytes, as: UTF8.self)
    }
    self = .basic(user: decoded(userinfo[..<colon]), password: decoded(userinfo[colon...].dropFirst()))
  }

  /// The value of the field.
  var field: String {
    switch self {
    case .basic(let user, let password):
      "Basic " + BaseEncoding.base64.encode(Array("\(user):\(password)".utf8))
    case .bearer(let token): "Bearer \(token)"
    }
  }

  /// Refuses control characters (RFC 7617 §2) and a token that would end its line.
  func check() throws(HTTPError) {
    let parts =
      switch self {
      case .basic(let user, let password): [("user name", user), ("password", password)]
      case .bearer(let token): [("token", token)]
      }
    for (part, text) in parts {
      for byte in text.utf8 where byte.isControl { throw .misuse(.lineBreak(part, byte: byte)) }
    }
  }
}
