import Glibc
import Net
import System

extension Descriptor {
  /// Lets a socket use only one interface: SO_BINDTODEVICE, else, where that is for root alone, IP_UNICAST_IF (ip(7)).
  ///
  /// - Returns: the option that did it.
  public func bind(toInterface name: String, isIPv4: Bool) throws(SystemCallError) -> String {
    let number = NetworkNamespace.interfaceNumber(name)
    guard number != 0 else { throw SystemCallError(call: "if_nametoindex", errno: ENODEV) }
    do throws(SystemCallError) {
      try use("setsockopt") { descriptor throws(SystemCallError) in
        let bytes = Array(name.utf8)
        _ = try systemCall("setsockopt") {
          setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, bytes, socklen_t(bytes.count))
        }
      }
      return "SO_BINDTODEVICE"
    } catch {
      guard error.errno == EPERM else { throw error }
    }
    // The number is in network byte order, unlike that of every other option.
    let (level, option) = isIPv4 ? (IPPROTO_IP, IP_UNICAST_IF) : (IPPROTO_IPV6, IPV6_UNICAST_IF)
    try set(option, at: Int32(level), to: Int32(bitPattern: number.bigEndian))
    return isIPv4 ? "IP_UNICAST_IF" : "IPV6_UNICAST_IF"
  }

  /// Gives the family that the socket was made for, SO_DOMAIN (socket(7)): AF_INET, AF_INET6 or AF_UNIX.
  public func domain() throws(SystemCallError) -> Int32 {
    try use("getsockopt") { number throws(SystemCallError) in
      var family: Int32 = 0
      var length = socklen_t(MemoryLayout<Int32>.size)
      try systemCall("getsockopt") { getsockopt(number, SOL_SOCKET, SO_DOMAIN, &family, &length) }
      return family
    }
  }
}
