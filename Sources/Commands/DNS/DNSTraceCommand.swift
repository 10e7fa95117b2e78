import Clients
import Interpreter
import Net
import System
import Wire

let dnsTrace = Command(
  "dns trace", "Follows a name from the root servers down, one row for each server that was asked.",
  Parameter<[String]>.rest("words", "NAME and a type (A if none is said)"),
  Parameter<String?>.option("root", "the server to begin with, @SERVER, in the place of the root hints"),
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take"), gives: .table,
  examples: [
    Example(
      "let s = dns serve [{name: www.test, type: A, data: 192.0.2.1}] --origin . --listen :0 --background; "
        + "dns trace www.test --root \"@${$s.local}\" | get result", "answer")
  ]
) { machine, words, root, timeout in
  let asked = try DNSWords(words)
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  let roots: [(DomainName?, Endpoint)]
  if let root {
    let server = try DNSWords.server(root.hasPrefix("@") ? String(root.dropFirst()) : root)
    roots = [(nil, server.endpoint)]
  } else {
    roots = try RootHints.servers(machine)
  }
  var rows: [Value] = []
  let trace = DNSTrace(roots: roots, context) { hop in rows.append(.record(TraceRows.row(hop))) }
  let type = asked.types.count == 1 ? asked.types[0] : .a
  switch try trace.run(Question(name: asked.name, type: type, questionClass: asked.questionClass)) {
  case nil: break
  case .noServer(let zone)?:
    let last = rows.last.flatMap { if case .record(let row) = $0 { row["note"]?.scalarText } else { nil } }
    throw ValueError(
      "dns-lame",
      "no server of the zone \(zone) answers for \(asked.name)" + (last.map { "; the last one: \($0)" } ?? ""),
      hint: "each step: \(rows.compactMap(TraceRows.line).joined(separator: "; "))", layer: .dns)
  case .tooLong?:
    throw ValueError("dns-loop", "the delegations of \(asked.name) lead in circles, or on without end", layer: .dns)
  }
  return .list(rows)
}

private enum TraceRows {
  static func row(_ hop: DNSTrace.Hop) -> Record {
    let (result, to, note): (String, String, String) =
      switch hop.outcome {
      case .answer: ("answer", "", data(hop))
      case .nothing: ("nothing", "", hop.reply?.message.code.description ?? "")
      case .referral(let zone, let servers, let glue):
        (
          "referral", zone.description,
          "\(servers.map(\.description).joined(separator: " ")); glue: "
            + (glue.isEmpty ? "none" : glue.map(\.description).joined(separator: " "))
        )
      case .alias(let name): ("alias", name.description, "the walk begins anew")
      case .lame(let why): ("lame", "", why)
      case .failed(let error): ("failed", "", "\(error.code) over \(error.server.transport.rawValue)")
      }
    return Record([
      "zone": .string(hop.zone.description), "server": .string(hop.name?.description ?? "\(hop.server.endpoint.host)"),
      "address": .endpoint(hop.server.endpoint), "question": .string("\(hop.question.name) \(hop.question.type)"),
      "result": .string(result), "to": .string(to), "note": .string(note),
      "transport": .string(hop.server.transport.rawValue), "depth": .int(hop.depth),
      "time": hop.reply.map { .duration($0.time) } ?? .null,
    ])
  }

  private static func data(_ hop: DNSTrace.Hop) -> String {
    (hop.reply?.message.answers ?? []).filter { $0.type != .rrsig }.map { "\($0.type) \($0.data.text)" }
      .joined(separator: ", ")
  }

  static func line(_ value: Value) -> String? {
    guard case .record(let row) = value, let zone = row["zone"]?.scalarText, let server = row["server"]?.scalarText,
      let result = row["result"]?.scalarText
    else { return nil }
    return "\(zone) \(server) \(result)"
  }
}

/// The addresses of the root servers, from the table that comes with the shell.
enum RootHints {
  static func servers(_ machine: Machine) throws -> [(DomainName?, Endpoint)] {
    guard let share = Share.path else {
      throw ValueError("no-data", "the table of root servers is not installed", hint: "`--root @SERVER`", layer: .file)
    }
    var servers: [(DomainName?, Endpoint)] = []
    for line in try FileText.read(share + "/data/root-hints.tsv").split(separator: UInt8(ascii: "\n"))
    where line.first != UInt8(ascii: "#") {
      let cells = line.split(separator: UInt8(ascii: "\t")).map { String(decoding: $0, as: UTF8.self) }
      guard cells.count == 2, let name = try? DomainName(cells[0]), let address = Address(cells[1]) else { continue }
      servers.append((name, Endpoint(address: address, port: DNSServer.port)))
    }
    return servers
  }
}
