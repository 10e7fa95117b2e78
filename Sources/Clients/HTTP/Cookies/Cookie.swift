import Net

/// A cookie as a jar keeps it (RFC 6265 §5.3).
public struct Cookie: Sendable, Hashable {
  public let name: String
  public let value: String
  /// The host, or the domain of which all hosts get it, in lower case.
  public internal(set) var domain: String
  /// Whether only the host that set it gets it.
  public internal(set) var isHostOnly: Bool
  public internal(set) var path: String
  public let isSecure: Bool
  public let isHTTPOnly: Bool
  /// When it ends; nil with the session.
  public let expires: Timestamp?
  var created: Timestamp

  /// Reads a Set-Cookie from a URL; nil where it is to be ignored (RFC 6265 §5.2, §5.3).
  ///
  ///     set-cookie-string = cookie-pair *( ";" SP cookie-av )
  init?(
    setBy field: String, from url: URL, at now: Timestamp = .now(),
    suffixes: @autoclosure () -> PublicSuffixes = .installed
  ) {
    guard !field.utf8.contains(where: { $0.isControl && $0 != ASCII.tab }) else { return nil }
    let parts = field.utf8.split(separator: ASCII.semicolon, omittingEmptySubsequences: false)
    guard let (name, value) = parts.first.flatMap({ Cookie.pair($0) }), !name.isEmpty else { return nil }
    self.name = name
    self.value = value
    created = now
    let attributes = parts.dropFirst().compactMap { Cookie.pair($0, needsValue: false) }
    func last(_ name: String) -> String? { attributes.last { $0.name.lowercased() == name }?.value }
    isSecure = last("secure") != nil
    isHTTPOnly = last("httponly") != nil
    expires = Cookie.expiry(maxAge: last("max-age"), expires: last("expires"), now)
    let given = last("path") ?? ""
    path = given.hasPrefix("/") ? given : Cookie.defaultPath(of: url)
    var domain = (last("domain") ?? "").lowercased()
    if domain.hasPrefix(".") { domain.removeFirst() }
    // RFC 6265 §5.3: nobody sets a cookie for hosts that are not his, nor for a domain below which everybody may have one; a host
    // that is such a domain, like an address, only for itself.
    guard domain.isEmpty || Cookie.host(url.host, matches: domain) else { return nil }
    let isAlone = domain.isEmpty || Address(url.host) != nil || suffixes().contains(domain)
    guard !isAlone || domain.isEmpty || domain == url.host else { return nil }
    isHostOnly = isAlone
    self.domain = isAlone ? url.host : domain
    // RFC 6265bis §5.7: a name that makes a promise is kept to it.
    guard !isSecure || url.scheme == "https" else { return nil }
    if name.hasPrefix("__Secure-"), !isSecure { return nil }
    if name.hasPrefix("__Host-"), !isSecure || !domain.isEmpty || given != "/" { return nil }
  }

  /// cookie-pair = name "=" value, white space around both cut off; without `=` a cookie has no name (RFC 6265 §5.2)
  private static func pair(_ part: Substring.UTF8View, needsValue: Bool = true) -> (name: String, value: String)? {
    func trimmed(_ bytes: Substring.UTF8View) -> String {
      String(decoding: ASCII.trimmed(Array(bytes)[...]), as: UTF8.self)
    }
    guard let mark = part.firstIndex(of: ASCII.equals) else { return needsValue ? nil : (trimmed(part), "") }
    return (trimmed(part[..<mark]), trimmed(part[part.index(after: mark)...]))
  }

  /// Max-Age comes before Expires (RFC 6265 §5.3); a negative one is long ago.
  private static func expiry(maxAge: String?, expires: String?, _ now: Timestamp) -> Timestamp? {
    if let maxAge, let first = maxAge.utf8.first, first.isDigit || first == 0x2D,
      maxAge.utf8.dropFirst().allSatisfy(\.isDigit)
    {
      guard let seconds = Int64(maxAge) else { return first == 0x2D ? Timestamp(nanoseconds: 0) : nil }
      guard seconds > 0 else { return Timestamp(nanoseconds: 0) }
      return TimeSpan(seconds: seconds).flatMap { now.adding($0) }
    }
    return expires.flatMap { CookieDate.read($0) }
  }

  /// The folder of the URL's path (RFC 6265 §5.1.4).
  private static func defaultPath(of url: URL) -> String {
    guard url.path.hasPrefix("/"), let slash = url.path.utf8.lastIndex(of: 0x2F), slash > url.path.startIndex else {
      return "/"
    }
    return String(url.path[..<slash])
  }

  /// Whether a host is a domain or below it (RFC 6265 §5.1.3); an address is only itself.
  static func host(_ host: String, matches domain: String) -> Bool {
    host == domain || (host.hasSuffix("." + domain) && Address(host) == nil)
  }

  /// Whether a path is a cookie's path or below it (RFC 6265 §5.1.4).
  static func path(_ path: String, matches own: String) -> Bool {
    path == own || (path.hasPrefix(own) && (own.hasSuffix("/") || path.utf8.dropFirst(own.utf8.count).first == 0x2F))
  }

  /// Whether it goes with a request for a URL (RFC 6265 §5.4).
  func goes(to url: URL, at now: Timestamp) -> Bool {
    guard isHostOnly ? url.host == domain : Cookie.host(url.host, matches: domain) else { return false }
    guard Cookie.path(url.path.isEmpty ? "/" : url.path, matches: path) else { return false }
    return (!isSecure || url.scheme == "https") && !hasEnded(at: now)
  }

  func hasEnded(at now: Timestamp) -> Bool { expires.map { $0 <= now } ?? false }
}
