import Glibc
import Synchronization

/// A request to stop (Ctrl-C, `stop $job`) that loops see as a flag and waits see as a readable descriptor.
public final class Interrupt: Sendable {
  @usableFromInline let flag = Atomic<Bool>(false)
  /// The end of a socketpair(2) that becomes readable when the interrupt is raised, for poll(2); -1 if the system had none to give.
  public let descriptor: Int32
  private let writeEnd: Int32

  public init() {
    var ends: [Int32] = [-1, -1]
    let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    _ = socketpair(AF_UNIX, Int32(kind), 0, &ends)
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    close(writeEnd)
  }

  @inlinable
  public var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// Raises the interrupt; safe to call from a signal handler.
  public func raise() {
    guard !flag.exchange(true, ordering: .relaxed) else { return }
    var mark: UInt8 = 1
    _ = write(writeEnd, &mark, 1)
  }

  /// Makes ready for the next command.
  public func clear() {
    flag.store(false, ordering: .relaxed)
    var marks: (UInt64, UInt64) = (0, 0)
    while read(descriptor, &marks, 16) > 0 {}
  }
}
