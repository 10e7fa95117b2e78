import Glibc
import System

// What can be asked of a socket without touching what it carries: ioctl(2) and getsockopt(2).

extension Descriptor {
  /// Gives how many received bytes wait to be taken (SIOCINQ, tcp(7)); of a datagram socket the size of the next one.
  public func unread() throws(SystemCallError) -> Int { try count(0x541b) }

  /// Gives how many sent bytes the peer has not acknowledged yet (SIOCOUTQ, tcp(7)).
  public func unacknowledged() throws(SystemCallError) -> Int { try count(0x5411) }

  private func count(_ request: UInt) throws(SystemCallError) -> Int {
    try use("ioctl") { number throws(SystemCallError) in
      var count: Int32 = 0
      try systemCall("ioctl") { ioctl(number, request, &count) }
      return Int(count)
    }
  }

  /// Gives an option's value as the kernel has it, getsockopt(2), at most `room` bytes.
  public func option(_ number: Int32, at level: Int32, room: Int = 256) throws(SystemCallError) -> [UInt8] {
    try use("getsockopt") { descriptor throws(SystemCallError) in
      var bytes = [UInt8](repeating: 0, count: room)
      var length = socklen_t(clamping: room)
      try systemCall("getsockopt") { getsockopt(descriptor, level, number, &bytes, &length) }
      return Array(bytes.prefix(Int(length)))
    }
  }

  /// Sets an option from its bytes, setsockopt(2).
  public func setOption(_ number: Int32, at level: Int32, _ bytes: [UInt8]) throws(SystemCallError) {
    try use("setsockopt") { descriptor throws(SystemCallError) in
      _ = try systemCall("setsockopt") {
        setsockopt(descriptor, level, number, bytes, socklen_t(clamping: bytes.count))
      }
    }
  }
}
