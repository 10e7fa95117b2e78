import System
import CSystem
import Glibc
import Net

// The system calls on sockets, each throwing its own name and errno. Every socket is non-blocking and closed on exec.

extension Descriptor {
  /// Makes a socket, socket(2), of a family (AF_INET, AF_INET6, AF_UNIX): a stream unless another kind is asked for.
  public static func socket(
    family: Int32, kind: __socket_type = SOCK_STREAM, protocol number: Int32 = 0
  ) throws(SystemCallError) -> Descriptor {
    let kind = Int32(kind.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    return Descriptor(owning: try NetworkNamespace.socket(family, kind, number))
  }

  public func bind(_ address: SocketAddress) throws(SystemCallError) {
    try use("bind") { number throws(SystemCallError) in
      _ = try systemCall("bind") { address.with { Glibc.bind(number, $0, $1) } }
    }
  }

  func listen(backlog: Int32) throws(SystemCallError) {
    // TCP_SAVE_SYN, for `tcp syn`; a Unix socket has none.
    try? set(27, at: Int32(IPPROTO_TCP), to: 1)
    try use("listen") { number throws(SystemCallError) in
      _ = try systemCall("listen") { Glibc.listen(number, backlog) }
    }
  }

  /// Begins to connect; EINPROGRESS is thrown as every other errno.
  public func connect(_ address: SocketAddress) throws(SystemCallError) {
    try use("connect") { number throws(SystemCallError) in
      _ = try systemCall("connect") { address.with { Glibc.connect(number, $0, $1) } }
    }
  }

  /// Takes the oldest connection that waits, accept4(2), and its peer.
  func accept() throws(SystemCallError) -> (Descriptor, SocketName?) {
    try use("accept4") { number throws(SystemCallError) in
      var taken: Int32 = -1
      let peer = try SocketAddress("accept4") { place, length in
        taken = nsh_accept(number, place, length)
        return taken
      }
      return (Descriptor(owning: taken), peer?.name)
    }
  }

  /// Makes one send(2), or sendto(2) where a place is named; never with a SIGPIPE.
  func send(_ bytes: UnsafeRawBufferPointer, to place: SocketName? = nil, flags: Int32 = 0) throws(SystemCallError)
    -> Int
  {
    let flags = flags | Int32(MSG_NOSIGNAL)
    guard let place else {
      return try use("send") { number throws(SystemCallError) in
        try systemCall("send") { Glibc.send(number, bytes.baseAddress, bytes.count, flags) }
      }
    }
    let address = try SocketAddress(place)
    return try use("sendto") { number throws(SystemCallError) in
      try systemCall("sendto") {
        address.with { sendto(number, bytes.baseAddress, bytes.count, flags, $0, $1) }
      }
    }
  }

  /// Makes one recvfrom(2) of at most `max` bytes; the sender is nil where the transport does not say (a stream).
  func recvFrom(max: Int, flags: Int32 = 0) throws(SystemCallError) -> ([UInt8], SocketName?) {
    try use("recvfrom") { number throws(SystemCallError) in
      var failure: SystemCallError?
      var name: SocketName?
      let bytes = [UInt8](unsafeUninitializedCapacity: max) { room, count in
        do throws(SystemCallError) {
          var received = 0
          let sender = try SocketAddress("recvfrom") { place, length in
            received = Glibc.recvfrom(number, room.baseAddress, max, flags, place, length)
            return received < 0 ? -1 : 0
          }
          count = received
          name = sender?.name
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      return (bytes.count * 2 < max ? bytes.withUnsafeBufferPointer { Array($0) } : bytes, name)
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

  /// Gives the name that bind(2) or the system gave to this end, getsockname(2).
  public func localName() throws(SystemCallError) -> SocketName? {
    try use("getsockname") { number throws(SystemCallError) in
      try SocketAddress("getsockname") { getsockname(number, $0, $1) }?.name
    }
  }

  /// Takes the errno of a connect that went on in the background (SO_ERROR), 0 if it succeeded.
  public func takeError() throws(SystemCallError) -> Int32 {
    try use("getsockopt") { number throws(SystemCallError) in
      var error: Int32 = 0
      var length = socklen_t(MemoryLayout<Int32>.size)
      try systemCall("getsockopt") { getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &length) }
      return error
    }
  }

  public func set(_ option: Int32, at level: Int32 = SOL_SOCKET, to value: Int32) throws(SystemCallError) {
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
