/// The parts of `userinfo@host:port` (RFC 3986 §3.2).
struct URLAuthority {
  var userinfo: String?
  var host = ""
  var isBracketed = false
  var port: Int?

  /// authority = [ userinfo "@" ] host [ ":" port ]
  static func parse(_ text: String) throws(URLError) -> URLAuthority {
    var found = URLAuthority()
    var rest = Substring(text)
    // The last @ counts: what is before it is never a host, which is what a disguised URL would want.
    if let at = rest.lastIndex(of: "@") {
      found.userinfo = String(rest[..<at])
      rest = rest[rest.index(after: at)...]
    }
    if rest.hasPrefix("[") {
      guard let close = rest.firstIndex(of: "]") else { throw .badHost(String(rest)) }
      found.host = try literal(rest[rest.index(after: rest.startIndex)..<close])
      found.isBracketed = true
      rest = rest[rest.index(after: close)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw .badHost(text) }
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      let name = rest[..<end]
      guard name.utf8.allSatisfy(isNameByte) else { throw .badHost(String(name)) }
      found.host = name.lowercased()
      rest = rest[end...]
    }
    found.port = try port(rest.dropFirst())
    return found
  }

  /// port = *DIGIT (RFC 3986 §3.2.3)
  private static func port(_ text: Substring) throws(URLError) -> Int? {
    guard !text.isEmpty else { return nil }
    guard text.utf8.allSatisfy(\.isDigit) else { throw .badPort(String(text)) }
    guard let port = Int(text), port <= 65535 else { throw .portOutOfRange(String(text)) }
    return port
  }

  /// reg-name = *( unreserved / pct-encoded / sub-delims ) (RFC 3986 §3.2.2)
  private static func isNameByte(_ byte: UInt8) -> Bool {
    if byte.isLetter || byte.isDigit { return true }
    switch byte {
    case 0x21, 0x24...0x2E, 0x3B, 0x3D, 0x5F, 0x7E: return true
    default: return false
    }
  }

  /// IP-literal = "[" IPv6address [ "%25" ZoneID ] "]" (RFC 6874 §2); a zone behind a bare % is taken too.
  private static func literal(_ text: Substring) throws(URLError) -> String {
    let percent = text.firstIndex(of: "%") ?? text.endIndex
    var zone = text[percent...]
    if zone.hasPrefix("%25") { zone = "%" + zone.dropFirst(3) }
    guard let address = Address(text[..<percent] + zone), !address.isIPv4 else { throw .badHost("[\(text)]") }
    return text[..<percent].lowercased() + zone
  }
}
