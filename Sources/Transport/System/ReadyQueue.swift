import CSystem
import Glibc
import Net
import System

/// A queue that tells which of many sockets can be written to or have failed, epoll(7): its cost is that of the ready ones.
///
/// A socket leaves it when it is closed.
final class ReadyQueue {
  /// What a wait looks at: it is readable while a socket is ready.
  let descriptor: Descriptor

  init() throws(SystemCallError) {
    descriptor = Descriptor(owning: try systemCall("epoll_create1") { nsh_epoll() })
  }

  deinit { descriptor.close() }

  /// Tells of a socket by a number from now on.
  func add(_ socket: Descriptor, as number: UInt32) throws(SystemCallError) {
    try descriptor.use("epoll_ctl") { queue throws(SystemCallError) in
      try socket.use("epoll_ctl") { other throws(SystemCallError) in
        _ = try systemCall("epoll_ctl") { nsh_epoll_add(queue, other, number) }
      }
    }
  }

  /// Gives the numbers of sockets that are ready, at most 256 of them, without waiting.
  func take() throws(SystemCallError) -> [UInt32] {
    try descriptor.use("epoll_wait") { queue throws(SystemCallError) in
      var numbers = [UInt32](repeating: 0, count: 256)
      let count = try systemCall("epoll_wait") { nsh_epoll_take(queue, &numbers, 256) }
      return Array(numbers.prefix(Int(count)))
    }
  }
}
