import Diagnostics
import Net
import Synchronization
import System

/// Threads that call one function with many values at a time and give the results in the order of the values.
public final class Workers: Sendable {
  private struct Shared {
    var tasks: [(ticket: Int, item: Value)] = []
    var results: [Int: Result<Value, Failure>] = [:]
    var isOver = false
  }

  private let shared = Mutex(Shared())
  private let waiting = Semaphore()
  private let finished = Semaphore()
  private let workers = Mutex<[Worker]>([])

  /// Starts the threads.
  public init(_ count: Int, calling function: Function, for machine: Machine) throws {
    let place = machine.place ?? machine.session.noPlace
    for _ in 0..<count {
      let worker = try Worker(machine.session, deadline: machine.deadline) { machine in
        while let (ticket, item) = self.nextTask() {
          self.finish(ticket, machine.result(of: function, [item], at: place))
        }
      }
      workers.withLock { $0.append(worker) }
    }
  }

  /// Gives the workers a value to call the function with.
  public func submit(_ item: Value, ticket: Int) {
    shared.withLock { $0.tasks.append((ticket, item)) }
    waiting.signal()
  }

  /// Waits for the result that belongs to a ticket, each once; stops waiting at Ctrl-C or the deadline.
  public func result(of ticket: Int, for machine: Machine) throws -> Value {
    while true {
      if let result = shared.withLock({ $0.results.removeValue(forKey: ticket) }) { return try result.get() }
      try machine.checkpoint()
      Watch.aboutToWait()
      finished.wait(milliseconds: 20)
    }
  }

  /// Stops the functions that still run, and the threads.
  public func stop() {
    shared.withLock { shared in
      shared.isOver = true
      shared.tasks = []
    }
    let all = workers.withLock { workers in
      defer { workers = [] }
      return workers
    }
    for worker in all { worker.interrupt.raise() }
    for _ in all { waiting.signal() }
    for worker in all { worker.join() }
  }

  private func nextTask() -> (ticket: Int, item: Value)? {
    while true {
      waiting.wait(milliseconds: nil)
      let (task, isOver) = shared.withLock { shared in
        (shared.tasks.isEmpty ? nil : shared.tasks.removeFirst(), shared.isOver)
      }
      if isOver { return nil }
      if let task { return task }
    }
  }

  private func finish(_ ticket: Int, _ result: Result<Value, Failure>) {
    shared.withLock { $0.results[ticket] = result }
    finished.signal()
  }
}
