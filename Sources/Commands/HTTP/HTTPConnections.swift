import Clients
import Interpreter
import Net
import Transport

// A request waits for the whole response before it: only what is idempotent may be pipelined, and all behind a response that breaks off
// would have to be asked for again (RFC 9112 §9.3.2). Pieces, `http send` and `http read`, may be.
let httpConnections = Command(
  "http connections", "Lists the connections that rest between requests, to be used again.", gives: .table,
  examples: [
    Example(
      "http get http://www.rfc.test/rfc/rfc2324.txt | get status; http get http://www.rfc.test/rfc/rfc2324.txt | get status; "
        + "http connections | get requests", needsLab: true)
  ]
) { machine in
  let now = monotonicNow()
  return .list(
    machine.http.pool.resting.map { rest in
      .record(
        Record([
          "id": .int(rest.connection.id), "origin": .string("\(rest.origin)"), "local": Value(rest.connection.local),
          "remote": Value(rest.connection.remote), "proxy": rest.proxy.map { .string("\($0)") } ?? .null,
          "requests": .int(rest.requests), "idle": .duration(TimeSpan(nanoseconds: max(0, now - rest.since))),
        ]))
    })
}

let httpClose = Command(
  "http close", "Closes the connections that rest between requests, all or those to one host; gives how many.",
  Parameter<String?>.optional("host", "the host"), gives: .int,
  examples: [Example("http close", "0")]
) { machine, host in
  .int(machine.http.pool.close(host: host?.lowercased(), machine.network.context(machine)))
}
