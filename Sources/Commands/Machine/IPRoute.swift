import Clients
import Interpreter
import Net
import Wire

let ipRoute = Command(
  "ip route", "Lists the routes of this machine, of the main table unless told otherwise.",
  Parameter<String?>.optional("interface", "only those by this one"),
  Parameter<Bool>.flag("4", "only IPv4"), Parameter<Bool>.flag("6", "only IPv6"),
  Parameter<String?>.option("table", "of this table, by name or number, or of `all`"),
  Parameter<Bool>.flag("details", "also table, flags, metrics of the path and single hops"), gives: .table,
  examples: [
    Example("ip route --table local lo -4 | where {|r| $r.to == 127.0.0.1/32} | get source", "127.0.0.1"),
    Example("ip route | where {|r| $r.to.prefix == 0} | get via", note: "the default gateways"),
    Example("ip route --table all --details"),
  ]
) { machine, interface, four, six, table, details in
  let queries = RoutingQueries(machine.network.context(machine))
  let names = RouteNames(interfaces: InterfaceNames(try queries.links()), tables: RoutingTableNames())
  let only = try interface.map { try names.interfaces.index(of: $0) }
  let wanted = table == "all" ? nil : try table.map { try names.tables.number(of: $0) } ?? 254
  // RTM_F_CLONED: what the kernel noted for itself, such as the MTU of a path, is no route that anybody made.
  let routes = try queries.routes().filter { route in
    route.family.isInternet && wants(route.family, four, six) && (wanted == nil || route.table == wanted)
      && (only == nil || route.outgoing == only || route.hops.contains { $0.interface == only })
      && route.flags & 0x200 == 0
  }
  return .list(
    try routes.map { route in
      try machine.checkpoint()
      return .record(details ? route.details(names) : route.summary(names))
    })
}

let ipRouteGet = Command(
  "ip route get", "Asks the kernel which way a packet to an address would go: interface, gateway and source address.",
  Parameter<Address>.required("address", "where to"),
  Parameter<Address?>.option("from", "from this address of this machine"),
  Parameter<String?>.option("interface", "out of this interface"),
  Parameter<Int?>.option("mark", "with this firewall mark"), gives: .record,
  examples: [
    Example("ip route get 127.0.0.1 | get interface", "lo"), Example("(ip route get ::1).source", "::1"),
    Example("ip route get 127.0.0.53 | get gateway", "", note: "null: no gateway, it is reached directly"),
  ]
) { machine, address, source, interface, mark in
  let queries = RoutingQueries(machine.network.context(machine))
  let names = RouteNames(interfaces: InterfaceNames(try queries.links()), tables: RoutingTableNames())
  var out = try interface.map { try names.interfaces.index(of: $0) }
  if out == nil, let zone = address.zone { out = try UInt32(zone) ?? names.interfaces.index(of: zone) }
  let number = try mark.map { mark in
    guard let number = UInt32(exactly: mark) else {
      throw ValueError("bad-argument", "a firewall mark has 32 bits", layer: .command)
    }
    return number
  }
  let route = try queries.route(to: address.withoutZone, from: source, out: out, mark: number)
  return .record(
    Record([
      "to": .address(address), "gateway": Value(route.gateway), "interface": names.interfaces.value(route.outgoing),
      "source": Value(route.preferredSource), "type": .string(route.typeName),
      "table": .string(names.tables[route.table]), "scope": .string(route.scopeName),
      "protocol": .string(route.originName), "metric": Value(route.priority), "user": Value(route.user),
      "mark": Value(route.mark), "flags": Value(route.flagNames), "expires": Value(seconds: route.expires),
      "metrics": .record(route.metricRecord),
    ]))
}

/// The names that the numbers of a route stand for.
struct RouteNames {
  var interfaces: InterfaceNames
  let tables: RoutingTableNames
}

extension RouteMessage {
  func summary(_ names: RouteNames) -> Record {
    // A route of several hops has a list of gateways and one of interfaces.
    let many = !hops.isEmpty
    return Record([
      "to": Value(destination),
      "via": many ? .list(hops.map { Value($0.gateway) }) : Value(gateway),
      "interface": many
        ? .list(hops.map { names.interfaces.value($0.interface) }) : names.interfaces.value(outgoing),
      "source": Value(preferredSource), "metric": Value(priority), "protocol": .string(originName),
      "scope": .string(scopeName), "type": .string(typeName),
    ])
  }

  func details(_ names: RouteNames) -> Record {
    let more = Record([
      "table": .string(names.tables[table]), "family": .string(family.name), "from": Value(source),
      "tos": .int(Int(typeOfService)), "flags": Value(flagNames), "preference": Value(preference),
      "next-hop-object": Value(nextHopObject), "expires": Value(seconds: expires), "error": Value(error),
      "metrics": .record(metricRecord), "hops": .list(hops.map { .record($0.record(names.interfaces)) }),
    ])
    return Record(pairs: (summary(names).pairs + more.pairs).map { ($0.name, $0.value) })
  }

  var metricRecord: Record {
    Record(pairs: metrics.map { ($0.name, $0.number.map { .int(Int($0)) } ?? Value($0.text)) })
  }
}

extension NextHop {
  func record(_ names: InterfaceNames) -> Record {
    Record([
      "via": Value(gateway), "interface": names.value(interface), "weight": .int(weight), "flags": Value(flagNames),
    ])
  }
}
