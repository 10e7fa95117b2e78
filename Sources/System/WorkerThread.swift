import Glibc
import Synchronization

/// A POSIX thread that runs one closure and is either joined or let go.
///
/// It stands in the network namespace of the thread that starts it. Signals that ask to stop or end go to other threads, unless its closure takes them with `TerminationSignals.receive()`.
public final class WorkerThread: Sendable {
  private let handle: Mutex<pthread_t?>

  private init(_ handle: pthread_t) { self.handle = Mutex(handle) }

  /// What the new thread finds: the closure travels through C as one retained pointer.
  private final class Start: Sendable {
    let body: @Sendable () -> Void
    let namespace = NetworkNamespace.current
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread, with a stack of 256 KiB unless told otherwise; fails with pthread_create(3)'s errno (EAGAIN).
  public static func start(
    stackBytes: Int = 1 << 18, _ body: @escaping @Sendable () -> Void
  ) throws(SystemCallError) -> WorkerThread {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    let start = Unmanaged.passRetained(Start(body))
    var handle = pthread_t()
    let status = pthread_create(&handle, &attributes, runThread, start.toOpaque())
    guard status == 0 else {
      start.release()
      throw SystemCallError(call: "pthread_create", errno: status)
    }
    return WorkerThread(handle)
  }

  /// Waits for the thread's end; only the first join or detach has an effect.
  public func join() {
    guard let handle = takeHandle() else { return }
    pthread_join(handle, nil)
  }

  /// Lets the thread end by itself.
  public func detach() {
    guard let handle = takeHandle() else { return }
    pthread_detach(handle)
  }

  deinit { detach() }

  private func takeHandle() -> pthread_t? {
    handle.withLock { handle in
      defer { handle = nil }
      return handle
    }
  }

  fileprivate static func run(_ argument: UnsafeMutableRawPointer?) {
    guard let argument else { return }
    TerminationSignals.leave()
    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
    NetworkNamespace.with(start.namespace) { start.body() }
  }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  WorkerThread.run(argument)
  return nil
}
