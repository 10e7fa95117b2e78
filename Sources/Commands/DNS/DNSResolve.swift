import Clients
import IDN
import Interpreter
import Net
import Transport

let dnsResolve = Command(
  "dns resolve", "Finds the addresses of a name as the system does, and shows each step; connections do the same.",
  Parameter<String>.required("name", "the name of a host"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .record,
  examples: [Example("(dns resolve localhost).addresses", "127.0.0.1\n::1")]
) { machine, name, timeout in
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  var steps: [Value] = []
  let addresses = try machine.network.resolver.resolve(name, context) { step in
    steps.append(
      .record(
        Record([
          "source": .string(step.source), "asked": .string(step.asked), "result": .string(step.result),
          "time": DNSValues.time(step.time),
        ])))
  }
  var pairs: [(String, Value)] = [("name", .string(name))]
  // Both forms of an internationalised name.
  let ascii = try InternationalName.ascii(name)
  if let unicode = InternationalName.unicode(ascii) {
    pairs += [("ascii", .string(ascii)), ("unicode", .string(unicode))]
  }
  return .record(
    Record(pairs: pairs + [("addresses", .list(addresses.map { .address($0) })), ("steps", .list(steps))]))
}

let dnsCache = Command(
  "dns cache", "Lists the answers that the shell's resolver still remembers, with the time that is left.",
  gives: .table,
  examples: [Example("dns cache clear; dns cache | count", "0")]
) { machine in
  .list(
    machine.network.resolver.cache.all.map { entry in
      .record(
        Record([
          "name": .string(entry.question.name.description), "type": .string(entry.question.type.description),
          "left": .duration(TimeSpan(nanoseconds: Int64(entry.left(at: monotonicNow())) * 1_000_000_000)),
          "answer": .string(
            entry.records.isEmpty
              ? (entry.code == .noError ? "no such record" : entry.code.description)
              : entry.records.map { "\($0.type) \($0.data.text)" }.joined(separator: ", ")),
          "server": .endpoint(entry.server.endpoint),
        ]))
    })
}

let dnsCacheClear = Command(
  "dns cache clear", "Forgets what the shell's resolver remembers.", gives: .null,
  examples: [Example("dns cache clear", "")]
) { machine in
  machine.network.resolver.cache.clear()
  return .null
}
