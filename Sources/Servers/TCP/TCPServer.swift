import System
import Net
import Synchronization
import Transport

/// A server inside this process: a listener, and a thread for each connection up to a bound; beyond it connections wait
/// in the system's queue. It serves until it is stopped, whether or not anybody still holds it.
public final class TCPServer: Sendable {
  /// What is done with a connection; it is closed afterwards. The context ends its waits when the server stops.
  public typealias Serve = @Sendable (Connection, NetworkContext) -> Void

  public let local: Endpoint
  public let locals: [Endpoint]
  private let listener: Listener
  private let context: NetworkContext
  private let maximumConnections: Int
  private let stackBytes: Int
  private let serve: Serve

  private let accepting = Mutex<WorkerThread?>(nil)
  private let threads = ServingThreads()

  /// Starts to listen and to serve. Port 0 lets the system choose; `local` says which it was.
  ///
  /// - Parameter taps: observers of the server's side of the wire; a lab has none, so that a client's record is its own.
  public static func start(
    on endpoint: Endpoint, taps: [any Tap] = [], limits: Limits = Limits(), maximumConnections: Int = 256,
    serve: @escaping Serve
  ) throws(TransportError) -> TCPServer {
    let context = NetworkContext(taps: taps, limits: limits)
    let listener = try Listener.listen(tcp: endpoint, context)
    return try start(on: listener, context, maximumConnections: maximumConnections, serve: serve)
  }

  /// Starts to serve on a listener, which is the server's from then on, and so is the interrupt of the context.
  public static func start(
    on listener: Listener, _ context: NetworkContext, maximumConnections: Int, stackBytes: Int = 1 << 19,
    serve: @escaping Serve
  ) throws(TransportError) -> TCPServer {
    let server = TCPServer(listener, context, maximumConnections, stackBytes, serve)
    do throws(SystemCallError) {
      let thread = try WorkerThread.start { server.acceptAll() }
      server.accepting.withLock { $0 = thread }
    } catch {
      listener.close(context)
      throw TransportError(.listen(on: listener.local), .system(error))
    }
    return server
  }

  private init(
    _ listener: Listener, _ context: NetworkContext, _ maximumConnections: Int, _ stackBytes: Int,
    _ serve: @escaping Serve
  ) {
    self.listener = listener
    self.context = context
    self.maximumConnections = max(1, maximumConnections)
    self.stackBytes = stackBytes
    self.serve = serve
    locals = listener.locals.compactMap(\.endpoint)
    local = locals.first ?? Endpoint(host: .any, port: 0)
  }

  /// How many connections are being served.
  public var count: Int { threads.count }

  /// Stops: ends every wait of the server, and returns when its last thread is gone and its port is free.
  ///
  /// - Parameter whenRaised: called when no connection is accepted any more, for those who wait otherwise than by the context.
  public func stop(whenRaised: () -> Void = {}) {
    context.interrupt.raise()
    let accepting = accepting.withLock { thread in
      defer { thread = nil }
      return thread
    }
    accepting?.join()
    whenRaised()
    threads.joinAll()
    listener.close(context)
  }

  private func acceptAll() {
    while !context.interrupt.isRaised {
      guard threads.joinFinished() < maximumConnections else {
        pause()
        continue
      }
      do throws(TransportError) {
        start(try listener.accept(context))
      } catch {
        switch error.reason {
        case .interrupted, .closed: return
        // Descriptors or memory are short (EMFILE, ENOBUFS): those that are open have to end first.
        default: pause()
        }
      }
    }
  }

  private func start(_ connection: Connection) {
    let (context, serve) = (context, serve)
    let isStarted = threads.start(stackBytes: stackBytes) {
      serve(connection, context)
      connection.close(context)
    }
    if !isStarted { connection.reset(context) }
  }

  private func pause() {
    _ = try? wait([], for: .read, deadline: .after(nanoseconds: 2_000_000), interrupt: context.interrupt)
  }
}
