import Synchronization
import System

/// The freeing of large values that nobody waits for, such as what an interrupted command had gathered.
public enum Disposal {
  /// What takes longer to free than anybody notices.
  private static let largeCount = 20_000

  /// Lets go of values on a thread of its own if they are many; the caller's own references must be gone when it returns.
  public static func release(_ values: inout [Value]) {
    guard values.count > largeCount else { return values = [] }
    let last = Last(values)
    values = []
    // Without a thread they are freed here, only later than would be nice.
    _ = try? WorkerThread.start(stackBytes: 1 << 20) { last.release() }
  }

  /// Lets go of a value on a thread of its own if it is a long list.
  static func release(_ value: consuming Value?) {
    guard case .list(let list)? = value, list.count > largeCount else { return }
    var items = list.items
    value = nil
    release(&items)
  }

  /// The last reference to values, which ends where it is told to, and not where a closure happens to be freed.
  private final class Last: Sendable {
    private let values: Mutex<[Value]>

    init(_ values: [Value]) { self.values = Mutex(values) }

    func release() { values.withLock { $0 = [] } }
  }
}
