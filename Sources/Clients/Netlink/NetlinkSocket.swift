import Glibc
import Net
import System
import Transport
import Wire

/// A socket to the kernel, netlink(7): what it knows of interfaces, routes and sockets, as messages and not as text.
public final class NetlinkSocket: Sendable {
  /// What it speaks of.
  public enum Subject: Int32, Sendable {
    /// NETLINK_ROUTE: interfaces, addresses, routes, neighbors and rules.
    case routing = 0
    /// NETLINK_SOCK_DIAG: sockets.
    case sockets = 4
  }

  private let descriptor: Descriptor

  /// Opens it, socket(2) and bind(2); groups are bits of the news to be told, none for answers alone.
  public init(_ subject: Subject, groups: UInt32 = 0) throws(SystemCallError) {
    let kind = Int32(SOCK_RAW.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = Descriptor(owning: try NetworkNamespace.socket(AF_NETLINK, kind, subject.rawValue))
    // SOL_NETLINK, NETLINK_EXT_ACK: errors with the kernel's words. Kernels before 4.12 have none to give.
    try? set(270, 11, 1)
    guard groups != 0 else { return }
    try set(SOL_SOCKET, SO_RCVBUF, 1 << 20)
    try descriptor.use("bind") { number throws(SystemCallError) in
      _ = try systemCall("bind") { Self.address(groups: groups) { Glibc.bind(number, $0, $1) } }
    }
  }

  deinit { close() }

  public func close() { descriptor.close() }

  private func set(_ level: Int32, _ option: Int32, _ value: Int32) throws(SystemCallError) {
    try descriptor.use("setsockopt") { number throws(SystemCallError) in
      var value = value
      _ = try systemCall("setsockopt") { setsockopt(number, level, option, &value, 4) }
    }
  }

  /// Lends the kernel's address, a sockaddr_nl: the family, two bytes of padding, port 0, and groups.
  private static func address<Result>(
    groups: UInt32 = 0, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    // The family's two bytes come first in any byte order.
    var family: UInt32 = 0
    withUnsafeMutableBytes(of: &family) { $0.storeBytes(of: UInt16(AF_NETLINK), as: UInt16.self) }
    var words = (family, UInt32(0), groups, UInt32(0))
    return withUnsafePointer(to: &words) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, 12) }
    }
  }

  // MARK: Asking

  /// How often a list is asked for again that changed while it was given.
  private static let tries = 10

  /// Gives all messages of a list; `activity` says in errors what was being done.
  public static func list(
    _ subject: Subject, _ request: NetlinkRequest, _ activity: String, _ context: NetworkContext
  ) throws(NetlinkFailure) -> [NetlinkMessage] {
    for _ in 0..<tries {
      let socket = try open(subject, activity)
      defer { socket.close() }
      try socket.send(request, activity)
      if let messages = try socket.wholeList(activity, context) { return messages }
    }
    throw NetlinkFailure(activity, .unsteady)
  }

  /// Gives the one message that answers a question.
  public static func ask(
    _ subject: Subject, _ request: NetlinkRequest, _ activity: String, _ context: NetworkContext
  ) throws(NetlinkFailure) -> NetlinkMessage {
    let socket = try open(subject, activity)
    defer { socket.close() }
    try socket.send(request, activity)
    while true {
      for message in try socket.receive(activity, context) where message.sequence == sequence {
        try check(message, activity)
        return message
      }
    }
  }

  public static func open(
    _ subject: Subject, groups: UInt32 = 0, _ activity: String
  ) throws(NetlinkFailure) -> NetlinkSocket {
    do throws(SystemCallError) {
      return try NetlinkSocket(subject, groups: groups)
    } catch {
      throw NetlinkFailure(activity, .system(error))
    }
  }

  /// Each question has a socket of its own, so that one number does for all.
  private static let sequence: UInt32 = 1

  private func send(_ request: NetlinkRequest, _ activity: String) throws(NetlinkFailure) {
    let bytes = request.bytes(sequence: Self.sequence)
    do throws(SystemCallError) {
      try descriptor.use("send") { number throws(SystemCallError) in
        _ = try systemCall("send") { Glibc.send(number, bytes, bytes.count, 0) }
      }
    } catch {
      throw NetlinkFailure(activity, .system(error))
    }
  }

  /// Receives up to the end of a list; nil if it changed meanwhile.
  private func wholeList(
    _ activity: String, _ context: NetworkContext
  ) throws(NetlinkFailure) -> [NetlinkMessage]? {
    var messages: [NetlinkMessage] = []
    var room = 1 << 30
    var isSteady = true
    while true {
      for message in try receive(activity, context) where message.sequence == Self.sequence {
        if message.wasDumpInterrupted { isSteady = false }
        try Self.check(message, activity)
        guard message.type != NetlinkMessage.Control.done else { return isSteady ? messages : nil }
        guard message.type >= 16 else { continue }
        room -= message.payload.count
        guard room >= 0 else { throw NetlinkFailure(activity, .tooMuch) }
        messages.append(message)
        guard message.isPartOfMany else { return isSteady ? messages : nil }
      }
    }
  }

  /// Throws what an error message says.
  private static func check(_ message: NetlinkMessage, _ activity: String) throws(NetlinkFailure) {
    guard message.type == NetlinkMessage.Control.error || message.type == NetlinkMessage.Control.done else { return }
    let outcome: NetlinkMessage.Outcome
    do throws(NetlinkError) {
      outcome = try message.outcome()
    } catch {
      throw NetlinkFailure(activity, .malformed(error))
    }
    guard outcome.errno == 0 else {
      throw NetlinkFailure(activity, .refused(SystemCallError(call: "recv", errno: outcome.errno), outcome.text))
    }
  }

  // MARK: Receiving

  /// Waits for the next datagram and gives its messages; ENOBUFS says that news were lost because nobody read them in time.
  public func receive(_ activity: String, _ context: NetworkContext) throws(NetlinkFailure) -> [NetlinkMessage] {
    while true {
      var datagram: [UInt8]?
      do throws(SystemCallError) {
        datagram = try nextDatagram()
      } catch {
        guard error.errno == EAGAIN else { throw NetlinkFailure(activity, .system(error)) }
      }
      if let datagram { return try Self.parse(datagram, activity) }
      do throws(WaitError) {
        try wait([descriptor], for: .read, deadline: context.deadline, interrupt: context.interrupt)
      } catch {
        throw NetlinkFailure(activity, waiting: error)
      }
    }
  }

  private static func parse(_ datagram: [UInt8], _ activity: String) throws(NetlinkFailure) -> [NetlinkMessage] {
    do throws(NetlinkError) {
      return try NetlinkMessage.parse(datagram)
    } catch {
      throw NetlinkFailure(activity, .malformed(error))
    }
  }

  /// Takes a datagram whole: its length first (MSG_PEEK and MSG_TRUNC), then itself; nil for one that is not the kernel's.
  private func nextDatagram() throws(SystemCallError) -> [UInt8]? {
    try descriptor.use("recv") { number throws(SystemCallError) in
      var first: UInt8 = 0
      let peek = Int32(MSG_PEEK | MSG_TRUNC)
      let size = try systemCall("recv") { Glibc.recv(number, &first, 1, peek) }
      // A list's datagrams are at most as large as the room offered, so that a small first offer would make many.
      var bytes = [UInt8](repeating: 0, count: max(size, 32_768))
      var sender: [UInt32] = [0, 0, 0, 0]
      var length = socklen_t(12)
      let count = try systemCall("recv") {
        bytes.withUnsafeMutableBytes { room in
          sender.withUnsafeMutableBytes { place in
            place.withMemoryRebound(to: sockaddr.self) {
              recvfrom(number, room.baseAddress, room.count, 0, $0.baseAddress, &length)
            }
          }
        }
      }
      // Port 0 is the kernel's; any other is a program's that wants to be taken for it.
      guard sender[1] == 0 else { return nil }
      bytes.removeLast(bytes.count - min(max(0, count), bytes.count))
      return bytes
    }
  }
}
