import Net
import Synchronization
import System
import Wire

/// The threads on which a handler makes answers that take time; there are as many as requests wait, up to a limit.
final class HandlerThreads: Sendable {
  typealias Ticket = ServerControl.Ticket

  private struct State {
    /// What waits for a thread, from `next` on.
    var tasks: [(ticket: Ticket, request: ServedRequest)?] = []
    var next = 0
    var waiting: Int { tasks.count - next }
    var idle = 0
    var threads: [WorkerThread] = []
    var running: [Ticket: Interrupt] = [:]
    var isOver = false
  }

  private let state = Mutex(State())
  private let wanted = Semaphore()
  private let limit: Int
  private let stackBytes: Int
  private let control: ServerControl
  private let make: HTTPHandler.Make

  init(limit: Int, stackBytes: Int, _ control: ServerControl, _ make: @escaping HTTPHandler.Make) {
    self.limit = max(1, limit)
    self.stackBytes = stackBytes
    self.control = control
    self.make = make
  }

  /// Lets an answer be made; without any thread there is 503.
  func submit(_ request: ServedRequest, _ ticket: Ticket) {
    let isTaken = state.withLock { state in
      state.tasks.append((ticket, request))
      if state.waiting > state.idle, state.threads.count < limit,
        let thread = try? WorkerThread.start(stackBytes: stackBytes, { self.work() })
      {
        state.threads.append(thread)
      }
      guard state.threads.isEmpty else { return true }
      state.tasks.removeLast()
      return false
    }
    if isTaken { wanted.signal() } else { control.deliver(.status(503), for: ticket) }
  }

  /// Stops the making of an answer that nobody wants any more.
  func cancel(_ ticket: Ticket) {
    state.withLock { state in
      if let index = state.tasks.indices.dropFirst(state.next).first(where: { state.tasks[$0]?.ticket == ticket }) {
        state.tasks[index] = nil
      }
      state.running[ticket]?.raise()
    }
  }

  /// Stops all that run, and returns when the threads are gone.
  func stop() {
    let threads = state.withLock { state in
      state.isOver = true
      state.tasks = []
      state.next = 0
      for interrupt in state.running.values { interrupt.raise() }
      defer { state.threads = [] }
      return state.threads
    }
    for _ in threads { wanted.signal() }
    for thread in threads { thread.join() }
  }

  private func work() {
    let interrupt = Interrupt()
    while let (ticket, request) = nextTask(interrupt) {
      var hasReplied = false
      make(request, interrupt) { response in
        hasReplied = true
        if case .piped(let pipe) = response.body { pipe.attach { [control] in control.deliver(nil, for: ticket) } }
        control.deliver(response, for: ticket)
      }
      state.withLock { state in
        state.running[ticket] = nil
        if !state.isOver { interrupt.clear() }
      }
      if !hasReplied { control.deliver(.status(500), for: ticket) }
    }
  }

  /// Waits for something to do; nil when the server has stopped.
  private func nextTask(_ interrupt: Interrupt) -> (Ticket, ServedRequest)? {
    while true {
      state.withLock { $0.idle += 1 }
      wanted.wait(milliseconds: nil)
      let (task, isOver) = state.withLock { state in
        state.idle -= 1
        guard !state.isOver, state.next < state.tasks.count else { return (nil, state.isOver) as (Task?, Bool) }
        let task = state.tasks[state.next]
        state.tasks[state.next] = nil
        state.next += 1
        if state.next > 1_024 || state.next == state.tasks.count {
          state.tasks.removeFirst(state.next)
          state.next = 0
        }
        if let task { state.running[task.ticket] = interrupt }
        return (task, false)
      }
      if isOver { return nil }
      if let task { return task }
    }
  }

  private typealias Task = (ticket: Ticket, request: ServedRequest)
}
