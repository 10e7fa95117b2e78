import Clients
import Interpreter
import Net
import Wire

let dnsZone = Command(
  "dns zone", "Transfers a whole zone (AXFR); its records stream.",
  Parameter<[String]>.rest("words", "NAME and @SERVER"),
  Parameter<String?>.option("name", "whom the certificate of TLS must be for, if not the server as it is written"),
  TLSOptions.authorities, TLSOptions.insecure,
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take"), gives: .stream,
  examples: [
    Example(
      "let s = dns serve [{name: www, type: A, data: 192.0.2.1}] --origin example.test --listen :0 --background; "
        + "dns zone example.test \"@${$s.local}\" | count", "3")
  ]
) { machine, words, serverName, authorities, isInsecure, timeout in
  let asked = try DNSWords(words)
  let client = try DNSAsking.client(machine, false, serverName, authorities, isInsecure)
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  guard var server = asked.servers.first ?? DNSAsking.servers(for: asked.name, machine).first else {
    throw ValueError("no-server", "there is no name server to ask", layer: .dns)
  }
  guard server.transport != .https else {
    throw ValueError(
      "bad-argument", "a web server does not transfer zones", hint: "@192.0.2.1 or @tls://…", layer: .dns)
  }
  if server.transport == .udp { server.transport = .tcp }
  let transfer = try ZoneTransfer(of: asked.name, from: server, by: client, context)
  var rows: [Value] = []
  return .stream(
    Stream(close: { transfer.close() }) {
      while rows.isEmpty {
        guard let records = try transfer.next() else { return nil }
        if case .list(let table) = DNSValues.lines(records) { rows = table.items.reversed() }
      }
      return rows.popLast()
    })
}

let dnsCompare = Command(
  "dns compare", "Asks several servers the same and puts their answers side by side.",
  Parameter<[String]>.rest("words", "NAME, types and @SERVER…"),
  TLSOptions.authorities, TLSOptions.insecure,
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take"), gives: .table,
  examples: [
    Example(
      "let a = dns serve [{name: www, type: A, data: 192.0.2.1}] --origin example.test --listen :0 --background; "
        + "let b = dns serve [{name: www, type: A, data: 192.0.2.2}] --origin example.test --listen :0 --background; "
        + "dns compare www.example.test A \"@${$a.local}\" \"@${$b.local}\" | get same", "true\nfalse")
  ]
) { machine, words, authorities, isInsecure, timeout in
  let asked = try DNSWords(words)
  let client = try DNSAsking.client(machine, false, nil, authorities, isInsecure)
  guard !asked.servers.isEmpty else {
    throw ValueError("missing-argument", "`dns compare` wants servers", hint: "@192.0.2.1 @192.0.2.2", layer: .command)
  }
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  var rows: [Value] = []
  for type in asked.types {
    var first: [String]?
    for server in asked.servers {
      var query = DNSQuery(Question(name: asked.name, type: type, questionClass: asked.questionClass))
      query.attempts = 1
      var pairs: [(String, Value)] = [("server", .string(server.description)), ("type", .string(type.description))]
      do throws(DNSClientError) {
        let reply = try client.ask(query, of: server, context)
        let data = reply.message.answers.map { "\($0.type) \($0.data.text)" }.sorted()
        let all = [reply.message.code.description] + data
        first = first ?? all
        pairs += [
          ("rcode", .string(reply.message.code.description)), ("answer", .list(data.map { .string($0) })),
          ("ttl", reply.message.answers.map(\.ttl).min().map { .int(Int($0)) } ?? .null),
          ("time", DNSValues.time(reply.time)), ("same", .bool(first == all)),
        ]
      } catch {
        if context.interrupt.isRaised || context.deadline.isOver { throw error }
        pairs += [
          ("rcode", .string(error.code)), ("answer", .list([])), ("ttl", .null), ("time", .null),
          ("same", .bool(false)),
        ]
      }
      rows.append(.record(Record(pairs: pairs)))
    }
  }
  return .list(rows)
}
