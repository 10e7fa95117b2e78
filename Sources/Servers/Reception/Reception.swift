import Net
import Synchronization
import System
import Transport

/// The one thread that waits at many doors, listening sockets and datagram sockets; what takes time is done on a thread for each peer.
///
/// Beyond so many peers at a time new ones are turned away: connections by a reset, datagrams, of which a look-up may send several,
/// by silence.
final class Reception: Sendable {
  typealias Serve = @Sendable (Connection, NetworkContext) -> Void
  typealias Take = @Sendable (Datagram, Connection, NetworkContext) -> Void

  private enum Door {
    case listener(Listener, Serve)
    /// Datagrams are taken on the thread of the reception, or each on one of its own.
    case datagrams(Connection, inThreads: Bool, Take)
  }

  private struct Doors {
    var open: [Int: Door] = [:]
    var next = 1
  }

  private static let maximumPeers = 64
  private static let maximumQuestions = 256
  private let poller: Poller
  private let doors = Mutex(Doors())
  private let threads = ServingThreads()
  private let thread = Mutex<WorkerThread?>(nil)
  /// Ends all waits of those who serve.
  let context: NetworkContext

  init(_ context: NetworkContext) throws(SystemCallError) {
    self.context = context
    poller = try Poller()
    let thread = try WorkerThread.start(stackBytes: 1 << 19) { self.receive() }
    self.thread.withLock { $0 = thread }
  }

  /// Opens a door for connections; gives its number.
  func open(_ listener: Listener, _ serve: @escaping Serve) throws(SystemCallError) -> Int {
    try open(.listener(listener, serve), listener.sockets[0])
  }

  /// Opens a door for datagrams; gives its number.
  func open(_ socket: Connection, inThreads: Bool = false, _ take: @escaping Take) throws(SystemCallError) -> Int {
    try open(.datagrams(socket, inThreads: inThreads, take), socket.descriptor)
  }

  private func open(_ door: Door, _ socket: Descriptor) throws(SystemCallError) -> Int {
    let number = doors.withLock { doors in
      defer { doors.next += 1 }
      doors.open[doors.next] = door
      return doors.next
    }
    try poller.watch(socket, for: .read, token: number)
    return number
  }

  /// Closes a door and its socket; those who came in stay.
  func close(_ number: Int) {
    switch doors.withLock({ $0.open.removeValue(forKey: number) }) {
    case .listener(let listener, _): listener.close(context)
    case .datagrams(let socket, _, _): socket.close(context)
    case nil: return
    }
  }

  /// Ends every wait, closes all doors, and returns when the last thread is gone.
  func stop() {
    context.interrupt.raise()
    poller.wake()
    let thread = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    thread?.join()
    threads.joinAll()
    for number in doors.withLock({ Array($0.open.keys) }) { close(number) }
  }

  private func receive() {
    while !context.interrupt.isRaised {
      guard let events = try? poller.wait(until: .never) else { return }
      for event in events where !context.interrupt.isRaised {
        switch doors.withLock({ $0.open[event.token] }) {
        case .listener(let listener, let serve): accept(from: listener, serve)
        case .datagrams(let socket, let inThreads, let take): self.take(from: socket, inThreads, take)
        case nil: continue
        }
      }
    }
  }

  private func accept(from listener: Listener, _ serve: @escaping Serve) {
    guard let connection = try? listener.acceptNow(from: 0, context) else { return }
    let context = context
    let isServed =
      threads.joinFinished() < Reception.maximumPeers
      && threads.start(stackBytes: 1 << 19) {
        serve(connection, context)
        connection.close(context)
      }
    if !isServed { connection.reset(context) }
  }

  private func take(from socket: Connection, _ inThreads: Bool, _ take: @escaping Take) {
    // Something is there, or it was of no use (a wrong checksum): then nobody waits for it.
    guard let datagram = try? socket.recvDatagram(max: 4_096, context.within(.after(nanoseconds: 0))) else { return }
    guard inThreads else { return take(datagram, socket, context) }
    guard threads.joinFinished() < Reception.maximumQuestions else { return }
    let context = context
    _ = threads.start(stackBytes: 1 << 19) { take(datagram, socket, context) }
  }
}
