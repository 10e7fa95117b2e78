import Clients
import Net
import System
import Transport
import Wire

// Where a name gets lost that a resolver cannot resolve.

extension Inquiry {
  /// Walks down to the name from the nearest zone above it that the resolver knows the servers of, and notes those servers that are
  /// delegated to and do not serve.
  mutating func followDelegation() {
    guard let host = trouble.host, let name = try? DomainName(host),
      let bytes = try? FileText.read("/etc/resolv.conf"),
      let address = ResolverConfiguration(parsing: bytes).servers.first
    else { return }
    let resolver = DNSServer(Endpoint(address: address, port: DNSServer.port))
    var labels = name.labels.dropFirst()
    while !labels.isEmpty, let zone = DomainName(labels: Array(labels)) {
      labels = labels.dropFirst()
      let servers = servers(of: zone, resolver)
      guard !servers.isEmpty else { continue }
      let names = servers.map { "\($0.0.map { "\($0)" } ?? "") \($0.1.host)" }
      evidence.note("delegation", "\(zone) is served by " + names.joined(separator: ", "), "query")
      return walk(Question(name: name, type: .a), from: servers)
    }
  }

  private mutating func walk(_ question: Question, from servers: [(DomainName?, Endpoint)]) {
    let trace = DNSTrace(question, roots: servers, patience: share(0.3, atMost: 500_000_000), context)
    while let hop = try? trace.next() {
      let server = "\(hop.name.map { "\($0)" } ?? "") \(hop.server.map { "\($0.endpoint.host)" } ?? "")"
      switch hop.outcome {
      case .lame(let why):
        evidence.lame.append(("\(hop.zone)", server, why))
        evidence.note("delegation", "\(hop.zone) is delegated to \(server): \(why)", "query")
      case .referral(let zone, _, _): evidence.note("delegation", "\(server) refers to the servers of \(zone)", "query")
      case .noGlue, .loop: evidence.note("delegation", "\(server) of \(hop.zone) has no address to be had", "query")
      case .failed(let error): evidence.note("delegation", "\(server) of \(hop.zone): \(error.code)", "query")
      case .answer, .nothing, .alias:
        return evidence.note("delegation", "\(server) answers with authority now", "query")
      }
    }
  }

  /// Asks the resolver for the servers of a zone, and for the addresses of the first two.
  private func servers(of zone: DomainName, _ resolver: DNSServer) -> [(DomainName?, Endpoint)] {
    guard let answer = ask(zone, .ns, resolver) else { return [] }
    let names = answer.answers.filter { $0.type == .ns && $0.name == zone }.compactMap(\.data.target)
    return names.prefix(2).flatMap { name in
      (ask(name, .a, resolver)?.answers ?? []).compactMap(\.data.address).map {
        (name, Endpoint(address: $0, port: DNSServer.port))
      }
    }
  }

  private func ask(_ name: DomainName, _ type: RecordType, _ resolver: DNSServer) -> Message? {
    var query = DNSQuery(Question(name: name, type: type))
    query.attempts = 1
    query.patience = share(0.2, atMost: 500_000_000)
    let message = (try? DNSClient().ask(query, of: resolver, context))?.message
    return message?.code == .noError ? message : nil
  }
}
