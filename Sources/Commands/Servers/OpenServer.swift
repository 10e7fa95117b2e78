import Interpreter
import Net
import Servers
import Synchronization
import System
import Transport

/// A server as a value of the language: a listener whose connections are served by a function, or passed on.
final class OpenServer: Resource {
  private let listener: Listener
  private let counts = Counts()
  private let server: TCPServer
  private let ended = Atomic<Bool>(false)

  /// What a server has done, and how the functions that are running are stopped.
  final class Counts: Sendable {
    private let served = Atomic<Int>(0)
    private let failed = Atomic<Int>(0)
    private let running = Mutex<[ObjectIdentifier: Interrupt]>([:])

    /// Runs something for a connection, with an interrupt of its own that `stop` raises; it says whether it succeeded.
    func count(_ body: (Interrupt) -> Bool) {
      let interrupt = Interrupt.small()
      running.withLock { $0[ObjectIdentifier(interrupt)] = interrupt }
      if body(interrupt) { served.add(1, ordering: .relaxed) } else { failed.add(1, ordering: .relaxed) }
      running.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(interrupt)) }
    }

    func stop() { running.withLock { $0.values.forEach { $0.raise() } } }

    var fields: [(String, Value)] {
      [("served", .int(served.load(ordering: .relaxed))), ("failed", .int(failed.load(ordering: .relaxed)))]
    }
  }

  /// Starts to serve on a listener; `serve` says whether it succeeded.
  init(
    _ listener: Listener, _ context: NetworkContext, limit: Int, stackBytes: Int,
    serve: @escaping @Sendable (Connection, NetworkContext, Interrupt) -> Bool
  ) throws {
    var context = context
    context.interrupt = Interrupt()
    context.deadline = .never
    // Held steps are those of the script; a server's own would wait for somebody who waits for the server.
    context.taps.removeAll(where: \.mayHold)
    self.listener = listener
    let counts = counts
    server = try TCPServer.start(on: listener, context, maximumConnections: limit, stackBytes: stackBytes) {
      connection, context in
      counts.count { interrupt in
        // The server may have been stopped between its accept and the entry above.
        if context.interrupt.isRaised { interrupt.raise() }
        var own = context
        own.interrupt = interrupt
        return serve(connection, own, interrupt)
      }
    }
  }

  var type: TypeName { .listener }

  var fields: Record {
    let isEnded = ended.load(ordering: .relaxed)
    let pairs = listener.fields(state: isEnded ? "closed" : "serving")
    return Record(pairs: pairs + [("connections", .int(isEnded ? 0 : server.count))] + counts.fields)
  }

  func close() {
    guard !ended.exchange(true, ordering: .relaxed) else { return }
    counts.stop()
    server.stop { self.counts.stop() }
  }
}

extension Machine {
  /// Lets a server run: in the background it is a value, else this waits for Ctrl-C or the deadline and ends it then.
  func run(_ server: any Resource, inBackground: Bool) throws -> Value {
    session.own(server)
    guard !inBackground else { return .resource(server) }
    try session.output.flush()
    defer {
      server.close()
      session.disown(server)
    }
    while true {
      try checkpoint()
      _ = try? Transport.wait([], for: .read, deadline: deadline, interrupt: interrupt)
    }
  }
}
