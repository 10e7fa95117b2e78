import System
import Net
import Synchronization
import Transport

/// A server on 127.0.0.1 that treats its one connection as a closure says, on a thread of its own.
final class Peer: Sendable {
  let endpoint: Endpoint
  private let thread: WorkerThread
  private let listener: Listener
  let context: NetworkContext

  /// What a peer received, for the test to look at.
  final class Received: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    func set(_ received: [UInt8]) { bytes.withLock { $0 = received } }
    func get() -> [UInt8] { bytes.withLock { $0 } }
  }

  /// Starts listening; the closure gets the accepted connection, which is closed after it.
  init(_ serve: @escaping @Sendable (Connection, NetworkContext) throws -> Void) throws {
    let context = NetworkContext(deadline: .after(nanoseconds: 20_000_000_000))
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), context)
    self.context = context
    self.listener = listener
    endpoint = listener.endpoint
    thread = try WorkerThread.start {
      guard let connection = try? listener.accept(context) else { return }
      try? serve(connection, context)
      connection.close(context)
    }
  }

  deinit { finish() }

  /// Ends the peer, whatever it is doing. (A test that keeps the peer to its end says so by this.)
  func finish() {
    context.interrupt.raise()
    thread.join()
    listener.close(context)
  }
}

/// Sleeps, in a test's peer.
func pause(milliseconds: Int64) {
  let never = Interrupt()
  _ = try? wait([], for: .read, deadline: .after(nanoseconds: milliseconds * 1_000_000), interrupt: never)
}

func milliseconds(_ body: () throws -> Void) rethrows -> Int64 {
  let start = monotonicNow()
  try body()
  return (monotonicNow() - start) / 1_000_000
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

/// Gives the codes of an error's layers, outermost first, as `layer:code`.
func codes(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch let error as any LayeredError {
    return error.layers.map { "\($0.layer.rawValue):\($0.code)" }
  } catch {
    return ["\(error)"]
  }
}

extension Listener {
  /// Where a TCP listener listens.
  var endpoint: Endpoint { local.endpoint ?? Endpoint(host: .any, port: 0) }
}
