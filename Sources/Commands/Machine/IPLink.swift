import Clients
import Interpreter
import Net
import Wire

let ipLink = Command(
  "ip link", "Lists the interfaces of this machine: state, MTU, MAC address and flags, or with --details all there is.",
  Parameter<String?>.optional("interface", "only this one"),
  Parameter<Bool>.flag("details", "also queues, parents, limits and counters"), gives: .table,
  examples: [
    Example("ip link lo | select interface mtu mac", "interface\tmtu\tmac\nlo\t65536\t00:00:00:00:00:00"),
    Example("ip link | where {|l| 'UP' in $l.flags} | get interface", note: "those that are up"),
    Example("ip link --details | select interface kind master statistics"),
  ]
) { machine, interface, details in
  let links = try RoutingQueries(machine.network.context(machine)).links()
  let names = InterfaceNames(links)
  let only = try interface.map { try names.index(of: $0) }
  return .list(
    links.filter { only == nil || $0.index == only }.map { link in
      .record(details ? link.details(names) : link.summary)
    })
}

extension LinkMessage {
  /// What people look for first.
  var summary: Record {
    Record([
      "interface": .string(name), "state": .string(operationalState), "mtu": Value(mtu),
      "mac": Value(linkAddress: address), "flags": Value(flagNames),
    ])
  }

  /// All there is.
  func details(_ names: InterfaceNames) -> Record {
    // A number in another namespace is no name here.
    let below: Value = lowerNamespace == nil ? names.value(lower) : Value(lower)
    return Record([
      "index": .int(Int(index)), "interface": .string(name), "state": .string(operationalState), "mtu": Value(mtu),
      "mac": Value(linkAddress: address), "flags": Value(flagNames), "type": .string(hardwareName),
      "broadcast": Value(linkAddress: broadcast), "permanent": Value(linkAddress: permanentAddress),
      "kind": Value(kind), "port-kind": Value(portKind), "vlan": Value(vlan), "below": below,
      "below-namespace": Value(lowerNamespace), "master": names.value(master), "alias": Value(alias),
      "alternative-names": Value(alternativeNames), "queue": Value(discipline), "queue-length": Value(queueLength),
      "mode": .string(mode), "group": group == 0 ? .string("default") : .string("\(group)"),
      "carrier": hasCarrier.map { .bool($0) } ?? .null, "carrier-changes": Value(carrierChanges),
      "smallest-mtu": Value(minimalMTU), "largest-mtu": Value(maximalMTU), "promiscuity": Value(promiscuity),
      "all-multicast": Value(allMulticast), "send-queues": Value(sendQueues), "receive-queues": Value(receiveQueues),
      "address-generation": Value(generation), "parent": Value(parentDevice), "bus": Value(parentBus),
      "statistics": statistics.map { .record($0.record) } ?? .null,
    ])
  }
}

extension LinkStatistics {
  var record: Record { Record(pairs: zip(Self.names, counters).map { ($0, .int(Int(clamping: $1))) }) }
}
