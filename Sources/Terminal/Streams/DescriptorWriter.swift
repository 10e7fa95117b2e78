import Glibc
import Net
import Synchronization
import System

/// The buffered way to one descriptor: every byte that the shell prints leaves through its one write(2) loop.
///
/// After an error nothing more is written: each later call throws the same error again, so that none is lost. Only Ctrl-C, while the
/// reader does not read, drops what was not written yet and is over then.
public final class DescriptorWriter: Sendable {
  /// How many bytes are gathered before they are written.
  public static let capacity = 64 << 10
  /// After so long without a write what is printed goes out at once, so that a slow script's output is seen as it comes.
  private static let patience: Int64 = 50_000_000

  public let name: String
  public let descriptor: Int32
  private struct State {
    var buffer: [UInt8] = []
    var error: WriteError?
    /// When something was last written, in nanoseconds of the monotonic clock.
    var lastWrite = monotonicNow()
  }
  private let state = Mutex(State())

  /// Who sees all that goes to standard output and standard error, such as the recording of a talk.
  public static let witness = Mutex<(@Sendable ([UInt8]) -> Void)?>(nil)

  /// Writes to a descriptor, which stays open; `name` is what errors call it.
  public init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  public func write(_ bytes: [UInt8]) throws(WriteError) {
    try change { state throws(WriteError) in
      if bytes.count >= Self.capacity {
        try empty(&state)
        return try put(bytes, &state)
      }
      state.buffer.append(contentsOf: bytes)
      if state.buffer.count >= Self.capacity || monotonicNow() - state.lastWrite > Self.patience { try empty(&state) }
    }
  }

  /// Writes what is buffered.
  public func flush() throws(WriteError) {
    try change { state throws(WriteError) in try empty(&state) }
  }

  /// Writes bytes, and all that was buffered before them.
  public func writeNow(_ bytes: [UInt8]) throws(WriteError) {
    try write(bytes)
    try flush()
  }

  private func change(_ body: (inout State) throws(WriteError) -> Void) throws(WriteError) {
    let error: WriteError? = state.withLock { state in
      if let error = state.error { return error }
      do throws(WriteError) { try body(&state) } catch {
        if !error.isInterrupt { state.error = error }
        return error
      }
      return nil
    }
    if let error { throw error }
  }

  private func empty(_ state: inout State) throws(WriteError) {
    guard !state.buffer.isEmpty else { return }
    try put(state.buffer, &state)
    state.buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: [UInt8], _ state: inout State) throws(WriteError) {
    state.lastWrite = monotonicNow()
    if descriptor == 1 || descriptor == 2 { Self.witness.withLock { $0 }?(bytes) }
    do throws(SystemCallError) { try Self.writeAll(bytes, to: descriptor) } catch {
      state.buffer = []
      throw WriteError(stream: name, reason: error)
    }
  }

  /// Waits by poll(2) until a write has room, and tells whether it has: an interrupt that came before write(2) could not end one that blocks.
  private static func isReady(_ descriptor: Int32) -> Bool {
    guard let interrupt = Watch.current?.interrupt else { return true }
    var waits = [
      pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    poll(&waits, 2, -1)
    return waits[0].revents != 0 || !interrupt.isRaised
  }

  /// Calls write(2) until all is written.
  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemCallError) {
    var written = 0
    while written < bytes.count {
      guard isReady(descriptor) else { throw SystemCallError(call: "write", errno: EINTR) }
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      let reason = count < 0 ? errno : 0
      written += max(0, count)
      switch reason {
      case 0, EINTR: break
      case EAGAIN:
        // Somebody who shares the descriptor made it non-blocking.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      default: throw SystemCallError(call: "write", errno: reason)
      }
      // A signal ends a write early, with a part of the bytes or none.
      if written < bytes.count, Watch.current?.interrupt.isRaised ?? false {
        throw SystemCallError(call: "write", errno: EINTR)
      }
    }
  }
}
