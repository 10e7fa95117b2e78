import CSystem
import Glibc
import Net
import System

/// What a UDP socket is to be allowed and where it sends, beyond its names.
public struct DatagramOptions: Sendable {
  /// Datagrams to broadcast addresses (SO_BROADCAST, socket(7)).
  public var broadcast = false
  /// How many routers a datagram may pass, to a group too, where 1 is the default (IP_TTL, IP_MULTICAST_TTL).
  public var ttl: Int?
  /// The interface that it uses, for groups too.
  public var interface: String?
  /// Others may bind to the same port, as those who listen to one group do (SO_REUSEADDR).
  public var shares = false

  public init() {}
}

extension Connection {
  /// Makes a UDP socket whose peer is an endpoint, socket(2) and connect(2): it sends to it and hears only it.
  ///
  /// Nothing is sent yet, so that of several addresses the first that this machine has a way to serves. A port that nobody
  /// listens at is told by the next `recv` or `send`, from the error queue: `ECONNREFUSED`, and who said so.
  ///
  /// Errors: `ENETUNREACH`, `EADDRINUSE`, those of the look-up, `timeout`, `interrupted`.
  public static func connect(
    udp endpoint: Endpoint, _ context: NetworkContext, options: ConnectOptions, datagrams: DatagramOptions
  ) throws(TransportError) -> Connection {
    let id = context.numbering.nextConnection()
    let candidates: [Candidate]
    do throws(TransportError) {
      candidates = try Candidates(id: id, asked: endpoint, options: options, context: context)
        .find(before: min(context.deadline, .after(context.limits.connect)))
    } catch {
      throw TransportError(layer: .udp, error.activity, error.reason)
    }
    var failure = TransportError(layer: .udp, .connect(to: .endpoint(endpoint), via: .direct), .timeout(.deadline))
    for candidate in candidates {
      let isIPv6 = !candidate.address.isIPv4
      let connection = try socket(.udp, id: id, isIPv6: isIPv6, mappedFrom: candidate.route.mappedFrom, context)
      do throws(TransportError) {
        try connection.prepare(datagrams, isIPv6: isIPv6)
        if let source = options.source {
          try connection.bind(to: .endpoint(full(source, isIPv6: isIPv6)), context)
        }
        try connection.connect(to: .endpoint(candidate.endpoint), context)
        return connection
      } catch {
        connection.close(context)
        failure = error
        if case .interrupted = error.reason { throw error }
      }
    }
    throw failure
  }

  /// Makes a UDP socket without a peer, socket(2) and, where it is to have a name, bind(2): it sends anywhere and hears everybody.
  ///
  /// `:5353` is 127.0.0.1 and, where that is possible, ::1, each a socket of its own; `:0` is 127.0.0.1 alone; `0.0.0.0:5353`
  /// and `[::]:5353` hear the whole network. Without a source it is of the family that `isIPv6` says, or of both.
  /// Errors: `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`.
  public static func open(
    udp source: Endpoint?, isIPv6: Bool? = nil, _ datagrams: DatagramOptions, _ context: NetworkContext
  ) throws(TransportError) -> Connection {
    let only = source?.address.map { !$0.isIPv4 } ?? isIPv6
    let loopback = only == true ? Address(v6High: 0, low: 1) : Address(v4: INADDR_LOOPBACK)
    let name = source.map { Endpoint(address: $0.address ?? loopback, port: $0.port) }
    let connection = try open(name, isIPv6: only ?? false, datagrams, context)
    guard only == nil, source?.port != 0 else { return connection }
    do throws(TransportError) {
      let other = source.map { Endpoint(address: Address(v6High: 0, low: 1), port: $0.port) }
      connection.twin = try open(other, id: connection.id, isIPv6: true, datagrams, context).descriptor
    } catch {
      // A machine without IPv6 does with the one.
      guard error.isMissingFamily else {
        connection.close(context)
        throw error
      }
    }
    return connection
  }

