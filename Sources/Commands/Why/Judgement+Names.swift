import Clients
import Net
import Transport
import Wire

// The rules for names and those who know them.

extension Judgement {
  mutating func judgeName() {
    let name = trouble.name?.name ?? trouble.host ?? "the name"
    let error = trouble.name ?? evidence.lookUp
    if let address = evidence.addresses.first, trouble.isTimeout || error?.code == "EAI_AGAIN" {
      add(.answersNow, .likely, "\(name) is \(address) now: the resolver was late", ["dns resolve \(name)"])
    }
    switch error?.code ?? "timeout" {
    case "bad-name", "bad-idn": add(.badName, .certain, "\(name) breaks the rules for names", [])
    case "NXDOMAIN":
      for near in evidence.near.prefix(2) { add(.misspelt, .likely, "\(near) is known here", ["dns resolve \(near)"]) }
      add(
        .noSuchName, readings.isEmpty ? .certain : .possible, "the resolver said NXDOMAIN",
        ["dns trace \(name)", "dns resolve \(name)"])
    case "NODATA":
      add(
        .noAddress, .certain, "it has no A or AAAA record that may be used", ["dns \(name) ANY", "dns \(name) A AAAA"])
    case "SERVFAIL":
      if let lame = evidence.lame.first {
        add(
          .lameDelegation, .certain,
          "\(lame.zone) is delegated to \(lame.server), and \(lame.why)",
          ["dns \(lame.zone) SOA @\(lame.server.split(separator: " ").last ?? "") --norecurse", "dns trace \(name)"])
      }
      add(
        .resolverFails, evidence.lame.isEmpty ? .certain : .possible, "the resolver said SERVFAIL",
        ["dns trace \(name)"])
    case "REFUSED", "NOTIMP", "NOTAUTH", "FORMERR":
      add(.resolverRefuses, .certain, "the resolver said \(error?.code ?? "no")", [servers])
    case "timeout":
      add(
        .resolverSilent, .certain, "no answer came to the question for \(name)",
        [servers, "dns \(name)"])
    default: judgeResolver(error)
    }
  }

  /// What shows who is asked.
  private var servers: String { evidence.isOfLab ? "lab" : "sh 'cat /etc/resolv.conf'" }

  private mutating func judgeResolver(_ error: NameError?) {
    let isTold = error.map {
      $0.layers.contains { ["ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH", "EPERM"].contains($0.code) }
    }
    guard isTold ?? false, let code = error?.layers.last?.code else {
      return add(.resolverSilent, .likely, "no name server answered", [servers])
    }
    add(
      .resolverAbsent, .certain, "the question came back with \(code)",
      [servers] + (evidence.isOfLab ? [] : ["ip route"]))
  }

  /// Judges a question to a server that was named.
  mutating func judgeDNS() {
    guard let dns = trouble.dns else { return }
    if evidence.answersTruncated, trouble.transport?.layer == .tcp {
      return add(
        .dnsOverTCP, .certain, "\(dns.server) answers by UDP with the mark for TCP, and TCP came to \(trouble.code)",
        ["dns \(dns.question.name) \(dns.question.type) @\(dns.server.endpoint) --notcp"])
    }
    switch trouble.code {
    case "timeout":
      add(
        .resolverSilent, .certain, "no answer came from \(dns.server)",
        ["ping \(hostText)", "dns \(dns.question.name) --tcp @\(dns.server.endpoint)"])
    case "ECONNREFUSED":
      add(.resolverAbsent, .certain, "\(hostText) has nobody at port \(port)", ["dns \(dns.question.name)"])
    case "dns-mismatch", "dns-malformed": add(.dnsMalformed, .certain, "what came is no answer", ["wire --hex"])
    default:
      if trouble.code.hasPrefix("dns-") { add(.dnsMalformed, .likely, "\(trouble.code)", ["wire --hex"]) }
    }
  }
}
