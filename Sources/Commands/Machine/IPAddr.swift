import Clients
import Interpreter
import Net
import Wire

let ipAddr = Command(
  "ip addr",
  "Lists the addresses of this machine with their networks, scopes, flags and lifetimes; null is for ever.",
  Parameter<String?>.optional("interface", "only those of this one"),
  Parameter<Bool>.flag("4", "only IPv4"), Parameter<Bool>.flag("6", "only IPv6"),
  Parameter<Bool>.flag("details", "also label, broadcast, peer and what there is of the interface"), gives: .table,
  examples: [
    Example("ip addr lo -4 | get address", "127.0.0.1/8"),
    Example("ip addr | where {|a| $a.scope == 'global' and 'temporary' in $a.flags}", note: "the privacy addresses"),
    Example("ip addr lo --details | first | get link | get mtu", "65536"),
  ]
) { machine, interface, four, six, details in
  let queries = RoutingQueries(machine.network.context(machine))
  let links = try queries.links()
  let names = InterfaceNames(links)
  let only = try interface.map { try names.index(of: $0) }
  let addresses = Dictionary(grouping: try queries.addresses(), by: \.interface)
  var rows: [Value] = []
  for link in links where only == nil || link.index == only {
    let own = (addresses[link.index] ?? []).filter { wants($0.family, four, six) }
    rows += own.map { .record(details ? $0.details(link, names) : $0.summary(names)) }
    // An interface without addresses is there all the same, unless a family was asked for.
    if own.isEmpty, !four, !six { rows.append(.record(AddressMessage.empty(link, details, names))) }
  }
  return .list(rows)
}

extension AddressMessage {
  /// The address with its prefix, in the zone of its interface where it means nothing without one.
  func network(_ names: InterfaceNames) -> Network? {
    local.flatMap { Network(address: $0, prefix: Int(prefix)) }
  }

  func summary(_ names: InterfaceNames) -> Record {
    Record([
      "interface": .string(names[interface]), "address": Value(network(names)), "scope": .string(scopeName),
      "flags": Value(flagNames), "valid": Value(seconds: valid), "preferred": Value(seconds: preferred),
    ])
  }

  func details(_ link: LinkMessage, _ names: InterfaceNames) -> Record {
    let more = Record([
      "family": .string(family.name), "broadcast": Value(broadcast), "peer": Value(peer), "anycast": Value(anycast),
      "label": Value(label), "metric": Value(priority), "origin": Value(originName),
      "link": .record(link.details(names)),
    ])
    return Record(pairs: (summary(names).pairs + more.pairs).map { ($0.name, $0.value) })
  }

  /// The row of an interface that has no addresses.
  static func empty(_ link: LinkMessage, _ details: Bool, _ names: InterfaceNames) -> Record {
    var columns = ["address", "scope", "flags", "valid", "preferred"]
    if details { columns += ["family", "broadcast", "peer", "anycast", "label", "metric", "origin"] }
    let last: [(String, Value)] = details ? [("link", .record(link.details(names)))] : []
    return Record(pairs: [("interface", .string(link.name))] + columns.map { ($0, .null) } + last)
  }
}
