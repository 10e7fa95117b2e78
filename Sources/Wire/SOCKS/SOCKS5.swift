import Net

/// The messages of SOCKS version 5 (RFC 1928), with its name and password (RFC 1929).
public enum SOCKS5 {
  /// The method that a server chose.
  public enum Method: UInt8, Sendable {
    case none = 0
    case password = 2
  }

  /// Gives the greeting that offers the methods we can do.
  ///
  ///     VER NMETHODS METHODS    (RFC 1928 §3)
  public static func greeting(withPassword: Bool) -> [UInt8] { withPassword ? [5, 2, 0, 2] : [5, 1, 0] }

  /// Reads the choice of a server: VER METHOD (RFC 1928 §3).
  public static func method(_ bytes: [UInt8]) throws(SOCKSError) -> Method {
    guard bytes.count == 2, bytes[0] == 5 else { throw .notSOCKS(bytes.first ?? 0) }
    guard let method = Method(rawValue: bytes[1]) else { throw .noMethod(bytes[1]) }
    return method
  }

  /// Gives the name and the password.
  ///
  ///     VER ULEN UNAME PLEN PASSWD    (RFC 1929 §2)
  public static func authentication(user: String, password: String) throws(SOCKSError) -> [UInt8] {
    guard let users = UInt8(exactly: user.utf8.count), users > 0 else { throw .badLength("user name") }
    guard let passwords = UInt8(exactly: password.utf8.count), passwords > 0 else { throw .badLength("password") }
    return [1, users] + Array(user.utf8) + [passwords] + Array(password.utf8)
  }

  /// Reads what a server says to them: VER STATUS (RFC 1929 §2).
  public static func checkAuthentication(_ bytes: [UInt8]) throws(SOCKSError) {
    guard bytes.count == 2, bytes[0] == 1 else { throw .notSOCKS(bytes.first ?? 0) }
    guard bytes[1] == 0 else { throw .badPassword }
  }

  /// Gives the request to connect to an endpoint.
  ///
  ///     VER CMD RSV ATYP DST.ADDR DST.PORT    (RFC 1928 §4)
  public static func connect(to endpoint: Endpoint) throws(SOCKSError) -> [UInt8] {
    var bytes: [UInt8] = [5, 1, 0]
    switch endpoint.host {
    case .address(let address):
      bytes.append(address.isIPv4 ? 1 : 4)
      bytes += address.bytes
    case .name(let name):
      guard let length = UInt8(exactly: name.utf8.count), length > 0 else { throw .badLength("host name") }
      bytes += [3, length] + Array(name.utf8)
    case .any: bytes += [3, 9] + Array("localhost".utf8)
    }
    return bytes + [UInt8(endpoint.port >> 8), UInt8(endpoint.port & 255)]
  }

  /// Reads the beginning of the reply, VER REP RSV ATYP and one byte more, and gives how many bytes of it are still to come.
  ///
  ///     VER REP RSV ATYP BND.ADDR BND.PORT    (RFC 1928 §6)
  public static func restOfReply(_ bytes: [UInt8]) throws(SOCKSError) -> Int {
    guard bytes.count == 5, bytes[0] == 5 else { throw .notSOCKS(bytes.first ?? 0) }
    guard bytes[1] == 0 else { throw .refused(bytes[1]) }
    switch bytes[3] {
    case 1: return 3 + 2
    case 4: return 15 + 2
    case 3: return Int(bytes[4]) + 2
    default: throw .badAddressType(bytes[3])
    }
  }
}
