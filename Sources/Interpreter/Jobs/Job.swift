import Diagnostics
import Glibc
import Net
import Synchronization
import System

/// A block that runs beside the rest of the script: what `spawn` gives.
public final class Job: Resource {
  enum State: Sendable {
    case running
    case done(Value)
    case failed(Failure)
    case stopped
  }

  public let id: Int
  private let started = Timestamp.now()
  private let state = Mutex(State.running)
  private let worker = Mutex<Worker?>(nil)
  private let wasWaitedFor = Atomic<Bool>(false)
  /// Raised at the job's end, so that waits can poll it.
  private let ended = Interrupt()

  private init(id: Int) { self.id = id }

  /// Starts a function on a thread of its own.
  static func start(_ function: Function, id: Int, _ session: Session, at place: Place) throws(SystemCallError) -> Job {
    let job = Job(id: id)
    let worker = try Worker(session, deadline: .never) { machine in
      job.end(with: machine.result(of: function, at: place))
      session.onJobEnd?(job)
    }
    job.worker.withLock { $0 = worker }
    return job
  }

  private func end(with result: Result<Value, Failure>) {
    state.withLock { state in
      switch result {
      case .success(let value): state = .done(value)
      case .failure(let failure): state = failure.isInterrupt ? .stopped : .failed(failure)
      }
    }
    ended.raise()
  }

  public var type: TypeName { .job }

  public var fields: Record {
    Record(["id": .int(id), "state": .string(stateName), "started": .time(started)])
  }

  public var stateName: String {
    switch state.withLock({ $0 }) {
    case .running: "running"
    case .done: "done"
    case .failed: "failed"
    case .stopped: "stopped"
    }
  }

  /// Stops the job, if it still runs, and waits for its thread.
  public func close() {
    worker.withLock { worker in
      defer { worker = nil }
      return worker
    }?.stop()
  }

  public var isRunning: Bool { if case .running = state.withLock({ $0 }) { true } else { false } }

  /// Whether somebody waited for its value, and so knows of its end.
  public var isKnown: Bool { wasWaitedFor.load(ordering: .relaxed) }

  /// The error of a job that failed and that nobody waited for.
  public var unseenFailure: Failure? {
    guard !wasWaitedFor.load(ordering: .relaxed), case .failed(let failure) = state.withLock({ $0 }) else { return nil }
    return failure
  }

  /// Waits for the job's end and gives its value, or throws its error.
  func value(for machine: Machine) throws -> Value {
    if !ended.isRaised { Watch.aboutToWait() }
    while !ended.isRaised {
      try machine.checkpoint()
      var waits = [
        pollfd(fd: ended.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: machine.interrupt.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let left = machine.deadline.remaining.map { Int32(clamping: ($0 + 999_999) / 1_000_000) }
      poll(&waits, 2, left ?? -1)
    }
    wasWaitedFor.store(true, ordering: .relaxed)
    close()
    machine.session.disown(self)
    switch state.withLock({ $0 }) {
    case .done(let value): return value
    case .failed(let failure): throw failure
    case .stopped, .running: throw ValueError("job-stopped", "job \(id) was stopped", layer: .job)
    }
  }
}

extension Machine {
  /// Calls a definition of the top level and gives its value or its error; nil if there is none of that name. `$?` and `$_` stay.
  public func result(ofDefinition name: String, within span: TimeSpan) -> Result<Value, Failure>? {
    guard let code = session.definitions[name] else { return nil }
    let (status, value) = (lastStatus, lastValue)
    defer { (lastStatus, lastValue) = (status, value) }
    base = globals
    deadline = .after(span)
    return result(of: Function(code, captured: []), at: session.noPlace)
  }

  /// Calls a function and gives its value or its error.
  func result(of function: Function, _ arguments: [Value] = [], at place: Place) -> Result<Value, Failure> {
    do throws(Unwind) {
      let value = try invoke(function, arguments, at: place)
      try runDeferred()
      return .success(value)
    } catch {
      switch error.kind {
      case .failure(let failure): return .failure(failure)
      case .jump: return .success(.null)
      case .exit(let status):
        return .failure(
          Failure(ValueError("exit", "`exit \(status)` in a job ends only the job", layer: .job), at: place))
      }
    }
  }

  /// Starts a function as a job of the session.
  public func spawn(_ function: Function) throws -> Job {
    let running = session.jobs.count
    guard running < 1_000 else {
      throw ValueError("too-many", "\(running) jobs are running", hint: "`wait` for some of them", layer: .job)
    }
    let job = try Job.start(function, id: session.nextJob(), session, at: place ?? session.noPlace)
    session.own(job)
    return job
  }

  /// Waits for a job and gives its value, or throws its error.
  public func wait(for job: Job) throws -> Value { try job.value(for: self) }

  /// Stops all jobs, as the end of a script does; gives the error of one that had failed unseen.
  func endJobs() -> Failure? {
    var first: Failure?
    for job in session.jobs {
      job.close()
      session.disown(job)
      guard let failure = job.unseenFailure else { continue }
      let error = ValueError("job-failed", "job \(job.id) failed", layer: .job, cause: failure.error)
      if first == nil {
        first = Failure(error, at: failure.place, calls: failure.calls)
      } else {
        session.output.note("job \(job.id) failed too: \(failure.error.headline)")
      }
    }
    return first
  }
}

extension Session {
  public var jobs: [Job] { resources.compactMap { $0 as? Job } }
}
