/// Why a text is no URL, or no URL of ours.
public enum URLError: LayeredError, Hashable, CustomStringConvertible {
  case noScheme
  case badCharacter(Unicode.Scalar, offset: Int)
  case badPercent(offset: Int)
  case noHost(scheme: String)
  case badHost(String)
  case badPort(String)
  case portOutOfRange(String)
  /// A scheme that the rules of the web are not for.
  case notSpecial(String)
  /// A domain beyond ASCII, and nobody here who makes ASCII of it.
  case international(String)

  public var layer: Layer { .value }

  public var code: String {
    if case .portOutOfRange = self { "port-out-of-range" } else { "url-malformed" }
  }

  public var message: String {
    switch self {
    case .noScheme: "the URL does not begin with a scheme such as http:// (RFC 3986 §3.1)"
    case .badCharacter(let scalar, let offset):
      "the URL holds U+\(Self.hex(scalar)) at byte \(offset), which must be percent-encoded (RFC 3986 §2)"
    case .badPercent(let offset): "the % at byte \(offset) is not followed by two hexadecimal digits (RFC 3986 §2.1)"
    case .noHost(let scheme): "a URL of \(scheme) needs a host (RFC 9110 §4.2)"
    case .badHost(let host): "“\(host)” is not a host (RFC 3986 §3.2.2)"
    case .badPort(let port): "the port “\(port)” is not a number (RFC 3986 §3.2.3)"
    case .notSpecial(let scheme):
      "the rules of the web are not for \(scheme): but for http, https, ws and wss (WHATWG URL §3.1)"
    case .international(let host): "the host “\(host)” is not ASCII; write it as its labels xn--… (RFC 5890 §2.3.2.1)"
    case .portOutOfRange(let port): "the port \(port) is not in 0 to 65535"
    }
  }

  public var description: String { "\(code): \(message)" }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
