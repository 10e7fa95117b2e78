import Clients
import Interpreter
import Net
import System
import Wire

let dnsTrace = Command(
  "dns trace", "Follows a name from the root servers down; each server that is asked is a row, shown as it answers.",
  Parameter<[String]>.rest("words", "NAME and a type (A if none is said)"),
  Parameter<String?>.option(
    "root",
    "the server to begin with, @SERVER, in the place of the root hints, or of the lab's root for names below test"),
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take"), gives: .stream,
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
    guard server.transport == .udp else {
      throw ValueError(
        "bad-argument", "the servers of zones are asked over UDP, and over TCP where they are silent",
        hint: "`--root @\(server.endpoint)`", layer: .command)
    }
    roots = [(nil, server.endpoint)]
  } else if let lab = machine.network.lab?.root(for: asked.name) {
    roots = [(try DomainName(lab.name), lab.local)]
  } else {
    roots = try RootHints.servers(machine)
  }
  let type = asked.types.count == 1 ? asked.types[0] : .a
  let question = Question(name: asked.name, type: type, questionClass: asked.questionClass)
  let trace = DNSTrace(question, roots: roots, context)
  return .stream(Stream { try trace.next().map { .record(TraceRow.record($0)) } })
}

/// How a step of a walk is shown.
private enum TraceRow {
  static func record(_ hop: DNSTrace.Hop) -> Record {
    let (result, to, note) = outcome(hop)
    return Record([
      "zone": .string(hop.zone.description),
      "server": .string(hop.name?.description ?? hop.server.map { "\($0.endpoint.host)" } ?? ""),
      "address": hop.server.map { .endpoint($0.endpoint) } ?? .null,
      "question": .string("\(hop.question.name) \(hop.question.type)"),
      "result": .string(result), "to": .string(to), "note": .string(note),
      "transport": hop.server.map { .string($0.transport.rawValue) } ?? .null, "depth": .int(hop.depth),
      "time": hop.reply.map { DNSValues.time($0.time) } ?? .null,
    ])
  }

  private static func outcome(_ hop: DNSTrace.Hop) -> (result: String, to: String, note: String) {
    switch hop.outcome {
    case .answer: ("answer", "", data(hop.reply?.message.answers ?? []))
    case .nothing:
      (
        "nothing", "",
        [
          hop.reply?.message.code.description ?? "",
          data((hop.reply?.message.authorities ?? []).filter { $0.type == .soa }),
        ]
        .filter { !$0.isEmpty }.joined(separator: "; ")
      )
    case .referral(let zone, let servers, let glue):
      (
        "referral", zone.description,
        "\(servers.map(\.description).joined(separator: " ")); glue: "
          + (glue.isEmpty ? "none" : glue.map(\.description).joined(separator: " "))
      )
    case .alias(let name): ("alias", name.description, "the walk begins anew")
    case .lame(let why): ("lame", "", why)
    case .noGlue: ("no-glue", "", "it lies in the zone that it serves, and the zone above gave no address")
    case .loop: ("loop", "", "its address is to be had only from a zone that waits for this one")
    case .failed(let error): ("failed", "", "\(error.code) over \(error.server.transport.rawValue)")
    }
  }

  private static func data(_ records: [ResourceRecord]) -> String {
    records.filter { $0.type != .rrsig }.map { "\($0.type) \($0.data.text)" }.joined(separator: ", ")
  }
}