  private static func open(
    _ name: Endpoint?, id: Int? = nil, isIPv6: Bool, _ datagrams: DatagramOptions, _ context: NetworkContext
  ) throws(TransportError) -> Connection {
    let connection = try socket(.udp, id: id, isIPv6: isIPv6, context)
    do throws(TransportError) {
      try connection.prepare(datagrams, isIPv6: isIPv6)
      if let name { try connection.bind(to: .endpoint(name), context) }
      return connection
    } catch {
      connection.close(context)
      throw error
    }
  }

  /// Gives a source without an address the one that means any of its family.
  private static func full(_ source: Endpoint, isIPv6: Bool) -> Endpoint {
    guard source.address == nil else { return source }
    return Endpoint(address: isIPv6 ? Address(v6High: 0, low: 0) : Address(v4: 0), port: source.port)
  }

  private func prepare(_ options: DatagramOptions, isIPv6: Bool) throws(TransportError) {
    do throws(SystemCallError) {
      try descriptor.reportErrors(family: isIPv6 ? AF_INET6 : AF_INET)
      if isIPv6 { try descriptor.set(IPV6_V6ONLY, at: Int32(IPPROTO_IPV6), to: 1) }
      if options.broadcast { try descriptor.set(SO_BROADCAST, to: 1) }
      if options.shares { try descriptor.set(SO_REUSEADDR, to: 1) }
      if let ttl = options.ttl { try descriptor.setTTL(ttl, family: isIPv6 ? AF_INET6 : AF_INET, forGroups: true) }
      if let interface = options.interface {
        _ = try descriptor.bind(toInterface: interface, isIPv4: !isIPv6)
        try descriptor.sendToGroups(by: interface, isIPv6: isIPv6)
      }
    } catch {
      throw TransportError(layer: .udp, .socket, .system(error))
    }
  }

  /// Hears a multicast group from now on, or no more: MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP (RFC 3678 §5.1), which make the
  /// kernel speak IGMP or MLD.
  ///
  /// - Parameters:
  ///   - interface: where; nil lets the system choose by its routes.
  ///   - source: hear only this sender (source-specific multicast, RFC 4607).
  /// Errors: `EINVAL` for what is no group, `EADDRINUSE` for one joined twice, `EADDRNOTAVAIL` for leaving one not joined,
  /// `ENODEV`.
  public func change(
    group: Address, isJoining: Bool, interface: String? = nil, source: Address? = nil
  ) throws(TransportError) {
    do throws(SystemCallError) {
      let index = interface.map { NetworkNamespace.interfaceNumber($0) } ?? 0
      guard interface == nil || index > 0 else { throw SystemCallError(call: "if_nametoindex", errno: ENODEV) }
      let socket = socket(to: .endpoint(Endpoint(address: group, port: 0)))
      try socket.use("setsockopt") { number throws(SystemCallError) in
        _ = try systemCall("setsockopt") {
          SocketAddress(group, port: 0).with { place, length in
            guard let source else { return nsh_group(number, isJoining ? 1 : 0, index, place, length, nil) }
            return SocketAddress(source, port: 0).with { from, _ in
              nsh_group(number, isJoining ? 1 : 0, index, place, length, from)
            }
          }
        }
      }
    } catch {
      throw TransportError(layer: .udp, .group(group, isJoining: isJoining), .system(error))
    }
  }
}

extension TransportError {
  /// Whether this machine has not the family of the address, or not that address.
  var isMissingFamily: Bool {
    [EADDRNOTAVAIL, EAFNOSUPPORT].map { SystemCallError(call: "", errno: $0).code }.contains(code)
  }
}

extension Descriptor {
  /// Lets what goes to groups leave by an interface (IP_MULTICAST_IF, IPV6_MULTICAST_IF).
  fileprivate func sendToGroups(by interface: String, isIPv6: Bool) throws(SystemCallError) {
    let index = Int32(bitPattern: NetworkNamespace.interfaceNumber(interface))
    guard !isIPv6 else { return try set(IPV6_MULTICAST_IF, at: Int32(IPPROTO_IPV6), to: index) }
    try use("setsockopt") { number throws(SystemCallError) in
      var request = ip_mreqn()
      request.imr_ifindex = index
      _ = try systemCall("setsockopt") {
        setsockopt(number, Int32(IPPROTO_IP), IP_MULTICAST_IF, &request, socklen_t(MemoryLayout<ip_mreqn>.size))
      }
    }
  }
}
