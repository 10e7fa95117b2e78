import Glibc
import Net
import Synchronization
import System
import Transport
import Wire

/// The one thread of a server: waits for all its connections at a time, and lets each go on that can.
final class ServingLoop {
  struct Settings: Sendable {
    let listener: Listener
    let context: NetworkContext
    let limits: HTTPServerLimits
    let greeting: HTTPServer.Greeting?
    let log: HTTPServer.Log?
    let handler: HTTPHandler
  }

  let settings: Settings
  let control: ServerControl
  let threads: HandlerThreads?
  /// The monotonic clock when the last wait ended.
  private(set) var now = DeadlineClock.now
  private var connections: [Int: ServedConnection] = [:]
  /// Those that have more to do although nothing new will come.
  private var unfinished: [ServedConnection] = []
  private var nextSweep = Int64.max
  /// Bytes of the bodies that are held.
  var held = 0
  private var lines: [String] = []
  private var date = (second: Int64.min, text: "")
  private var isListening = true
  /// When a server that stops waits no longer for answers that are under way.
  private var end: Int64?

  init(_ settings: Settings, _ control: ServerControl) {
    self.settings = settings
    self.control = control
    switch settings.handler {
    case .atOnce: threads = nil
    case .inThreads(let limit, let stackBytes, let make), .partly(_, let limit, let stackBytes, let make):
      threads = HandlerThreads(limit: limit, stackBytes: stackBytes, control, make)
    }
  }

  /// Serves until the control says stop.
  func run() {
    for (index, socket) in settings.listener.sockets.enumerated() {
      try? control.poller.watch(socket, for: .read, token: -1 - index)
    }
    while end == nil || !connections.isEmpty {
      let wake = unfinished.isEmpty ? min(nextSweep, end ?? .max) : 0
      guard let events = try? control.poller.wait(until: Deadline(nanoseconds: wake)) else { break }
      now = DeadlineClock.now
      for event in events {
        if event.token < 0 { accept(from: -1 - event.token) } else { connections[event.token]?.take(event) }
      }
      for (ticket, response) in control.takeAnswers() {
        guard let connection = connections[ticket.connection] else {
          response?.abandon()
          continue
        }
        if let response {
          connection.take(response, for: ticket.number)
        } else {
          connection.takeMore(for: ticket.number)
        }
      }
      let again = unfinished
      unfinished = []
      for connection in again { connection.goOn() }
      if now >= nextSweep { sweep() }
      if control.isStopping { windUp() }
      writeLog()
    }
    settings.listener.close(settings.context)
    for connection in connections.values { connection.close() }
    threads?.stop()
    writeLog()
  }

  /// Takes no more connections, closes those that are idle, and gives the others a moment.
  private func windUp() {
    if end == nil {
      settings.listener.close(settings.context)
      isListening = false
      end = now + 100_000_000
    }
    let isOver = now >= end ?? now
    for connection in connections.values where isOver || connection.isIdle { connection.close() }
  }

  // MARK: - Connections

  private func accept(from index: Int) {
    // Not more than a few at a time, so that those that are open go on meanwhile.
    for _ in 0..<64 where isListening {
      if connections.count >= settings.limits.connections, !closeOldestIdle() { return pauseListening() }
      do throws(TransportError) {
        guard let connection = try settings.listener.acceptNow(from: index, settings.context) else { return }
        add(connection)
      } catch {
        // Descriptors or memory are short (EMFILE, ENOBUFS): one that is idle makes room.
        guard closeOldestIdle() else { return pauseListening() }
      }
    }
  }

  private func add(_ connection: Connection) {
    connection.sendAtOnce()
    guard let served = ServedConnection(connection, self) else { return connection.reset(settings.context) }
    connections[connection.id] = served
    control.connections.store(connections.count, ordering: .relaxed)
  }

  private func closeOldestIdle() -> Bool {
    guard let oldest = connections.values.lazy.filter(\.isIdle).min(by: { $0.idleSince < $1.idleSince }) else {
      return false
    }
    oldest.close()
    return true
  }

  /// Leaves new connections in the system's queue until one that is open ends, or a moment is over.
  private func pauseListening() {
    guard isListening else { return }
    isListening = false
    for socket in settings.listener.sockets { try? control.poller.forget(socket) }
    sweep(notLaterThan: now + 100_000_000)
  }

  private func resumeListening() {
    guard !isListening, end == nil else { return }
    isListening = true
    for (index, socket) in settings.listener.sockets.enumerated() {
      try? control.poller.watch(socket, for: .read, token: -1 - index)
    }
  }

  /// Forgets a connection that is closed.
  func remove(_ connection: ServedConnection) {
    connections[connection.id] = nil
    control.connections.store(connections.count, ordering: .relaxed)
    resumeListening()
  }

  /// Lets a connection go on at the next turn.
  func comeBack(to connection: ServedConnection) { unfinished.append(connection) }

  // MARK: - Clocks

  /// Looks for deadlines that are over, at this time or before.
  func sweep(notLaterThan time: Int64) { nextSweep = min(nextSweep, time) }

  private func sweep() {
    resumeListening()
    nextSweep = .max
    for connection in connections.values where connection.deadline <= now { connection.expire() }
    let first = connections.values.lazy.map(\.deadline).min() ?? .max
    // Deadlines that lie close together are looked for together.
    if first < .max { sweep(notLaterThan: max(first, now + 10_000_000)) }
  }

  /// The present time for the field Date, worded once a second.
  var dateField: String {
    let wall = Timestamp.now()
    if wall.secondsSince1970 != date.second { date = (wall.secondsSince1970, HTTPDate.text(wall)) }
    return date.text
  }

  // MARK: - Log

  /// Notes an answered request, `TIME PEER "REQUEST" STATUS BYTES DURATION`, what the peer said escaped; the bytes are the body's. Behind
  /// one whose answer did not go out whole stands `broken off`.
  func note(
    _ head: HTTPRequestHead?, from peer: SocketName, status: Int, bytes: Int, since start: Int64, isWhole: Bool = true
  ) {
    control.requests.add(1, ordering: .relaxed)
    guard settings.log != nil else { return }
    let tenths = max(0, DeadlineClock.now - start) / 100_000
    let request = head.map { head in
      SafeText.escaping("\(head)", .singleLine).split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\\\"")
    }
    lines.append(
      "\(logTime) \(peer) \"\(request ?? "-")\" \(status) \(bytes) \(tenths / 10).\(tenths % 10)ms\(isWhole ? "" : " broken off")"
    )
  }

  /// Notes a connection that came to nothing.
  func note(_ error: any LayeredError, from peer: SocketName) {
    guard settings.log != nil else { return }
    lines.append("\(logTime) \(peer) \(SafeText.escaping(error.message, .singleLine))")
  }

  private var logTime: Timestamp { Timestamp(secondsSince1970: Timestamp.now().secondsSince1970) ?? .now() }

  private func writeLog() {
    guard !lines.isEmpty else { return }
    settings.log?(lines.joined(separator: "\n"))
    lines = []
  }
}
