import Clients
import Interpreter
import Net
import Transport
import Wire

// How a name came to its address, and what name servers say now.

extension Inquiry {
  mutating func askNames() {
    if let from = trouble.mappedFrom {
      return evidence.note("name", "\(from) leads to \(trouble.endpoint.map { "\($0)" } ?? "")", "the session's map")
    }
    if let name = trouble.host.flatMap({ try? DomainName($0) }) {
      evidence.isOfLab = machine.network.resolver.server(for: name) != nil
    }
    guard let host = trouble.host, trouble.dns == nil, Address(host) == nil, trouble.doing != .listening else { return }
    // A memory of its own, so that the servers are asked and not what was remembered.
    let within = context.within(.after(share(0.6, atMost: 1_500_000_000)))
    var steps: [Resolver.Step] = []
    do throws(NameError) {
      evidence.addresses = try machine.network.resolver.withoutMemory().resolve(host, within) { steps.append($0) }
    } catch { evidence.lookUp = error }
    for step in steps where step.source != "nsswitch" && step.source != "search" {
      evidence.note("name", "\(step.asked): \(step.result)", Self.source(of: step))
    }
    if let error = evidence.lookUp, steps.isEmpty || error.code == "timeout" {
      evidence.note("name", error.message, "resolver")
    }
    for address in evidence.addresses where address != trouble.endpoint?.address && address.kind != .global {
      evidence.note("address", "\(address) is \(address.kind.rawValue)", "resolver")
    }
    guard let error = evidence.lookUp, error.code == "NXDOMAIN" else { return }
    let known = KnownHosts.all(machine.session, beginning: "").map(\.text).filter { $0 != host } + ["localhost"]
    evidence.near = nearestNames(to: host, among: known)
    if let name = evidence.near.first { evidence.note("name", "known here and much like it: \(name)", "files") }
  }

  private static func source(of step: Resolver.Step) -> String {
    switch step.source {
    case "hosts": "/etc/hosts"
    case "dns": "resolver"
    default: step.source
    }
  }

  /// Asks a name server the question once more that it did not answer, by UDP and in one attempt.
  mutating func askServer() {
    guard let dns = trouble.dns, let address, dns.server.transport == .udp || dns.server.transport == .tcp else {
      return
    }
    var query = DNSQuery(dns.question)
    query.attempts = 1
    query.fallsBackToTCP = false
    query.patience = share(0.5, atMost: 1_000_000_000)
    let server = DNSServer(Endpoint(address: address, port: dns.server.endpoint.port))
    do throws(DNSClientError) {
      let reply = try DNSClient().ask(query, of: server, context)
      evidence.answersTruncated = reply.message.flags.isTruncated
      let size = evidence.answersTruncated ? "cut off, for TCP" : "\(reply.bytes.count) bytes"
      evidence.note("dns", "\(server) answers by UDP: \(reply.message.code), \(size)", "query")
    } catch { evidence.note("dns", "\(server) by UDP: \((error.layers.last ?? error).message)", "query") }
  }
}
