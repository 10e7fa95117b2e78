import Glibc
import System

/// A TCP socket on loopback that accepts what the kernel accepts for it, and never answers (listen(2)).
final class Listener {
  private let socket: Int32
  let port: Int

  /// Connections that fill the queue, so that the kernel leaves further ones unanswered.
  private var queued: [Int32] = []

  init(isFull: Bool = false) throws {
    let socket = try systemCall("socket") { Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
    self.socket = socket
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    port = try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = try systemCall("bind") { bind(socket, address, length) }
        _ = try systemCall("listen") { listen(socket, isFull ? 0 : 5) }
        _ = try systemCall("getsockname") { getsockname(socket, address, &length) }
      }
      return Int(UInt16(bigEndian: pointer.pointee.sin_port))
    }
    guard isFull else { return }
    for _ in 0..<4 {
      let client = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      queued.append(client)
      withUnsafeMutablePointer(to: &address) { pointer in
        _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, length) }
      }
    }
    usleep(100_000)
  }

  deinit { for descriptor in queued + [socket] { close(descriptor) } }
}
