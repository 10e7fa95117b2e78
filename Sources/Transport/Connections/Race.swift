import Glibc
import Net
import System

/// Attempts to connect to several addresses, a little after each other, of which the first to succeed wins (RFC 8305 §5).
struct Race {
  let id: Int
  let options: ConnectOptions
  let context: NetworkContext
  /// When the limit for connecting ends; the context's deadline may be earlier.
  let end: Deadline
  /// What each address came to, in the order of the outcomes.
  private(set) var attempts: [Attempt] = []
  private let start = monotonicNow()
  private var running: [Racer] = []

  /// An address that is being connected to.
  struct Racer {
    let candidate: Candidate
    let descriptor: Descriptor
    var step: Step
    let began: Int64
    var local = SocketName.unnamed
  }

  init(id: Int, options: ConnectOptions, context: NetworkContext, end: Deadline) {
    self.id = id
    self.options = options
    self.context = context
    self.end = end
  }

  /// Gives the winner, whose socket is connected, or throws the error of the address that failed last.
  mutating func run(_ candidates: [Candidate]) throws(TransportError) -> Racer {
    var waiting = candidates[...]
    var next = Deadline.after(nanoseconds: 0)
    while true {
      do throws(TransportError) {
        if let candidate = waiting.first, running.isEmpty || next.isOver {
          waiting.removeFirst()
          next = .after(nanoseconds: options.stagger)
          if let winner = try begin(candidate) { return winner }
        } else if let winner = try outcome(before: waiting.isEmpty ? .never : next) {
          return winner
        }
      } catch {
        // Whoever failed lets the next one begin at once.
        next = .after(nanoseconds: 0)
        let isOver = context.interrupt.isRaised || context.deadline.isOver || end.isOver
        guard !isOver, !(waiting.isEmpty && running.isEmpty) else { throw error }
      }
    }
  }

  /// Makes the socket and begins to connect; the racer is given if it is connected at once.
  private mutating func begin(_ candidate: Candidate) throws(TransportError) -> Racer? {
    let began = monotonicNow()
    var step = Step(.socket, connection: id, exchange: context.exchange)
    do throws(TransportError) {
      try context.require(&step, candidate.activity)
      let place = SocketAddress(candidate.address, port: candidate.port)
      let descriptor = try candidate.making { () throws(SystemCallError) in try Descriptor.socket(family: place.family)
      }
      context.report(step)
      try bind(descriptor, candidate, &step)
      step = Step(.connect, connection: id, exchange: context.exchange)
      step.remote = .endpoint(candidate.endpoint)
      try context.require(&step, candidate.activity)
      let racer = Racer(candidate: candidate, descriptor: descriptor, step: step, began: began)
      let isDone = try candidate.making { () throws(SystemCallError) in try isConnectedAtOnce(descriptor, place) }
      guard isDone else {
        running.append(racer)
        return nil
      }
      return won(by: racer)
    } catch {
      note(error, step, candidate, began)
      throw error
    }
  }

  /// Begins to connect; false if that goes on.
  private func isConnectedAtOnce(_ descriptor: Descriptor, _ place: SocketAddress) throws(SystemCallError) -> Bool {
    do throws(SystemCallError) {
      try descriptor.connect(place)
      return true
    } catch {
      guard error.errno == EINPROGRESS else { throw error }
      // On this machine the answer is there already: the same call says so, without a poll(2) and a getsockopt(2).
      return try isConnected(descriptor, place)
    }
  }

  /// Asks once more how the connecting that was just begun goes on.
  private func isConnected(_ descriptor: Descriptor, _ place: SocketAddress) throws(SystemCallError) -> Bool {
    do throws(SystemCallError) {
      try descriptor.connect(place)
      return true
    } catch {
      switch error.errno {
      case EISCONN: return true
      case EALREADY, EINPROGRESS: return false
      default: throw error
      }
    }
  }

  /// Gives the socket the interface and the address that it is to come from, if any were asked for.
  private func bind(_ descriptor: Descriptor, _ candidate: Candidate, _ step: inout Step) throws(TransportError) {
    if let interface = options.interface {
      step = Step(.bind, connection: id, exchange: context.exchange)
      step.detail = "to \(interface)"
      try context.require(&step, candidate.activity)
      let way = try candidate.making { () throws(SystemCallError) in
        try descriptor.bind(toInterface: interface, isIPv4: candidate.address.isIPv4)
      }
      step.detail = "to \(interface) (\(way))"
      context.report(step)
    }
    guard let source = options.source else { return }
    let any = candidate.address.isIPv4 ? Address(v4: 0) : Address(v6High: 0, low: 0)
    step = Step(.bind, connection: id, exchange: context.exchange)
    step.local = .endpoint(Endpoint(address: source.address ?? any, port: source.port))
    try context.require(&step, candidate.activity)
    step.local = try candidate.making { () throws(SystemCallError) in
      // A port that an earlier connection left in TIME_WAIT may be taken again (socket(7)).
      try descriptor.set(SO_REUSEADDR, to: 1)
      try descriptor.bind(SocketAddress(source.address ?? any, port: source.port))
      return try descriptor.localName()
    }
    context.report(step)
  }

  /// Waits until one of those under way has an outcome, or until the next one's turn; gives the winner.
  private mutating func outcome(before next: Deadline) throws(TransportError) -> Racer? {
    let index: Int
    do throws(WaitError) {
      let until = min(next, min(end, context.deadline))
      index = try wait(running.map(\.descriptor), for: .write, deadline: until, interrupt: context.interrupt)
    } catch {
      if error == .timeout, !end.isOver, !context.deadline.isOver { return nil }
      throw giveUp(error)
    }
    let racer = running.remove(at: index)
    do throws(SystemCallError) {
      let number = try racer.descriptor.takeError()
      guard number == 0 else { throw SystemCallError(call: "connect", errno: number) }
    } catch {
      let failure = TransportError(racer.candidate.activity, .system(error))
      note(failure, racer.step, racer.candidate, racer.began)
      throw failure
    }
    return won(by: racer)
  }

  /// Takes a winner, and closes the others.
  private mutating func won(by racer: Racer) -> Racer {
    var winner = racer
    winner.local = (try? racer.descriptor.localName()) ?? .unnamed
    winner.step.local = winner.local
    context.report(winner.step)
    note("connected", racer.candidate, racer.began)
    for loser in running {
      var step = Step(.close, connection: id, exchange: context.exchange)
      step.detail = "\(loser.candidate.endpoint) had not answered yet"
      loser.descriptor.close()
      context.report(step)
      note("abandoned", loser.candidate, loser.began)
    }
    running = []
    return winner
  }

  /// Ends all that are under way; gives the error of the last one that was begun.
  private mutating func giveUp(_ error: WaitError) -> TransportError {
    let limit: TransportError.Limit = context.deadline.isOver ? .deadline : .connect(context.limits.connect)
    var last: TransportError?
    for racer in running {
      let failure = TransportError(layer: .tcp, racer.candidate.activity, error, limit: limit)
      note(failure, racer.step, racer.candidate, racer.began)
      last = failure
    }
    running = []
    return last ?? TransportError(.connect(to: .unnamed, via: .direct), .interrupted)
  }

  private mutating func note(_ failure: TransportError, _ step: Step, _ candidate: Candidate, _ began: Int64) {
    var step = step
    step.error = failure
    context.report(step)
    note(failure.code, candidate, began)
  }

  private mutating func note(_ outcome: String, _ candidate: Candidate, _ began: Int64) {
    attempts.append(
      Attempt(
        endpoint: candidate.endpoint, began: began - start, took: monotonicNow() - began, outcome: outcome))
  }
}
