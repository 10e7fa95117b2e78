import Clients
import Interpreter
import Net
import Wire

let ipNeigh = Command(
  "ip neigh", "Lists the neighbors on the links: the MAC address behind each address (ARP, RFC 4861) and its state.",
  Parameter<String?>.optional("interface", "only those on this one"),
  Parameter<Bool>.flag("4", "only IPv4"), Parameter<Bool>.flag("6", "only IPv6"),
  Parameter<Bool>.flag("all", "also those that are never asked for, such as multicast groups"),
  Parameter<Bool>.flag("details", "also probes and when it was used, confirmed and updated"), gives: .table,
  examples: [
    Example("ip neigh | where {|n| $n.state == 'REACHABLE'}"), Example("ip neigh lo | count", "0"),
  ]
) { machine, interface, four, six, all, details in
  let queries = RoutingQueries(machine.network.context(machine))
  let names = InterfaceNames(try queries.links())
  let only = try interface.map { try names.index(of: $0) }
  let neighbors = try queries.neighbors().filter { neighbor in
    neighbor.family.isInternet && wants(neighbor.family, four, six) && (only == nil || neighbor.interface == only)
      && (all || neighbor.isResolved)
  }
  return .list(neighbors.map { .record(details ? $0.details(names) : $0.summary(names)) })
}

extension NeighborMessage {
  func summary(_ names: InterfaceNames) -> Record {
    Record([
      "address": Value(address), "interface": names.value(interface), "mac": Value(linkAddress: linkAddress),
      "state": .string(stateName), "flags": Value(flagNames),
    ])
  }

  func details(_ names: InterfaceNames) -> Record {
    // Ticks of USER_HZ, 100 a second.
    func age(_ ticks: UInt32?) -> Value { Value(milliseconds: ticks.flatMap { $0.multipliedIfFits(by: 10) }) }
    let more = Record([
      "family": .string(family.name), "probes": Value(probes), "references": Value(references),
      "used": age(used), "confirmed": age(confirmed), "updated": age(updated),
    ])
    return Record(pairs: (summary(names).pairs + more.pairs).map { ($0.name, $0.value) })
  }
}

extension UInt32 {
  fileprivate func multipliedIfFits(by factor: UInt32) -> UInt32? {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}
