import System
import Glibc
import Net
import Synchronization

/// A place where connections over TCP or a Unix socket are accepted: one listening socket, two for `:PORT`, which means loopback in both families, or
/// as many as there are endpoints.
public final class Listener: Sendable {
  /// Its number in the session, counted with the connections.
  public let id: Int
  public let transport: Layer
  /// Where it listens, with the port that the system chose for port 0; the second one of `:PORT`, if any, is ::1.
  public let locals: [SocketName]
  /// The listening sockets, in the order of `locals`.
  public let sockets: [Descriptor]
  /// What is removed with it: the file of a Unix socket.
  private let file: SocketFile?

  public var local: SocketName { locals[0] }
  public var state: String { sockets.contains(where: \.isOpen) ? "listening" : "closed" }

  init(
    id: Int, transport: Layer = .tcp, first: (Descriptor, SocketName), others: [(Descriptor, SocketName)] = [],
    file: SocketFile? = nil
  ) {
    self.id = id
    self.transport = transport
    self.file = file
    locals = [first.1] + others.map(\.1)
    sockets = [first.0] + others.map(\.0)
  }

  /// Listens on an address, socket(2), bind(2), listen(2); port 0 lets the system choose one.
  ///
  /// `:8080` is 127.0.0.1 and, where this machine has IPv6, ::1; `:0` is 127.0.0.1 alone; whoever wants the whole network says
  /// `0.0.0.0` or `[::]`. A name is looked up, and its first address taken.
  public static func listen(
    tcp endpoint: Endpoint, backlog: Int32 = 1_024, _ context: NetworkContext
  ) throws(TransportError) -> Listener {
    let id = context.numbering.nextConnection()
    let address: Address
    switch endpoint.host {
    case .address(let given): address = given
    case .any: address = Address(v4: INADDR_LOOPBACK)
    case .name(let name):
      do throws(NameError) {
        let found = try context.names.addresses(
          of: name, context.within(.after(context.limits.connect)))
        guard let first = found.first else { throw NameError(name: name, code: "NXDOMAIN", .notAName) }
        address = first
      } catch {
        throw TransportError(.listen(on: .endpoint(endpoint)), .name(error))
      }
    }
    let first = try open(address, endpoint.port, id: id, backlog, context)
    var second: (Descriptor, SocketName)?
    if endpoint.host == .any, endpoint.port != 0 {
      do throws(TransportError) {
        second = try open(Address(v6High: 0, low: 1), endpoint.port, id: id, backlog, context)
      } catch {
        // A machine without IPv6 does with the one; somebody else's ::1 would be met by whoever means this one.
        guard error.isMissingFamily else {
          first.0.close()
          throw error
        }
      }
    }
    return Listener(id: id, first: first, others: second.map { [$0] } ?? [])
  }

  /// Listens on several addresses at a time, each with its port; nil for none.
  public static func listen(
    tcp places: [(address: Address, port: UInt16)], _ context: NetworkContext
  ) throws(TransportError) -> Listener? {
    let id = context.numbering.nextConnection()
    var opened: [(Descriptor, SocketName)] = []
    for place in places {
      do throws(TransportError) {
        opened.append(try open(place.address, place.port, id: id, 1_024, context))
      } catch {
        for (socket, _) in opened { socket.close() }
        throw error
      }
    }
    guard let first = opened.first else { return nil }
    return Listener(id: id, first: first, others: Array(opened.dropFirst()))
  }

  private static func open(
    _ address: Address, _ port: UInt16, id: Int, _ backlog: Int32, _ context: NetworkContext
  ) throws(TransportError) -> (Descriptor, SocketName) {
    let wanted = SocketName.endpoint(Endpoint(address: address, port: port))
    var step = Step(.socket, connection: id, exchange: context.exchange)
    func making<Result>(_ call: () throws(SystemCallError) -> Result) throws(TransportError) -> Result {
      do throws(SystemCallError) { return try call() } catch {
        throw TransportError(.listen(on: wanted), .system(error))
      }
    }
    do throws(TransportError) {
      try context.require(&step, .listen(on: wanted))
      let place = SocketAddress(address, port: port)
      let descriptor = try making { () throws(SystemCallError) in try Descriptor.socket(family: place.family) }
      context.report(step)

      step = Step(.bind, connection: id, exchange: context.exchange)
      step.local = wanted
      try context.require(&step, .listen(on: wanted))
      let local = try making { () throws(SystemCallError) in
        // A port that an earlier listener left in TIME_WAIT may be taken again at once (socket(7)).
        try descriptor.set(SO_REUSEADDR, to: 1)
        if !address.isIPv4 { try descriptor.set(IPV6_V6ONLY, at: Int32(IPPROTO_IPV6), to: 1) }
        try descriptor.bind(place)
        return try descriptor.localName() ?? wanted
      }
      step.local = local
      context.report(step)

      step = Step(.listen, connection: id, exchange: context.exchange)
      step.local = local
      try context.require(&step, .listen(on: wanted))
      try making { () throws(SystemCallError) in try descriptor.listen(backlog: backlog) }
      context.report(step)
      return (descriptor, local)
    } catch {
      step.error = error
      context.report(step)
      throw error
    }
  }

