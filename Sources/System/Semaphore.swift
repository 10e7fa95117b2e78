import Glibc

/// A POSIX semaphore, sem_init(3); made for any thread, hence `@unchecked`.
public final class Semaphore: @unchecked Sendable {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  public init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  public func signal() { sem_post(semaphore) }

  /// Waits for a signal, at most so long; nil waits without end.
  public func wait(milliseconds: Int?) {
    guard let milliseconds else {
      while sem_wait(semaphore) != 0, errno == EINTR {}
      return
    }
    var end = timespec()
    clock_gettime(CLOCK_REALTIME, &end)
    end.tv_nsec += milliseconds * 1_000_000
    end.tv_sec += end.tv_nsec / 1_000_000_000
    end.tv_nsec %= 1_000_000_000
    sem_timedwait(semaphore, &end)
  }
}
