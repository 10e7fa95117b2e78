import Net

/// Why a SOCKS server does not carry us on.
public enum SOCKSError: LayeredError, Hashable {
  case notSOCKS(UInt8)
  /// It wants another method than none or a password.
  case noMethod(UInt8)
  case badPassword
  /// The code of its reply (RFC 1928 §6).
  case refused(UInt8)
  case badAddressType(UInt8)
  /// A part has no byte, or more than 255.
  case badLength(String)

  public var layer: Layer { Layer(rawValue: "socks") }

  public var code: String {
    switch self {
    case .notSOCKS, .badAddressType: "socks-malformed"
    case .noMethod, .badPassword: "proxy-refused"
    case .refused(5): "ECONNREFUSED"
    case .refused(3): "ENETUNREACH"
    case .refused(4): "EHOSTUNREACH"
    case .refused: "proxy-refused"
    case .badLength: "bad-argument"
    }
  }

  public var message: String {
    switch self {
    case .notSOCKS(let first): "the answer begins with \(first), and SOCKS5 with 5 (RFC 1928 §3)"
    case .noMethod(255): "it takes none of the methods offered (RFC 1928 §3)"
    case .noMethod(let method): "it chose the method \(method), which was not offered (RFC 1928 §3)"
    case .badPassword: "it does not take this user name and password (RFC 1929 §2)"
    case .refused(let reply): "it answered \(reply), \(Self.sentence(reply)) (RFC 1928 §6)"
    case .badAddressType(let type): "its reply has an address of type \(type) (RFC 1928 §5)"
    case .badLength(let part): "the \(part) has not 1 to 255 bytes"
    }
  }

  public var hint: String? {
    switch self {
    case .noMethod(255): "it may want to know who asks: `--proxy socks5://USER:PASSWORD@HOST:PORT`"
    default: nil
    }
  }

  private static func sentence(_ reply: UInt8) -> String {
    let sentences = [
      "succeeded", "general failure", "not allowed by its rules", "network unreachable", "host unreachable",
      "connection refused", "TTL expired", "command not supported", "address type not supported",
    ]
    return Int(reply) < sentences.count ? sentences[Int(reply)] : "an unknown reply"
  }
}
