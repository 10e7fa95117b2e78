import Interpreter
import Net

let ipLookup = Command(
  "ip lookup", "Finds the route that an address takes: of those that contain it the one with the longest prefix.",
  Parameter<RoutingTable>.required("table", "what `ip table` gave"),
  Parameter<Value?>.pipe("a list or stream of addresses, or text with one on each line"),
  Parameter<[Value]>.rest("addresses", "addresses, or files with one on each line"),
  Parameter<Bool>.flag("explain", "show every candidate, bit by bit, and say in words where the packet goes"),
  Parameter<Bool>.flag("count", "only count how many of the addresses take which route"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .any,
  examples: [
    Example(
      "let t = ip table [{to: 10.0.0.0/8, via: 10.0.0.1} {to: 10.1.0.0/16, via: 10.0.0.2}]; ip lookup $t 10.1.2.3",
      "to\t10.1.0.0/16\nvia\t10.0.0.2", note: "the longer prefix wins"),
    Example(
      "let t = ip table [{to: 10.0.0.0/8, via: 10.0.0.1}]; [10.1.2.3 11.1.2.3] | ip lookup $t",
      "address\tto\tvia\n10.1.2.3\t10.0.0.0/8\t10.0.0.1\n11.1.2.3\t\t",
      note: "an address without a route has empty fields; alone it gives null"),
    Example(
      "let t = ip table [{to: 10.0.0.0/8, via: 10.0.0.1}]; [10.1.2.3 10.9.9.9] | ip lookup $t --count | get count",
      "2"),
  ]
) { machine, table, pipe, addresses, explains, counts, skipsBad in
  if pipe == nil, addresses.count == 1, !counts, let address = single(addresses[0]) {
    if explains { return .string(RouteExplanation(address, table).text) }
    return table.table.route(for: address).map { .record(table.record($0)) } ?? .null
  }
  let reader = try AddressReader("ip lookup", machine, pipe: pipe, addresses, skipsBad: skipsBad)
  if counts {
    var traffic = RouteTraffic(table.table)
    try reader.readAll(into: &traffic)
    return traffic.rows(table)
  }
  let template = Record(pairs: [("address", .null)] + table.nothing.pairs.map { ($0.name, $0.value) })
  return AddressItemStream.make(reader) { item in
    guard case .address(let address) = item else {
      throw ValueError("wrong-type", "one address is looked up at a time, and \(item) is more than one")
    }
    if explains { return .string(RouteExplanation(address, table).text) }
    let route = table.table.route(for: address).map { table.record($0) }
    // Records of one table may differ in their fields; the first has the columns.
    let values = table.nothing.names.map { route?[$0] ?? .null }
    return .record(Record(like: template, [.address(address)] + values))
  }
}

/// Gives the one address that an argument is, rather than a file or more.
private func single(_ argument: Value) -> Address? {
  switch argument {
  case .address(let address): address
  case .string(let text): Address(text)
  default: nil
  }
}

extension RouteTraffic {
  /// The routes with how many addresses took them, those without a route at the end.
  fileprivate func rows(_ table: RoutingTable) -> Value {
    let template = Record(pairs: table.nothing.pairs.map { ($0.name, $0.value) } + [("count", .int(0))])
    let order = counts.indices.sorted { counts[$0] > counts[$1] }
    var next = 0
    return .stream(
      Stream {
        defer { next += 1 }
        guard next < order.count else {
          guard next == order.count, unrouted > 0 else { return nil }
          return .record(template.setting("count", to: .int(unrouted)))
        }
        let route = table.record(order[next])
        return .record(
          Record(like: template, table.nothing.names.map { route[$0] ?? .null } + [.int(counts[order[next]])]))
      })
  }
}
