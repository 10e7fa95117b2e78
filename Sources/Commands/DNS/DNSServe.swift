import Interpreter
import Net
import Servers
import Transport
import Wire

let dnsServe = Command(
  "dns serve", "Serves zones, or what a function answers, over UDP and TCP until it is interrupted.",
  Parameter<[Value]>.rest("zones", "zone files, lists of records, or one function of the query"),
  Parameter<Endpoint>.option(
    "listen", "where: :PORT is this machine alone", default: Endpoint(host: .any, port: 5353), shown: ":5353"),
  Parameter<String?>.option("origin", "the name of the zone, where its records do not say it"),
  Parameter<Value?>.option("transfer", "the networks that may have the zones whole, AXFR (default this machine)"),
  Parameter<Bool>.flag("background", "give the server as a value at once, and go on; `close` ends it"),
  gives: .listener,
  examples: [
    Example(
      "let s = dns serve [{name: www, type: A, data: 192.0.2.1}] --origin example.test --listen :0 --background; "
        + "dns www.example.test A \"@${$s.local}\" --short", "192.0.2.1"),
    Example(
      "let s = dns serve {|q| {name: $q.name, type: TXT, data: \"hello\"}} --listen :0 --background; "
        + "dns any.test TXT \"@${$s.local}\" --short", "\"hello\"", note: "answers that are computed"),
  ]
) { machine, sources, endpoint, origin, transfers, isBackground in
  guard let first = sources.first else {
    throw ValueError("missing-argument", "`dns serve` wants a zone, or a function", layer: .command)
  }
  var context = machine.network.context(machine)
  context.taps.removeAll(where: \.mayHold)
  let interrupt = Interrupt()
  if case .function(let function) = first {
    let handler = Handler(function, for: machine)
    let session = machine.session
    let service = try DNSService.start(on: endpoint, context, stackBytes: Handler.stackBytes) { query, peer in
      switch handler.call([ComputedAnswers.query(query, peer)], interrupt: interrupt, prepare: { _ in }) {
      case .success(let value):
        if let reply = try? ComputedAnswers.reply(to: query, value) { return reply }
        session.output.note("dns serve: what the function gave is no answer")
      case .failure(let failure): if !failure.isInterrupt { session.output.report(failure) }
      }
      var reply = query.reply()
      reply.code = .serverFailure
      return reply
    }
    return try machine.run(OpenNameServer(service, zones: [], interrupt: interrupt), inBackground: isBackground)
  }
  let zones = try sources.map { try ZoneSources.zone($0, origin: origin, machine) }
  for zone in zones {
    for warning in zone.warnings { machine.session.output.note("\(zone.origin): \(warning)") }
  }
  let authority = Authority(zones: zones, transfers: try networks(transfers))
  let service = try DNSService.start(
    on: endpoint, context, answer: { query, _ in authority.answer(query) },
    transfer: { query, peer in authority.transfer(query, to: peer) })
  let server = OpenNameServer(service, zones: zones.map(\.origin.description), interrupt: interrupt)
  return try machine.run(server, inBackground: isBackground)
}

/// Reads a network or a list of them; without any it is this machine.
private func networks(_ given: Value?) throws -> [Network] {
  switch given {
  case nil:
    let own = [(Address(v4: 0x7F00_0000), 8), (Address(v6High: 0, low: 1), 128)]
    return own.compactMap { Network(address: $0.0, prefix: $0.1) }
  case .list(let items)?: return try items.items.map { try Network.convert($0) }
  case let one?: return [try Network.convert(one)]
  }
}

/// What a function of a script makes of a query.
private enum ComputedAnswers {
  static func query(_ query: Message, _ peer: SocketName) -> Value {
    let question = query.questions.first
    return .record(
      Record([
        "name": .string(question?.name.description ?? "."), "type": .string(question?.type.description ?? ""),
        "class": .string(question?.questionClass.description ?? ""), "from": Value(peer),
        "flags": .list(query.flags.names.map { .string($0) }),
      ]))
  }

  /// Takes null as "no such name", a text as a code, a record or a list as the answer, and a record with `rcode`, `answer`,
  /// `authority` or `additional` as all of it.
  static func reply(to query: Message, _ value: Value) throws -> Message {
    var reply = query.reply()
    reply.flags.isAuthoritative = true
    switch value {
    case .null: reply.code = .nameError
    case .string(let text):
      guard let code = ResponseCode(text) else { throw ValueError("bad-record", "`\(text)` is no code", layer: .dns) }
      reply.code = code
    case .record(let fields) where fields["data"] == nil:
      if let text = fields["rcode"]?.scalarText, let code = ResponseCode(text) { reply.code = code }
      if let answer = fields["answer"] { reply.answers = try DNSRecordValues.records(answer, origin: .root) }
      if let authority = fields["authority"] {
        reply.authorities = try DNSRecordValues.records(authority, origin: .root)
      }
      if let more = fields["additional"] { reply.additionals = try DNSRecordValues.records(more, origin: .root) }
    default: reply.answers = try DNSRecordValues.records(value, origin: .root)
    }
    return reply
  }
}
