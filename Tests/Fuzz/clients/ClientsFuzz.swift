import Clients
import Glibc
import Net
import Wire

/// What clients read beside messages: cookies, `.netrc`, hosts, resolv.conf and the replies of SOCKS; the first byte says which.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzClients(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  guard let kind = input.first else { return 0 }
  let rest = Array(input.dropFirst())
  switch kind {
  case UInt8(ascii: "c"): fuzzCookies(rest)
  case UInt8(ascii: "n"): _ = Netrc(String(decoding: rest, as: UTF8.self)).credentials(for: "example.test")
  case UInt8(ascii: "h"): _ = HostsFile(parsing: rest)
  case UInt8(ascii: "r"): _ = ResolverConfiguration(parsing: rest)
  default: fuzzSOCKS(rest)
  }
  return 0
}

/// Each line is a Set-Cookie; what is sent back is one line of text, to the host that set it and no other.
private func fuzzCookies(_ bytes: [UInt8]) {
  guard let own = try? URL("http://a.example.test/one/two"), let other = try? URL("http://other.test/one/two") else {
    return
  }
  let jar = CookieJar()
  var headers = HTTPHeaders()
  for line in bytes.split(separator: 0x0a) {
    headers.append("Set-Cookie", String(decoding: line, as: UTF8.self))
    _ = CookieDate.read(String(decoding: line, as: UTF8.self))
  }
  jar.take(headers, from: own)
  if let field = jar.field(for: own), field.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) {
    print("a cookie would break the request: \(field)")
    abort()
  }
  guard jar.field(for: other) == nil else {
    print("a cookie goes to another host")
    abort()
  }
}

/// The messages of a SOCKS server, whatever they are; a reply is never longer than a name and a port.
private func fuzzSOCKS(_ bytes: [UInt8]) {
  _ = try? SOCKS5.method(bytes)
  try? SOCKS5.checkAuthentication(bytes)
  guard let more = try? SOCKS5.restOfReply(bytes) else { return }
  if more < 0 || more > 257 { abort() }
}
