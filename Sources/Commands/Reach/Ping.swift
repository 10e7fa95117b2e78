import Interpreter
import Net
import Transport

let ping = Command(
  "ping",
  "Asks a host whether it is there, by ICMP where this user may, else by UDP; one record an answer, then statistics.",
  Parameter<Destination>.required("host", "a name or an address"),
  Parameter<Int>.option("count", "how often; 0 for no end", default: 5, shown: "5"),
  Parameter<TimeSpan>.option(
    "interval", "how long from one question to the next", default: TimeSpan(nanoseconds: 1_000_000_000), shown: "1s"),
  Parameter<Int>.option("size", "bytes of data in each question", default: 56, shown: "56"),
  Parameter<Int?>.option("ttl", "how many routers a question may pass"),
  Parameter<TimeSpan>.option(
    "timeout", "how long each answer may take; `within 10s { ping … }` bounds them all",
    default: TimeSpan(nanoseconds: 2_000_000_000), shown: "2s"),
  Parameter<Bool>.flag("summary", "give the statistics as a record, and no answers"),
  Parameter<Bool>.flag("4", "by IPv4 only"), Parameter<Bool>.flag("6", "by IPv6 only"), gives: .table,
  examples: [
    Example("ping 127.0.0.1 --count 2 --interval 10ms | select sequence time"),
    Example("let p = ping 127.0.0.1 --count 3 --interval 10ms --summary; $p.received", "3"),
    Example("ping ::1 --count 1", note: "the address, the bytes, the time to live, and how long it took"),
  ]
) { machine, host, count, interval, size, ttl, patience, isSummary, four, six in
  var options = Ping.Options()
  options.count = try within(0...1_000_000_000, count, "--count")
  options.interval = try within(atLeast: 1_000_000, interval, "--interval")
  options.size = try within(0...65_000, size, "--size")
  options.ttl = try ttl.map { try within(1...255, $0, "--ttl") }
  options.patience = try within(atLeast: 1_000_000, patience, "--timeout")
  options.version = try version(four, six)
  let ping = try Ping(host.host, options, machine.network.context(machine))
  guard !isSummary else {
    defer { ping.close() }
    while try ping.report() != nil { try machine.checkpoint() }
    return .record(summary(of: ping, host.host))
  }
  // The note comes at every end, Ctrl-C and `first` included.
  let output = machine.session.output
  return .stream(
    Stream(close: {
      ping.close()
      output.note(note(of: ping, host.host))
    }) { try ping.report().map { .record(record(of: $0)) } })
}

private func record(of report: PingReport) -> Record {
  Record([
    "sequence": .int(report.sequence), "from": report.sender.map { .address($0) } ?? .null,
    "answer": .string(report.isDuplicate ? report.answer + " (again)" : report.answer),
    "bytes": report.bytes > 0 ? .int(report.bytes) : .null, "ttl": report.ttl.map { .int($0) } ?? .null,
    "time": report.time.map { .duration($0) } ?? .null,
  ])
}

private func summary(of ping: Ping, _ host: Host) -> Record {
  let statistics = ping.statistics
  func span(_ time: TimeSpan?) -> Value { time.map { .duration($0) } ?? .null }
  return Record([
    "host": .string("\(host)"), "address": .address(ping.address), "method": .string(ping.method.rawValue),
    "sent": .int(statistics.sent), "received": .int(statistics.received), "duplicates": .int(statistics.duplicates),
    "loss": .float(statistics.loss), "min": span(statistics.shortest), "mean": span(statistics.mean),
    "max": span(statistics.longest), "mdev": span(statistics.deviation),
    "times": .list(statistics.times.map { .duration($0) }),
    "plot": .string(Sparkline.of(statistics.times.map(\.seconds))),
  ])
}

/// What ping(8) says at its end, and the times as a line of bars.
private func note(of ping: Ping, _ host: Host) -> String {
  let statistics = ping.statistics
  let loss = (statistics.loss * 1_000).rounded() / 10
  var text =
    "\(host) (\(ping.address)) by \(ping.method.rawValue): \(statistics.sent) sent, \(statistics.received) answered"
  text += ", \(loss == loss.rounded() ? "\(Int(loss))" : "\(loss)") % lost"
  if let shortest = statistics.shortest, let mean = statistics.mean, let longest = statistics.longest,
    let deviation = statistics.deviation
  {
    text +=
      "\n\(Sparkline.of(statistics.times.map(\.seconds)))  min \(shortest), mean \(mean), max \(longest), mdev \(deviation)"
  }
  return text
}
