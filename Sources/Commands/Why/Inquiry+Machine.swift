import Clients
import Glibc
import Interpreter
import Net
import System
import Transport
import Wire

// What the kernel of this machine knows: routes, neighbours, sockets, limits.

extension Inquiry {
  mutating func noteMachine() throws {
    try machine.checkpoint()
    if ["EMFILE", "ENFILE"].contains(trouble.code) { return noteDescriptors() }
    if let path = trouble.path { return notePath(path) }
    if let endpoint = trouble.endpoint { noteListeners(at: endpoint) }
    if trouble.doing == .listening, let endpoint = trouble.endpoint { return noteOwnAddresses(endpoint) }
    guard let address else { return }
    noteRoute(to: address)
  }

  /// Asks the kernel which way it would send.
  mutating func noteRoute(to address: Address) {
    let queries = RoutingQueries(context)
    let links = (try? queries.links()) ?? []
    let names = InterfaceNames(links)
    do throws(NetlinkFailure) {
      let route = try queries.route(to: address.withoutZone, from: nil, out: nil, mark: nil)
      evidence.route = route
      let way = [
        route.typeName == "local" ? "this machine itself" : route.gateway.map { "via \($0)" } ?? "on the link",
        route.outgoing.map { "by \(names[$0])" }, route.preferredSource.map { "from \($0)" },
      ]
      evidence.note("route", way.compactMap { $0 }.joined(separator: " "), "netlink")
    } catch {
      evidence.routeCode = error.code
      evidence.note("route", "none: the kernel says \(error.code)", "netlink")
    }
    let table = ((try? queries.routes()) ?? []).filter {
      $0.table == 254 && $0.flags & 0x200 == 0 && ($0.destination?.contains(address.withoutZone) ?? false)
    }
    if let best = table.max(by: { ($0.destination?.prefix ?? 0) < ($1.destination?.prefix ?? 0) }) {
      evidence.isDefaultRoute = best.destination?.prefix == 0
      if best.typeName != "unicast", let network = best.destination {
        evidence.routeCode = evidence.routeCode ?? best.typeName
        evidence.note("route", "\(best.typeName) \(network)", "netlink")
      }
      if evidence.isDefaultRoute, !evidence.isLocal {
        evidence.note("route", "no route is nearer than the default one", "netlink")
      }
    }
    let down = links.filter { !$0.isUp || $0.operationalState == "down" || $0.operationalState == "lowerlayerdown" }
    for own in (try? queries.addresses()) ?? [] {
      guard let link = down.first(where: { $0.index == own.interface }), let local = own.local else { continue }
      let network = Network(address: local, prefix: Int(own.prefix))
      guard network?.contains(address.withoutZone) ?? false else { continue }
      evidence.downInterface = link.name
      evidence.note(
        "interface", "\(link.name), which has \(local)/\(own.prefix), is \(link.isUp ? "without carrier" : "down")",
        "netlink")
    }
  }

  /// Notes whether the next station's address on the link is known: the gateway's, or the host's own.
  mutating func noteNeighbour(of address: Address) {
    guard let route = evidence.route, !evidence.isLocal else { return }
    let next = route.gateway ?? address.withoutZone
    let known = (try? RoutingQueries(context).neighbors())?.first {
      $0.address == next && $0.interface == (route.outgoing ?? $0.interface)
    }
    guard let known else { return }
    evidence.neighbour = known.stateName
    evidence.note("neighbour", "\(next) is \(known.stateName)", "netlink")
  }

  /// Looks for sockets of this machine that wait at a port.
  mutating func noteListeners(at endpoint: Endpoint) {
    guard endpoint.port > 0, endpoint.address.map(isOwn) ?? (endpoint.host == .any) else { return }
    let isUDP = trouble.layerIsUDP
    // State 10 is LISTEN, 7 the one of UDP without a peer (net/tcp_states.h).
    guard let all = try? SocketQueries(context).sockets(isUDP ? .udp : .tcp, states: isUDP ? 1 << 7 : 1 << 10) else {
      return
    }
    let found = all.filter { $0.localPort == endpoint.port }
    let owners = found.isEmpty ? nil : SocketOwners { !machine.interrupt.isRaised }
    for socket in found {
      let owner = owners?[socket.inode].first.map { "\($0.name) (process \($0.process))" }
      evidence.listeners.append(
        .init(address: socket.local, isOnlyIPv6: socket.isOnlyIPv6 ?? false, owner: owner))
      let place = Endpoint(address: socket.local, port: socket.localPort)
      evidence.note("listener", "\(place)\(owner.map { ", \($0)" } ?? "")", "sock_diag")
    }
    if found.isEmpty {
      evidence.note(
        "listener", "no \(isUDP ? "UDP" : "TCP") socket of this machine waits at port \(endpoint.port)", "sock_diag")
    }
  }

  private func isOwn(_ address: Address) -> Bool {
    if address.kind == .loopback || address.isUnspecified { return true }
    return ((try? RoutingQueries(context).addresses()) ?? []).contains { $0.local == address.withoutZone }
  }

  private mutating func noteOwnAddresses(_ endpoint: Endpoint) {
    if let address = endpoint.address, !address.isUnspecified {
      let isHere = isOwn(address)
      evidence.note("address", "\(address) is \(isHere ? "one" : "none") of this machine's", "netlink")
    }
    guard trouble.code == "EACCES" else { return }
    let first = Self.text("/proc/sys/net/ipv4/ip_unprivileged_port_start") ?? "1024"
    evidence.note(
      "port", "below \(first) only root and CAP_NET_BIND_SERVICE may listen; this is user \(getuid())", "files")
  }

  private mutating func noteDescriptors() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    evidence.note("limit", "at most \(limit.rlim_cur) files and sockets (RLIMIT_NOFILE)", "files")
    evidence.note("open", "\(machine.session.resources.count) connections, listeners and jobs of this session", "files")
  }

  private mutating func notePath(_ path: String) {
    guard !path.hasPrefix("@") else { return }
    var status = stat()
    guard stat(path, &status) == 0 else {
      evidence.pathKind = errno == EACCES ? "forbidden" : "missing"
      return evidence.note("path", "\(path): \(SystemCallError(call: "stat", errno: errno).code)", "files")
    }
    let isSocket = status.st_mode & S_IFMT == S_IFSOCK
    evidence.pathKind = isSocket ? "socket" : "file"
    let mode = String(status.st_mode & 0o777, radix: 8)
    evidence.note(
      "path", "\(path) is \(isSocket ? "a socket" : "no socket"), of user \(status.st_uid), mode \(mode)", "files")
    let listens = ((try? SocketQueries(context).unixSockets(states: 1 << 10)) ?? []).contains { $0.name == path }
    evidence.note("listener", listens ? "a program listens there" : "no program listens there", "sock_diag")
  }

  private static func text(_ path: String) -> String? {
    guard let bytes = try? FileText.read(path) else { return nil }
    return String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
  }
}
