import Interpreter
import Net

let ipTable = Command(
  "ip table",
  "Makes a table of routes for `ip lookup`, of records with a field `to` or of text as `ip route` writes it.",
  Parameter<Value>.input(
    "a list of {to: 10.0.0.0/8, via: 10.0.0.1 …}, the name of a file, or its bytes", named: "routes"),
  Parameter<Bool>.flag("skip-bad", "leave wrong lines out and count them on standard error"), gives: .routes,
  examples: [
    Example(
      "let t = ip table [{to: 10.0.0.0/8, via: 10.0.0.1} {to: default, via: 192.168.0.1}]; ip lookup $t 10.1.2.3 | get via",
      "10.0.0.1"),
    Example("'default via 192.168.0.1 dev eth0\n192.168.0.0/24 dev eth0 metric 100' | ip table | get routes", "2"),
  ]
) { machine, routes, skipsBad in
  switch routes {
  case .list, .record: return .resource(try RoutingTable(records(of: routes, machine)))
  case .stream(let stream) where !stream.isBytes && stream.untouchedBytes == nil:
    return .resource(try RoutingTable(records(of: routes, machine)))
  default: return .resource(try RoutingTable(text(of: routes, machine, skipsBad)))
  }
}

private func records(of routes: Value, _ machine: Machine) throws -> [Record] {
  if case .record(let record) = routes { return [record] }
  return try Items.all(of: routes, machine).map { item in
    guard case .record(let record) = item else {
      throw ValueError(
        "wrong-type", "a route is a record such as {to: 10.0.0.0/8, via: 10.0.0.1}, and this is \(item.described)")
    }
    return record
  }
}

/// Reads routes from a file that is named, from a stream of bytes, or from text with a line end in it.
private func text(of routes: Value, _ machine: Machine, _ skipsBad: Bool) throws -> RouteList {
  var list = RouteList()
  var source: String?
  var next: () throws -> [UInt8]?
  if case .string(let path) = routes,
    !path.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") })
  {
    let (file, path) = (try OwnedFile(opening: machine.path(path)), path)
    source = path
    next = { try file.read(path) }
  } else if case .stream(let stream) = routes, let bytes = stream.untouchedBytes {
    next = try Pieces.next(of: .stream(bytes))
  } else {
    next = try Pieces.next(of: routes)
  }
  var lines = AddressLines(source: source, skippingWrongLines: skipsBad)
  while let piece = try next() {
    try machine.checkpoint()
    try list.read(piece, &lines)
  }
  try list.finish(&lines)
  if let first = lines.firstSkipped {
    machine.session.output.note("ip table: left out \(lines.skipped) wrong lines, the first: \(first.message)")
  }
  return list
}