  /// Accepts the next connection, waiting for it until the deadline; the limit of silence does not apply.
  ///
  /// Errors: `timeout`, `interrupted`, `closed`, or the system's (`EMFILE`).
  public func accept(_ context: NetworkContext) throws(TransportError) -> Connection {
    var waiting = step(.accept, connection: id, context)
    do throws(TransportError) {
      try context.require(&waiting, .accept(on: local))
      let connection = try next(context)
      var step = step(.accept, connection: connection.id, context, start: waiting.start)
      step.local = connection.local
      step.remote = connection.remote
      context.report(step)
      return connection
    } catch {
      var step = waiting
      step.error = error
      context.report(step)
      throw error
    }
  }

  private func step(
    _ kind: Step.Kind, connection: Int, _ context: NetworkContext, start: Int64 = monotonicNow()
  ) -> Step {
    var step = Step(kind, connection: connection, exchange: context.exchange, transport: transport, start: start)
    step.local = local
    return step
  }

  private func next(_ context: NetworkContext) throws(TransportError) -> Connection {
    let activity = TransportError.Activity.accept(on: local)
    while true {
      do throws(WaitError) {
        let index = try wait(sockets, for: .read, deadline: context.deadline, interrupt: context.interrupt)
        if let connection = try take(from: index, context) { return connection }
      } catch {
        if case .system(let error) = error, error.errno == EBADF { throw TransportError(activity, .closed) }
        throw TransportError(layer: transport, activity, error, limit: .deadline)
      }
    }
  }

  /// Takes a connection that waits on the listening socket of that index, and does not wait for one; nil if there is none.
  ///
  /// Errors: `closed`, or the system's (`EMFILE`).
  public func acceptNow(from index: Int, _ context: NetworkContext) throws(TransportError) -> Connection? {
    guard sockets.indices.contains(index) else { return nil }
    var step = step(.accept, connection: id, context)
    do throws(WaitError) {
      guard let connection = try take(from: index, context) else { return nil }
      step = self.step(.accept, connection: connection.id, context, start: step.start)
      step.local = connection.local
      step.remote = connection.remote
      context.report(step)
      return connection
    } catch {
      if case .system(let error) = error, error.errno == EBADF {
        throw TransportError(.accept(on: local), .closed)
      }
      throw TransportError(layer: transport, .accept(on: local), error, limit: .deadline)
    }
  }

  /// Takes a connection that waits; nil if it went away before, which accept(2) counts among the things to try again.
  private func take(from index: Int, _ context: NetworkContext) throws(WaitError) -> Connection? {
    do throws(SystemCallError) {
      let (descriptor, peer) = try sockets[index].accept()
      let local = try descriptor.localName() ?? locals[index]
      return Connection(
        id: context.numbering.nextConnection(), descriptor: descriptor, transport: transport, local: local,
        remote: peer ?? .unnamed)
    } catch {
      // After shutdown(2) by a close on another thread, accept(2) gives EINVAL.
      guard sockets[index].isOpen else { throw .system(SystemCallError(call: "accept4", errno: EBADF)) }
      switch error.errno {
      case EAGAIN, ECONNABORTED, EPROTO, ENETDOWN, EHOSTDOWN, ENONET, EHOSTUNREACH, ENETUNREACH: return nil
      default: throw .system(error)
      }
    }
  }

  /// Stops listening; whoever waits in `accept` gets `closed`.
  public func close(_ context: NetworkContext) {
    var step = step(.close, connection: id, context)
    if sockets.contains(where: \.isOpen), case .skip = context.hold(&step) { return context.reportSkipped(step) }
    var isFirst = false
    for socket in sockets where socket.close() { isFirst = true }
    guard isFirst else { return }
    file?.remove()
    context.report(step)
  }
}
