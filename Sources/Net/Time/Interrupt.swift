import Glibc
import Synchronization

/// A request to stop (Ctrl-C, `stop $job`) that loops see as a flag and waits see as a readable descriptor.
public final class Interrupt: Sendable {
  @usableFromInline let flag = Atomic<Bool>(false)
  /// What becomes readable when the interrupt is raised, for poll(2): an end of a socketpair(2), or an eventfd(2); -1 if the system
  /// had none to give.
  public let descriptor: Int32
  private let writeEnd: Int32

  public init() {
    var ends: [Int32] = [-1, -1]
    let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    _ = socketpair(AF_UNIX, Int32(kind), 0, &ends)
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  /// Takes an eventfd(2) that does not block, one descriptor instead of two, for those that exist by the thousand.
  public init(owningEvent event: Int32) {
    descriptor = event
    writeEnd = event
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if writeEnd != descriptor { close(writeEnd) }
  }

  @inlinable
  public var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// Raises the interrupt; safe to call from a signal handler.
  public func raise() {
    guard !flag.exchange(true, ordering: .relaxed) else { return }
    // An eventfd takes eight bytes and nothing else.
    var mark: UInt64 = 1
    _ = write(writeEnd, &mark, 8)
  }

  /// Makes ready for the next command.
  public func clear() {
    flag.store(false, ordering: .relaxed)
    var marks: (UInt64, UInt64) = (0, 0)
    while descriptor >= 0, read(descriptor, &marks, 16) > 0 {}
  }
}
