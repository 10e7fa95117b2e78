import Interpreter
import Net
import Transport

let trace = Command(
  "trace",
  "Finds the way to a host, one record a router, without root: UDP whose time to live ends, and the error queue.",
  Parameter<Destination>.required("host", "a name or an address"),
  Parameter<Int>.option("max-hops", "where to give up", default: 30, shown: "30"),
  Parameter<Int>.option("tries", "questions a hop", default: 3, shown: "3"),
  Parameter<TimeSpan>.option(
    "timeout", "how long each answer may take; `within 10s { trace … }` bounds them all",
    default: TimeSpan(nanoseconds: 1_000_000_000), shown: "1s"),
  Parameter<Int>.option("port", "the first UDP port to ask; nobody should use it", default: 33_434, shown: "33434"),
  Parameter<Bool>.flag("names", "look the routers' names up, getnameinfo(3)"),
  Parameter<Bool>.flag("4", "by IPv4 only"), Parameter<Bool>.flag("6", "by IPv6 only"), gives: .table,
  examples: [
    Example("trace 127.0.0.1 | get address", "127.0.0.1"),
    Example("trace ::1 --tries 1 | select hop address mtu", "hop\taddress\tmtu\n1\t::1\t65535"),
  ]
) { machine, host, maxHops, tries, patience, port, wantsNames, four, six in
  var options = Trace.Options()
  options.maxHops = try within(1...255, maxHops, "--max-hops")
  options.tries = try within(1...10, tries, "--tries")
  options.patience = try within(atLeast: 1_000_000, patience, "--timeout")
  options.port = UInt16(clamping: try within(1...65_535, port, "--port"))
  options.version = try version(four, six)
  let context = machine.network.context(machine)
  let trace = try Trace(host.host, options, context)
  return .stream(
    Stream(close: { trace.close() }) {
      guard let hop = try trace.hop() else { return nil }
      var row: [(String, Value)] = [
        ("hop", .int(hop.number)), ("address", hop.address.map { .address($0) } ?? .null),
      ]
      if wantsNames {
        let name = try hop.address.flatMap { try SystemNameLookup().name(of: $0, patience, context) }
        row.append(("name", name.map { .string($0) } ?? .null))
      }
      row += [
        ("answer", .string(hop.answer)), ("mtu", hop.mtu.map { .int($0) } ?? .null),
        ("times", .list(hop.times.map { $0.map { .duration($0) } ?? .null })),
      ]
      return .record(Record(pairs: row))
    })
}
