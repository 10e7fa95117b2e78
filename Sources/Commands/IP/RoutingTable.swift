import Interpreter
import Net

/// A table of routes made ready for look-ups: what `ip table` gives.
///
/// The routes themselves are the records they were given as, or if they came as text are made records when they are wanted.
final class RoutingTable: Resource {
  private enum Rows: Sendable {
    case records([Record])
    case text(RouteList)
  }

  let table: RouteTable
  private let rows: Rows
  /// A record with the names of all routes and nothing in them: what an address without a route gets.
  let nothing: Record

  init(_ list: RouteList) throws {
    table = try RouteTable(list.entries)
    rows = .text(list)
    nothing = Record(["to": .null, "via": .null, "interface": .null, "metric": .null])
  }

  /// Makes a table of records with `to` and perhaps `via`, `interface` or `dev`, `metric` and more.
  init(_ records: [Record]) throws {
    var routes: [RouteTable.Entry] = []
    rows = .records(
      try records.map { record in
        let network = try Self.destination(of: record)
        let metric = record["metric"].flatMap { if case .int(let number) = $0 { UInt32(exactly: number) } else { nil } }
        routes.append(RouteTable.Entry(network, metric: metric ?? 0))
        return record.setting("to", to: .network(network))
      })
    table = try RouteTable(routes)
    nothing = Record(pairs: (records.first ?? Record(["to": .null])).names.map { ($0, .null) })
  }

  private static func destination(of record: Record) throws -> Network {
    guard let to = record["to"] else {
      throw ValueError(
        "bad-argument", "a route has a field `to`, and this record has \(record.names.joined(separator: ", "))",
        layer: .command)
    }
    if case .string("default") = to {
      guard case .address(let router)? = record["via"], !router.isIPv4 else {
        return try .convert(.string("0.0.0.0/0"))
      }
      return try .convert(.string("::/0"))
    }
    return try Network.convert(to).masked
  }

  func record(_ index: Int) -> Record {
    switch rows {
    case .records(let records): return records[index]
    case .text(let list):
      let hop = list.hops[Int(list.hopOfRoute[index])]
      return Record(
        like: nothing,
        [
          .network(list.entries[index].network), hop.via.map { .address($0) } ?? .null,
          hop.interface.map { .string($0) } ?? .null, hop.metric.map { .int(Int($0)) } ?? .null,
        ])
    }
  }

  var type: TypeName { .routes }

  var fields: Record {
    let old = table.entries.count { $0.network.address.isIPv4 }
    return Record([
      "routes": .int(table.entries.count), "ipv4": .int(old), "ipv6": .int(table.entries.count - old),
      "memory": .size(ByteSize(bytes: Int64(table.memory))),
    ])
  }

  /// There is nothing to close: a table is memory alone.
  func close() {}
}

extension RoutingTable: ValueConvertible {
  static var type: TypeName { .routes }

  static func convert(_ value: Value) throws -> RoutingTable {
    guard case .resource(let resource) = value, let table = resource as? RoutingTable else {
      throw ValueError(
        "wrong-type", "a table of routes is wanted here, and this is \(value.described)", hint: "`ip table` makes one")
    }
    return table
  }
}
