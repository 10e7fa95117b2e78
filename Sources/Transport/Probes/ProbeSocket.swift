import CSystem
import Glibc
import Net
import System

// The sockets of probes: each is used for one question and reports what became of it.

extension Descriptor {
  /// Makes a socket of any kind, non-blocking and closed on exec, that reports the errors of what it sends.
  static func probe(family: Int32, _ kind: __socket_type, _ number: Int32) throws(SystemCallError) -> Descriptor {
    let descriptor = try Descriptor.socket(family: family, kind: kind, protocol: number)
    try descriptor.reportErrors(family: family)
    try descriptor.set(SO_TIMESTAMPNS, to: 1)
    return descriptor
  }

  /// Whether it is connected, getpeername(2).
  var hasPeer: Bool {
    (try? use("getpeername") { number throws(SystemCallError) in
      try SocketAddress("getpeername") { getpeername(number, $0, $1) }
    }) != nil
  }

  /// Sets how many routers what is sent may pass (IP_TTL, IPV6_UNICAST_HOPS).
  func setTTL(_ ttl: Int, family: Int32, forGroups: Bool = false) throws(SystemCallError) {
    let (level, one, many) =
      family == AF_INET
      ? (IPPROTO_IP, IP_TTL, IP_MULTICAST_TTL) : (IPPROTO_IPV6, IPV6_UNICAST_HOPS, IPV6_MULTICAST_HOPS)
    try set(one, at: Int32(level), to: Int32(clamping: ttl))
    if forGroups { try set(many, at: Int32(level), to: Int32(clamping: ttl)) }
  }

  /// Forbids fragments, and leaves out of account what the kernel knows of the path, so that routers say it again
  /// (IP_PMTUDISC_PROBE, ip(7)).
  func probePathMTU(family: Int32) throws(SystemCallError) {
    if family == AF_INET {
      try set(IP_MTU_DISCOVER, at: Int32(IPPROTO_IP), to: Int32(IP_PMTUDISC_PROBE))
    } else {
      try set(IPV6_MTU_DISCOVER, at: Int32(IPPROTO_IPV6), to: Int32(IPV6_PMTUDISC_PROBE))
      try set(IPV6_DONTFRAG, at: Int32(IPPROTO_IPV6), to: 1)
    }
  }

  /// Sends one datagram, where the socket is connected to or to a place.
  func sendDatagram(_ bytes: [UInt8], to place: Endpoint? = nil) throws(SystemCallError) {
    try bytes.withUnsafeBufferPointer { room throws(SystemCallError) in
      _ = try send(UnsafeRawBufferPointer(room), to: place.map { .endpoint($0) })
    }
  }
}

/// Gives how long it is from a time of the monotonic clock to one that the kernel noted by the wall clock, in whole microseconds.
///
/// Where the kernel noted none, or somebody set the clock meanwhile, now serves.
func elapsed(since start: Int64, until arrived: Int64) -> TimeSpan {
  let now = monotonicNow()
  let age = arrived > 0 ? wallClockNow() - arrived : 0
  let end = now - (0...max(0, now - start) ~= age ? age : 0)
  return TimeSpan(nanoseconds: (end - start) / 1_000 * 1_000)
}

/// Where a probe goes, and how its steps are filed: one number for all sockets of one command.
struct ProbeTarget {
  let id: Int
  let host: Host
  let address: Address
  let context: NetworkContext
  /// The layer whose errors these are.
  let layer: Layer

  var family: Int32 { address.isIPv4 ? AF_INET : AF_INET6 }

  /// Looks a host up, if it is a name that is not mapped; of several addresses the first serves, of the wanted version if one is.
  ///
  /// - Parameter ports: those that will be asked for; if the session's map has all of them, or of none the name, nobody looks it up.
  init(
    _ host: Host, ports: [UInt16] = [], version: Int? = nil, layer: Layer = .icmp, _ context: NetworkContext
  ) throws(TransportError) {
    id = context.numbering.nextConnection()
    self.host = host
    self.layer = layer
    self.context = context
    var addresses: [Address]
    switch host {
    case .address(let literal): addresses = [literal]
    case .any: addresses = [Address(v4: INADDR_LOOPBACK), Address(v6High: 0, low: 1)]
    case .name(let name):
      let mapped = ports.map { port in
        context.map.entry(for: Endpoint(host: host, port: port)).flatMap { $0.isLookedUp ? nil : $0.to.address }
      }
      addresses = ports.isEmpty ? context.map.addresses(ofName: name) : mapped.compactMap { $0 }
      if addresses.count < max(1, ports.count) { addresses = try ProbeTarget.look(up: name, id, layer, context) }
    }
    addresses = addresses.filter { version == nil || $0.version == version }
    guard let first = addresses.first else {
      throw TransportError(
        layer: layer, .probe(host),
        .name(NameError(name: "\(host)", .noSuchAddress)))
    }
    address = first
  }

  private static func look(
    up name: String, _ id: Int, _ layer: Layer, _ context: NetworkContext
  ) throws(TransportError) -> [Address] {
    let step = Step(.resolve, connection: id, exchange: context.exchange, transport: layer)
    do throws(NameError) { return try context.look(up: name, step) } catch {
      throw TransportError(layer: layer, .probe(.name(name)), .init(error))
    }
  }

  /// Gives where a port really is: where the map leads, or at the address.
  func endpoint(_ port: UInt16) -> Endpoint {
    context.map[Endpoint(host: host, port: port)] ?? Endpoint(address: address, port: port)
  }

  /// Words a failure of this machine's own.
  func failure(_ error: SystemCallError) -> TransportError {
    TransportError(layer: layer, .probe(host), .system(error))
  }

  /// Waits until one of the sockets has something to say, or the time comes; nil then. Errors: `interrupted`, `timeout` for the
  /// context's own deadline.
  func wait(
    for sockets: [Descriptor], _ readiness: Readiness, until time: Deadline
  ) throws(TransportError) -> Int? {
    do throws(WaitError) {
      return try Transport.wait(
        sockets, for: readiness, deadline: min(time, context.deadline), interrupt: context.interrupt)
    } catch {
      switch error {
      case .timeout where !context.deadline.isOver: return nil
      case .timeout: throw TransportError(layer: layer, .probe(host), .timeout(.deadline))
      case .interrupted: throw TransportError(layer: layer, .probe(host), .interrupted)
      case .system(let error): throw failure(error)
      }
    }
  }

  /// Reports a step that was done at once.
  func report(
    _ kind: Step.Kind, _ transport: Layer, start: Int64 = monotonicNow(), to remote: Endpoint? = nil,
    bytes: [UInt8] = [], detail: String = "", error: (any LayeredError)? = nil
  ) {
    guard !context.taps.isEmpty else { return }
    var step = Step(kind, connection: id, exchange: context.exchange, transport: transport, start: start)
    step.remote = .endpoint(remote ?? endpoint(0))
    step.bytes = bytes
    step.byteCount = bytes.count
    step.detail = detail
    step.error = error
    context.report(step)
  }
}
