import System
import Glibc
import Net

extension Connection {
  /// Connects to an endpoint over TCP: socket(2), connect(2), to each address of a name in turn until one answers.
  ///
  /// The session's map is asked first, then the name look-up; a literal address reaches neither look-up nor resolver, and
  /// `:8080` means this machine, 127.0.0.1 and then ::1. The addresses share the limit for connecting evenly.
  ///
  /// Errors: the code of the last address's system error (`ECONNREFUSED`, `ENETUNREACH`…), `timeout`, `interrupted`, or
  /// that of the look-up (`NXDOMAIN`…).
  public static func connect(tcp endpoint: Endpoint, _ context: NetworkContext) throws(TransportError) -> Connection {
    let attempt = Connecting(id: context.numbering.nextConnection(), asked: endpoint, context: context)
    return try attempt.run()
  }
}

/// An attempt to connect, with the number that the connection will have.
struct Connecting {
  let id: Int
  let asked: Endpoint
  let context: NetworkContext

  /// An address to try and how it was come by.
  private struct Candidate {
    let address: Address
    let port: UInt16
    let route: TransportError.Route
    var endpoint: Endpoint { Endpoint(address: address, port: port) }
  }

  func run() throws(TransportError) -> Connection {
    let end = Deadline.after(context.limits.connect)
    let candidates = try candidates(before: min(end, context.deadline))
    var left = candidates.count
    var failure = TransportError(.connect(to: .endpoint(asked), via: .direct), .timeout(.deadline))
    for candidate in candidates {
      do throws(TransportError) {
        return try connect(to: candidate, before: share(of: end, among: left))
      } catch {
        failure = error
        left -= 1
        if case .interrupted = error.reason { throw error }
        if context.deadline.isOver { throw error }
      }
    }
    throw failure
  }

  /// Gives one of several addresses its part of the time until `end`, so that a silent one leaves some to the others.
  private func share(of end: Deadline, among count: Int) -> Deadline {
    guard count > 1, let left = end.remaining else { return end }
    return .after(nanoseconds: left / Int64(count))
  }

  private func candidates(before deadline: Deadline) throws(TransportError) -> [Candidate] {
    guard let target = context.map[asked] else { return try candidates(of: asked, nil, before: deadline) }
    var step = Step(.map, connection: id, exchange: context.exchange)
    step.remote = .endpoint(target)
    step.detail = "\(asked) mapped to \(target)"
    context.hold(step)
    context.report(step)
    return try candidates(of: target, .mapped(from: asked), before: deadline)
  }

  private func candidates(
    of endpoint: Endpoint, _ route: TransportError.Route?, before deadline: Deadline
  ) throws(TransportError) -> [Candidate] {
    let addresses: [Address]
    switch endpoint.host {
    case .address(let address): addresses = [address]
    case .any: addresses = [Address(v4: INADDR_LOOPBACK), Address(v6High: 0, low: 1)]
    case .name(let name): addresses = try look(up: name, endpoint, before: deadline)
    }
    return addresses.enumerated().map { index, address in
      let isNamed = endpoint.address == nil
      let name = endpoint.name ?? "this machine"
      let own: TransportError.Route = isNamed ? .address(k: index + 1, of: addresses.count, name: name) : .direct
      return Candidate(address: address, port: endpoint.port, route: route ?? own)
    }
  }

  private func look(up name: String, _ endpoint: Endpoint, before deadline: Deadline) throws(TransportError)
    -> [Address]
  {
    var step = Step(.resolve, connection: id, exchange: context.exchange)
    step.remote = .endpoint(endpoint)
    step.detail = "\(name) by \(context.names.title)"
    context.hold(step)
    do {
      let addresses = try context.names.addresses(of: name, deadline: deadline, interrupt: context.interrupt)
      step.detail += ": " + addresses.map(\.description).joined(separator: ", ")
      context.report(step)
      return addresses
    } catch {
      step.error = error
      context.report(step)
      let reason: TransportError.Reason
      switch error.reason {
      case .interrupted: reason = .interrupted
      case .timeout: reason = .timeout(context.deadline.isOver ? .deadline : .connect(context.limits.connect))
      default: reason = .name(error)
      }
      throw TransportError(.connect(to: .endpoint(endpoint), via: .direct), reason)
    }
  }

  private func connect(to candidate: Candidate, before end: Deadline) throws(TransportError) -> Connection {
    let activity = TransportError.Activity.connect(to: .endpoint(candidate.endpoint), via: candidate.route)
    let place = SocketAddress(candidate.address, port: candidate.port)
    let descriptor = try perform(.socket, of: candidate) { _ throws(TransportError) in
      do throws(SystemCallError) {
        return try Descriptor.socket(family: place.family)
      } catch {
        throw TransportError(activity, .system(error))
      }
    }
    let local = try perform(.connect, of: candidate) { step throws(TransportError) in
      try establish(descriptor, place, before: end, activity)
      step.local = try? descriptor.localName()
      return step.local
    }
    return Connection(
      id: id, descriptor: descriptor, local: local ?? .unnamed, remote: .endpoint(candidate.endpoint),
      mappedFrom: context.map[asked] == nil ? nil : asked)
  }

  /// Makes one step in the sight of the taps, whether it succeeds or fails.
  private func perform<Result>(
    _ kind: Step.Kind, of candidate: Candidate,
    _ body: (inout Step) throws(TransportError) -> Result
  ) throws(TransportError) -> Result {
    var step = Step(kind, connection: id, exchange: context.exchange)
    if kind == .connect { step.remote = .endpoint(candidate.endpoint) }
    context.hold(step)
    do throws(TransportError) {
      let result = try body(&step)
      context.report(step)
      return result
    } catch {
      step.error = error
      context.report(step)
      throw error
    }
  }

  /// Begins to connect, waits until the socket is writable, and takes the errno that the connecting came to.
  private func establish(
    _ descriptor: Descriptor, _ place: SocketAddress, before end: Deadline, _ activity: TransportError.Activity
  ) throws(TransportError) {
    do throws(SystemCallError) {
      return try descriptor.connect(place)
    } catch {
      guard error.errno == EINPROGRESS else { throw TransportError(activity, .system(error)) }
    }
    do throws(WaitError) {
      try wait([descriptor], for: .write, deadline: min(end, context.deadline), interrupt: context.interrupt)
    } catch {
      let limit: TransportError.Limit = context.deadline.isOver ? .deadline : .connect(context.limits.connect)
      throw TransportError(layer: .tcp, activity, error, limit: limit)
    }
    do throws(SystemCallError) {
      let number = try descriptor.takeError()
      guard number == 0 else { throw SystemCallError(call: "connect", errno: number) }
    } catch {
      throw TransportError(activity, .system(error))
    }
  }
}
