import Net
import Synchronization
import System
import Transport
import Wire

/// An HTTP/1.1 server inside this process: one thread that serves all connections, and a handler that makes the answers.
///
/// It reads requests by `HTTPReader`, keeps connections alive, answers pipelined requests in their order, and cuts off what goes
/// beyond its limits. It serves until it is stopped or nobody holds it any more.
public final class HTTPServer: Sendable {
  /// Begins the handshake that protects a connection; nil leaves it as it is.
  public typealias Greeting = @Sendable (Connection) throws -> (any ProtectionHandshake)?
  /// Takes lines of the access log, what peers said escaped, without the last newline.
  public typealias Log = @Sendable (String) -> Void

  public let locals: [Endpoint]
  public var local: Endpoint { locals.first ?? Endpoint(host: .any, port: 0) }
  private let control: ServerControl
  private let thread: WorkerThread

  /// Starts to listen and to serve; port 0 lets the system choose. The handler is called on the server's own thread.
  ///
  /// - Parameter taps: observers of the server's side of the wire; a lab has none, so that a client's record is its own.
  public static func start(
    on endpoint: Endpoint, taps: [any Tap] = [], limits: HTTPServerLimits = HTTPServerLimits(),
    answer: @escaping @Sendable (ServedRequest) -> ServedResponse
  ) throws(TransportError) -> HTTPServer {
    let context = NetworkContext(taps: taps)
    let listener = try Listener.listen(tcp: endpoint, context)
    return try start(on: listener, context, limits: limits, handler: .atOnce(answer))
  }

  /// Starts to serve on a listener, which is the server's from then on.
  ///
  /// - Parameter greeting: makes the handshake for each connection; without it they are not protected.
  public static func start(
    on listener: Listener, _ context: NetworkContext, limits: HTTPServerLimits = HTTPServerLimits(),
    greeting: Greeting? = nil, log: Log? = nil, handler: HTTPHandler
  ) throws(TransportError) -> HTTPServer {
    var context = context
    context.deadline = .never
    let control: ServerControl
    do throws(SystemCallError) {
      control = ServerControl(try Poller())
      let settings = ServingLoop.Settings(
        listener: listener, context: context, limits: limits, greeting: greeting, log: log, handler: handler)
      let thread = try WorkerThread.start(stackBytes: 1 << 20) { ServingLoop(settings, control).run() }
      return HTTPServer(listener.locals.compactMap(\.endpoint), control, thread)
    } catch {
      listener.close(context)
      throw TransportError(.listen(on: listener.local), .system(error))
    }
  }

  private init(_ locals: [Endpoint], _ control: ServerControl, _ thread: WorkerThread) {
    self.locals = locals
    self.control = control
    self.thread = thread
  }

  deinit { stop() }

  /// Stops: takes no more connections, ends what is being sent within a moment, and returns when all is closed and the port is free.
  public func stop() {
    control.stop()
    thread.join()
  }

  /// How many connections are open.
  public var connections: Int { control.connections.load(ordering: .relaxed) }
  /// How many requests were answered.
  public var requests: Int { control.requests.load(ordering: .relaxed) }
}

/// What the thread of a server shares with all others.
final class ServerControl: Sendable {
  let poller: Poller
  let connections = Atomic<Int>(0)
  let requests = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)
  private let answers = Mutex<[(Ticket, ServedResponse?)]>([])

  /// Which request of which connection an answer is for.
  struct Ticket: Hashable, Sendable {
    let connection: Int
    let number: Int
  }

  init(_ poller: Poller) { self.poller = poller }

  var isStopping: Bool { stopping.load(ordering: .relaxed) }

  func stop() {
    stopping.store(true, ordering: .relaxed)
    poller.wake()
  }

  /// Hands an answer to the thread of the server, nil for the news that its body has more.
  func deliver(_ response: ServedResponse?, for ticket: Ticket) {
    let isFirst = answers.withLock { answers in
      answers.append((ticket, response))
      return answers.count == 1
    }
    if isFirst { poller.wake() }
  }

  func takeAnswers() -> [(Ticket, ServedResponse?)] {
    answers.withLock { answers in
      guard !answers.isEmpty else { return [] }
      defer { answers = [] }
      return answers
    }
  }
}
