import System
import CSystem
import Glibc
import Net

// The system calls on sockets, each throwing its own name and errno. Every socket is non-blocking and closed on exec.

extension Descriptor {
  /// Makes a TCP socket, socket(2), for the family of an address.
  static func socket(family: Int32) throws(SystemCallError) -> Descriptor {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    return Descriptor(owning: try systemCall("socket") { Glibc.socket(family, kind, Int32(IPPROTO_TCP)) })
  }

  func bind(_ address: SocketAddress) throws(SystemCallError) {
    try use("bind") { number throws(SystemCallError) in
      _ = try systemCall("bind") { address.with { Glibc.bind(number, $0, $1) } }
    }
  }

  func listen(backlog: Int32) throws(SystemCallError) {
    try use("listen") { number throws(SystemCallError) in
      _ = try systemCall("listen") { Glibc.listen(number, backlog) }
    }
  }

  /// Begins to connect; EINPROGRESS is thrown as every other errno.
  func connect(_ address: SocketAddress) throws(SystemCallError) {
    try use("connect") { number throws(SystemCallError) in
      _ = try systemCall("connect") { address.with { Glibc.connect(number, $0, $1) } }
    }
  }

  /// Takes the oldest connection that waits, accept4(2), and its peer.
  func accept() throws(SystemCallError) -> (Descriptor, Endpoint?) {
    try use("accept4") { number throws(SystemCallError) in
      var taken: Int32 = -1
      let peer = try SocketAddress("accept4") { place, length in
        taken = nsh_accept(number, place, length)
        return taken
      }
      return (Descriptor(owning: taken), peer?.endpoint)
    }
  }

  func send(_ bytes: UnsafeRawBufferPointer) throws(SystemCallError) -> Int {
    try use("send") { number throws(SystemCallError) in
      try systemCall("send") { Glibc.send(number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) }
    }
  }

  /// Makes one recv(2) of at most `max` bytes; an empty array is the end of the stream.
  func recv(max: Int) throws(SystemCallError) -> [UInt8] {
    try use("recv") { number throws(SystemCallError) in
      var failure: SystemCallError?
      let bytes = [UInt8](unsafeUninitializedCapacity: max) { room, count in
        do throws(SystemCallError) {
          count = try systemCall("recv") { Glibc.recv(number, room.baseAddress, max, 0) }
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      // A few bytes must not hold on to room for many: whoever keeps them would keep all of it.
      return bytes.count * 2 < max ? bytes.withUnsafeBufferPointer { Array($0) } : bytes
    }
  }

  func shutdownWrite() throws(SystemCallError) {
    try use("shutdown") { number throws(SystemCallError) in
      _ = try systemCall("shutdown") { Glibc.shutdown(number, Int32(SHUT_WR)) }
    }
  }

  func localEndpoint() throws(SystemCallError) -> Endpoint? {
    try use("getsockname") { number throws(SystemCallError) in
      try SocketAddress("getsockname") { getsockname(number, $0, $1) }?.endpoint
    }
  }

  /// Takes the errno of a connect that went on in the background (SO_ERROR), 0 if it succeeded.
  func takeError() throws(SystemCallError) -> Int32 {
    try use("getsockopt") { number throws(SystemCallError) in
      var error: Int32 = 0
      var length = socklen_t(MemoryLayout<Int32>.size)
      try systemCall("getsockopt") { getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &length) }
      return error
    }
  }

  func set(_ option: Int32, at level: Int32 = SOL_SOCKET, to value: Int32) throws(SystemCallError) {
    try use("setsockopt") { descriptor throws(SystemCallError) in
      var value = value
      _ = try systemCall("setsockopt") {
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
      }
    }
  }

  /// Lets the next close send a reset instead of the end of the stream: SO_LINGER with no time (socket(7)).
  func resetOnClose() throws(SystemCallError) {
    try use("setsockopt") { number throws(SystemCallError) in
      var value = linger(l_onoff: 1, l_linger: 0)
      _ = try systemCall("setsockopt") {
        setsockopt(number, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
      }
    }
  }
}
