import System
import Wire

extension Connection {
  /// Gives the IP and TCP headers of the SYN that opened an accepted connection (TCP_SAVED_SYN, tcp(7)); empty if it was not kept.
  ///
  /// The kernel gives it away once; it is kept here for the next time.
  public func savedSYN() throws(SystemCallError) -> [UInt8] {
    if let known = opening.withLock({ $0 }) { return known }
    let bytes = try descriptor.option(28, at: 6, room: 512)
    opening.withLock { $0 = bytes }
    return bytes
  }

  /// Gives what the kernel knows of the connection (TCP_INFO, tcp(7)).
  public func tcpInfo() throws(SystemCallError) -> TCPInfo? {
    TCPInfo(try descriptor.option(11, at: 6, room: 512))
  }
}
