import CSystem
import Glibc
import Net
import System

// The steps of the socket interface, each one system call that the taps see.

extension Connection {
  /// Makes a socket without a name or a peer, socket(2).
  ///
  /// Errors, here and below: the system's code (`EADDRINUSE`, `EINVAL`, `ECONNREFUSED`…); `timeout` and `interrupted` where
  /// it waits.
  public static func socket(
    _ transport: Layer, id known: Int? = nil, isIPv6: Bool = false, isDatagram: Bool = false,
    mappedFrom: Endpoint? = nil, _ context: NetworkContext
  ) throws(TransportError) -> Connection {
    let id = known ?? context.numbering.nextConnection()
    let family = transport == .unix ? AF_UNIX : isIPv6 ? AF_INET6 : AF_INET
    let isDatagram = isDatagram || transport == .udp
    var step = Step(.socket, connection: id, exchange: context.exchange, transport: transport)
    step.detail =
      (family == AF_UNIX ? "AF_UNIX" : isIPv6 ? "AF_INET6" : "AF_INET")
      + (isDatagram ? ", SOCK_DGRAM" : ", SOCK_STREAM")
    try context.demand(&step, .socket)
    do throws(SystemCallError) {
      let descriptor = try Descriptor.socket(family: family, kind: isDatagram ? SOCK_DGRAM : SOCK_STREAM)
      context.report(step)
      return Connection(
        id: id, descriptor: descriptor, transport: transport, isDatagram: isDatagram, local: .unnamed, remote: .unnamed,
        mappedFrom: mappedFrom, state: .new)
    } catch {
      let failure = TransportError(layer: transport, .socket, .system(error))
      step.error = failure
      context.report(step)
      throw failure
    }
  }

  /// Gives the socket a name of its own, bind(2); `unnamed` lets the system choose one for a Unix socket.
  public func bind(to name: SocketName, _ context: NetworkContext) throws(TransportError) {
    try perform(.bind, .bind(to: name), context) { step throws(SystemCallError) in
      step.local = name
      try self.descriptor.bind(name == .unnamed ? .unixAny : SocketAddress(name))
      step.local = try self.descriptor.localName() ?? name
      self.rename(local: step.local)
    }
    become(.bound)
  }

  /// Lets the socket take connections, listen(2), with a queue of so many that nobody has accepted yet.
  public func listen(backlog: Int32 = 1_024, _ context: NetworkContext) throws(TransportError) {
    try perform(.listen, .listen(on: local), context) { step throws(SystemCallError) in
      try self.descriptor.listen(backlog: backlog)
      step.local = try self.descriptor.localName() ?? self.local
      self.rename(local: step.local)
    }
    become(.listening)
  }

  /// Accepts the connection that waits longest, accept4(2), waiting for one until the deadline.
  public func accept(_ context: NetworkContext) throws(TransportError) -> Connection {
    try Listener(id: id, transport: transport, first: (descriptor, local)).accept(context)
  }

  /// Connects the socket to a peer, connect(2); one of datagrams takes and sends only the peer's from then on.
  public func connect(to name: SocketName, _ context: NetworkContext) throws(TransportError) {
    let activity = TransportError.Activity.connect(to: name, via: .direct)
    var step = step(.connect, context)
    step.remote = name
    do throws(TransportError) {
      try context.require(&step, activity)
      try establish(name, activity, context)
      step.local = try? descriptor.localName()
      rename(local: step.local, remote: name)
      become(.connected)
      context.report(step)
    } catch {
      step.error = error
      context.report(step)
      throw error
    }
  }

  /// Begins to connect, waits until the socket is writable, and takes the errno that the connecting came to.
  private func establish(
    _ name: SocketName, _ activity: TransportError.Activity, _ context: NetworkContext
  ) throws(TransportError) {
    let end = min(context.deadline, .after(context.limits.connect))
    var isBegun = false
    while !isBegun {
      do throws(SystemCallError) {
        return try descriptor.connect(SocketAddress(name))
      } catch {
        // A Unix listener whose queue is full says EAGAIN, and no poll(2) tells when it has room (unix(7)).
        isBegun = error.errno == EINPROGRESS
        guard isBegun || error.wouldBlock else { throw TransportError(layer: transport, activity, reason(of: error)) }
      }
      if !isBegun { try pause(until: end, activity, context) }
    }
    do throws(WaitError) {
      try wait([descriptor], for: .write, deadline: end, interrupt: context.interrupt)
    } catch {
      let limit: TransportError.Limit = context.deadline.isOver ? .deadline : .connect(context.limits.connect)
      throw TransportError(layer: transport, activity, error, limit: limit)
    }
    do throws(SystemCallError) {
      let number = try descriptor.takeError()
      guard number == 0 else { throw SystemCallError(call: "connect", errno: number) }
    } catch {
      throw TransportError(layer: transport, activity, .system(error))
    }
  }

  private func pause(
    until end: Deadline, _ activity: TransportError.Activity, _ context: NetworkContext
  ) throws(TransportError) {
    do throws(WaitError) {
      try wait([], for: .read, deadline: min(end, .after(nanoseconds: 10_000_000)), interrupt: context.interrupt)
    } catch {
      guard error == .timeout, !end.isOver else {
        throw TransportError(
          layer: transport, activity, error,
          limit: context.deadline.isOver ? .deadline : .connect(context.limits.connect))
      }
    }
  }

  /// Makes one call in the sight of the taps, whether it succeeds or fails.
  private func perform(
    _ kind: Step.Kind, _ activity: TransportError.Activity, _ context: NetworkContext,
    _ body: (inout Step) throws(SystemCallError) -> Void
  ) throws(TransportError) {
    var step = step(kind, context)
    if case .bind(let name) = activity { step.local = name }
    try context.demand(&step, activity)
    do throws(SystemCallError) {
      try body(&step)
      context.report(step)
    } catch {
      let failure = TransportError(layer: transport, activity, reason(of: error))
      step.error = failure
      context.report(step)
      throw failure
    }
  }
}
