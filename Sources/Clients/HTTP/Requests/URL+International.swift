import IDN
import Net

extension URL {
  /// Gives the URL with its host as DNS has it: `http://xn--mnchen-3ya.example/` for `http://münchen.example/`, and what is percent-encoded
  /// in a host is what it stands for (RFC 3987 §3.1, WHATWG URL §3.5).
  ///
  /// Errors: `bad-idn`, or `url-malformed` for what is no host once it is decoded.
  public func withHostInASCII() throws -> URL {
    guard host.utf8.contains(where: { $0 >= 0x80 || $0 == 0x25 }), !host.contains(":") else { return self }
    if !host.utf8.contains(0x25) { return try replacing(host: try InternationalName.ascii(host)) }
    let read = try SpecialURL("http://\(host)/", ascii: { try? InternationalName.ascii($0) })
    return try replacing(host: read.host)
  }
}
