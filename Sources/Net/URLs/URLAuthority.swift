/// The parts of `userinfo@host:port` (RFC 3986 §3.2).
struct URLAuthority {
  var userinfo: String?
  var host = ""
  var isBracketed = false
  var port: Int?

  /// authority = [ userinfo "@" ] host [ ":" port ]
  ///
  /// The text is read by scalars: as a `Character` a sign with a combining mark behind it is another one.
  static func parse(_ text: String) throws(URLError) -> URLAuthority {
    var found = URLAuthority()
    var rest = Substring(text).unicodeScalars
    // The last @ counts: what is before it is never a host, which is what a disguised URL would want.
    if let at = rest.lastIndex(of: "@") {
      found.userinfo = String(rest[..<at])
      rest = rest[rest.index(after: at)...]
    }
    if rest.first == "[" {
      guard let close = rest.firstIndex(of: "]") else { throw .badHost(String(rest)) }
      found.host = try literal(rest[..<close].dropFirst())
      found.isBracketed = true
      rest = rest[rest.index(after: close)...]
      // Without what stands before the host, which may be a password.
      guard rest.isEmpty || rest.first == ":" else { throw .badHost("[\(found.host)]\(String(rest))") }
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      let name = String(rest[..<end])
      guard name.utf8.allSatisfy(isNameByte) else { throw .badHost(name) }
      found.host = name.lowercased()
      rest = rest[end...]
    }
    found.port = try port(String(rest.dropFirst()))
    return found
  }

  /// port = *DIGIT (RFC 3986 §3.2.3)
  private static func port(_ text: String) throws(URLError) -> Int? {
    guard !text.isEmpty else { return nil }
    guard text.utf8.allSatisfy(\.isDigit) else { throw .badPort(text) }
    guard let port = Int(text), port <= 65535 else { throw .portOutOfRange(text) }
    return port
  }

  /// ireg-name = *( iunreserved / pct-encoded / sub-delims ) (RFC 3987 §2.2); whoever connects makes ASCII of it.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    if byte.isLetter || byte.isDigit || byte >= 0x80 { return true }
    switch byte {
    case 0x21, 0x24...0x2E, 0x3B, 0x3D, 0x5F, 0x7E: return true
    default: return false
    }
  }

  /// IP-literal = "[" IPv6address [ "%25" ZoneID ] "]" (RFC 6874 §2); a zone behind a bare % is taken too.
  private static func literal(_ text: Substring.UnicodeScalarView) throws(URLError) -> String {
    let percent = text.firstIndex(of: "%") ?? text.endIndex
    let number = String(text[..<percent])
    var zone = text[percent...].dropFirst()
    if zone.starts(with: "25".unicodeScalars) { zone = zone.dropFirst(2) }
    let suffix = percent == text.endIndex ? "" : "%" + String(zone)
    guard let address = Address(number + suffix), !address.isIPv4 else { throw .badHost("[\(String(text))]") }
    return number.lowercased() + suffix
  }
}
