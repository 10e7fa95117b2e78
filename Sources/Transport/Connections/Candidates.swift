import Glibc
import Net
import System

/// An address to connect to, and how it was come by.
struct Candidate: Sendable {
  let address: Address
  let port: UInt16
  let route: TransportError.Route
  var endpoint: Endpoint { Endpoint(address: address, port: port) }
  var activity: TransportError.Activity { .connect(to: .endpoint(endpoint), via: route) }

  /// Makes a system call for connecting to it.
  func making<Result>(_ call: () throws(SystemCallError) -> Result) throws(TransportError) -> Result {
    do throws(SystemCallError) { return try call() } catch { throw TransportError(activity, .system(error)) }
  }
}

/// The search for the addresses of what was asked for: the session's map first, then the name look-up; for names of the lab the
/// other way about.
struct Candidates {
  /// The number that the connection will have.
  let id: Int
  let asked: Endpoint
  let options: ConnectOptions
  let context: NetworkContext

  /// Gives at least one candidate, families in turn (RFC 8305 §4), or throws the look-up's error.
  func find(before deadline: Deadline) throws(TransportError) -> [Candidate] {
    guard let entry = context.map.entry(for: asked) else { return try candidates(of: asked, nil, before: deadline) }
    let target = entry.to
    if entry.isLookedUp, let name = asked.name {
      let found = try look(up: name, asked, before: deadline)
      // The entry says which port is which at that address; elsewhere it says nothing.
      guard target.address.map(found.contains) ?? true else { return try chosen(from: found, of: asked, nil) }
    }
    var step = Step(.map, connection: id, exchange: context.exchange)
    step.remote = .endpoint(target)
    step.detail = "\(asked) mapped to \(target)"
    // Who leaves the map out has the name looked up.
    guard try context.allows(&step, .connect(to: .endpoint(target), via: .mapped(from: asked))) else {
      return try candidates(of: asked, nil, before: deadline)
    }
    context.report(step)
    return try candidates(of: target, .mapped(from: asked), before: deadline)
  }

  private func candidates(
    of endpoint: Endpoint, _ route: TransportError.Route?, before deadline: Deadline
  ) throws(TransportError) -> [Candidate] {
    switch endpoint.host {
    case .address(let address):
      guard options.admits(address) else { return try chosen(from: [], of: endpoint, route) }
      return [Candidate(address: address, port: endpoint.port, route: route ?? .direct)]
    case .any:
      return try chosen(from: [Address(v4: INADDR_LOOPBACK), Address(v6High: 0, low: 1)], of: endpoint, route)
    case .name(let name): return try chosen(from: look(up: name, endpoint, before: deadline), of: endpoint, route)
    }
  }

  /// Makes candidates of the addresses that may be used.
  private func chosen(
    from all: [Address], of endpoint: Endpoint, _ route: TransportError.Route?
  ) throws(TransportError) -> [Candidate] {
    let addresses = Candidates.interleaved(all.filter(options.admits))
    guard !addresses.isEmpty else {
      let name = NameError(name: "\(endpoint.host)", code: "NODATA", .noSuchAddress)
      throw TransportError(.connect(to: .endpoint(endpoint), via: .direct), .name(name))
    }
    return addresses.enumerated().map { index, address in
      let isNamed = endpoint.address == nil
      let name = endpoint.name ?? "this machine"
      let own: TransportError.Route = isNamed ? .address(k: index + 1, of: addresses.count, name: name) : .direct
      return Candidate(address: address, port: endpoint.port, route: route ?? own)
    }
  }

  /// Puts the families in turn, beginning with that of the first address, in each family the look-up's order (RFC 8305 §4).
  static func interleaved(_ addresses: [Address]) -> [Address] {
    guard let first = addresses.first else { return [] }
    let preferred = addresses.filter { $0.isIPv4 == first.isIPv4 }
    let other = addresses.filter { $0.isIPv4 != first.isIPv4 }
    var mixed: [Address] = []
    for index in 0..<max(preferred.count, other.count) {
      if index < preferred.count { mixed.append(preferred[index]) }
      if index < other.count { mixed.append(other[index]) }
    }
    return mixed
  }

  private func look(up name: String, _ endpoint: Endpoint, before deadline: Deadline) throws(TransportError)
    -> [Address]
  {
    var step = Step(.resolve, connection: id, exchange: context.exchange)
    step.remote = .endpoint(endpoint)
    do throws(NameError) { return try context.look(up: name, step, before: deadline) } catch {
      throw TransportError(.connect(to: .endpoint(endpoint), via: .direct), .init(error))
    }
  }
}
