import Interpreter
import Net
import Transport

let tcpProbe = Command(
  "tcp probe",
  "Tries to connect to ports of a host: open, closed (RST), filtered (silence), or unreachable with the ICMP's sender.",
  Parameter<Destination>.required("host", "a name or an address, or HOST:PORT"),
  Parameter<[PortsArgument]>.rest("port", "numbers, services, ranges such as 1..1024, several with commas"),
  Parameter<TimeSpan>.option(
    "timeout", "how long each port may be silent; `within 10s { … }` bounds them all",
    default: TimeSpan(nanoseconds: 2_000_000_000), shown: "2s"),
  Parameter<Int>.option(
    "parallel", "how many ports are asked at a time, fewer where the limit of open files is lower", default: 500,
    shown: "500"),
  Parameter<Bool>.flag("4", "by IPv4 only"), Parameter<Bool>.flag("6", "by IPv6 only"), gives: .table,
  examples: [
    Example("tcp probe www.rfc.test 80 | get state", "open", needsLab: true),
    Example("tcp probe 127.0.0.1 1,9 --timeout 1s | select port service state"),
    Example("tcp probe 127.0.0.1 1..200 | where {|p| $p.state == 'open'} | count", note: "the open ones of a range"),
  ]
) { machine, host, given, patience, parallel, four, six in
  var ports = (host.port.map { [$0] } ?? []) + given.flatMap(\.ports)
  guard !ports.isEmpty else {
    throw ValueError(
      "missing-argument", "`tcp probe` wants ports", hint: "tcp probe \(host.host) 22,80,443", layer: .command)
  }
  var seen: Set<UInt16> = []
  ports = ports.filter { seen.insert($0).inserted }
  let probe = try PortProbe(
    host.host, ports: ports, patience: try within(atLeast: 1_000_000, patience, "--timeout"),
    parallel: try within(1...65_535, parallel, "--parallel"), version: try version(four, six),
    machine.network.context(machine))
  return .stream(Stream { try probe.report().map { .record(record(of: $0)) } })
}

private func record(of report: PortReport) -> Record {
  Record([
    "port": .int(Int(report.port)), "service": Endpoint.serviceName(report.port).map { .string($0) } ?? .null,
    "state": .string(report.state.rawValue), "reason": .string(report.reason),
    "from": report.sender.map { .address($0) } ?? .null, "time": .duration(report.time),
  ])
}
