import CSystem
import Glibc
import Net
import System

/// An epoll(7) instance: tells which of many descriptors are ready, at a cost that does not grow with those that are idle.
public final class Poller: Sendable {
  /// What is looked for on a descriptor; errors and the end of both directions are told always.
  public struct Interest: OptionSet, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let read = Interest(rawValue: EPOLLIN.rawValue)
    public static let write = Interest(rawValue: EPOLLOUT.rawValue)
  }

  public struct Event: Sendable {
    public let token: Int
    public let ready: Interest
    /// Whether the descriptor is in error or ended in both directions.
    public let isBroken: Bool
  }

  private let instance: Descriptor
  /// An eventfd(2) by which other threads end a wait.
  private let waker: Descriptor
  private static let wakeToken = Int.min

  public init() throws(SystemCallError) {
    instance = Descriptor(owning: try systemCall("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
    let flags = Int32(EFD_CLOEXEC | EFD_NONBLOCK)
    waker = Descriptor(owning: try systemCall("eventfd") { eventfd(0, flags) })
    try watch(waker, for: .read, token: Poller.wakeToken)
  }

  /// Begins to watch a descriptor, whose events carry the token.
  public func watch(_ descriptor: Descriptor, for interest: Interest, token: Int) throws(SystemCallError) {
    try control(EPOLL_CTL_ADD, descriptor, interest, token)
  }

  /// Looks for something else on a descriptor that is watched.
  public func change(_ descriptor: Descriptor, to interest: Interest, token: Int) throws(SystemCallError) {
    try control(EPOLL_CTL_MOD, descriptor, interest, token)
  }

  /// Ends the watch; a descriptor that is closed needs no such call.
  public func forget(_ descriptor: Descriptor) throws(SystemCallError) {
    try control(EPOLL_CTL_DEL, descriptor, [], 0)
  }

  private func control(
    _ operation: Int32, _ descriptor: Descriptor, _ interest: Interest, _ token: Int
  ) throws(SystemCallError) {
    var event = epoll_event()
    event.events = interest.rawValue
    event.data.u64 = UInt64(bitPattern: Int64(token))
    try instance.use("epoll_ctl") { instance throws(SystemCallError) in
      try descriptor.use("epoll_ctl") { number throws(SystemCallError) in
        _ = try systemCall("epoll_ctl") { epoll_ctl(instance, operation, number, &event) }
      }
    }
  }

  /// Ends the wait of another thread, or its next one.
  public func wake() {
    try? waker.use("write") { number throws(SystemCallError) in
      var one: UInt64 = 1
      _ = try systemCall("write") { write(number, &one, 8) }
    }
  }

  /// Waits until something is ready, somebody wakes, or the deadline is over; gives at most 256 events, none in the last two cases.
  public func wait(until deadline: Deadline) throws(SystemCallError) -> [Event] {
    var found: [Event] = []
    try instance.use("epoll_wait") { instance throws(SystemCallError) in
      try withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { room throws(SystemCallError) in
        guard let start = room.baseAddress else { return }
        let count = try systemCall("epoll_wait") { epoll_wait(instance, start, 256, Poller.milliseconds(deadline)) }
        found.reserveCapacity(Int(count))
        for event in room.prefix(Int(count)) {
          let token = Int(Int64(bitPattern: event.data.u64))
          if token == Poller.wakeToken { drain() } else { found.append(Poller.event(token, event.events)) }
        }
      }
    }
    return found
  }

  private static func event(_ token: Int, _ events: UInt32) -> Event {
    let broken = EPOLLERR.rawValue | EPOLLHUP.rawValue
    return Event(token: token, ready: Interest(rawValue: events & 0x5), isBroken: events & broken != 0)
  }

  private func drain() {
    try? waker.use("read") { number throws(SystemCallError) in
      var count: UInt64 = 0
      _ = try systemCall("read") { read(number, &count, 8) }
    }
  }

  private static func milliseconds(_ deadline: Deadline) -> Int32 {
    deadline.remaining.map { Int32(clamping: ($0 + 999_999) / 1_000_000) } ?? -1
  }
}
