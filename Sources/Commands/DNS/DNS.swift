import Clients
import Interpreter
import Net
import Wire

let dns = Command(
  "dns", "Asks a name server: a name, types and @servers in any order; A and AAAA if no type is said.",
  Parameter<[String]>.rest("words", "NAME, types such as MX, a class, and @SERVER"),
  Parameter<Bool>.flag("x", "the name is an address: ask for its reverse name"),
  Parameter<Bool>.flag("short", "only the data of the answers, one an item"),
  Parameter<Bool>.flag("dig", "as dig prints it"),
  Parameter<Bool>.flag("rfc8427", "as a record of RFC 8427, for JSON"),
  Parameter<Bool>.flag("strict", "make NXDOMAIN, SERVFAIL and the like an error"),
  Parameter<Bool>.flag("tcp", "ask over TCP"),
  Parameter<Bool>.flag("notcp", "keep what UDP truncated"),
  Parameter<Bool>.flag("norec", "do not ask the server to follow (RD off)"),
  Parameter<Bool>.flag("dnssec", "ask for signatures (DO on)"),
  Parameter<Bool>.flag("cd", "ask the server not to check signatures (CD on)"),
  Parameter<Bool>.flag("nsid", "ask for the server's own name"),
  Parameter<Bool>.flag("0x20", "put the letters of the name in random case, and want them back"),
  Parameter<Bool>.flag("noedns", "ask without EDNS"),
  Parameter<Bool>.flag("cookie", "send a cookie, and take no answer with another (RFC 7873)"),
  Parameter<Bool>.flag("keepalive", "ask how long a connection may stay open (RFC 7828)"),
  Parameter<Int?>.option("padding", "pad the query to a multiple of so many bytes (128 over TLS and HTTPS)"),
  Parameter<Network?>.option("subnet", "say which network the question comes from"),
  Parameter<Int?>.option("bufsize", "how many bytes of UDP are taken (default 1232)"),
  Parameter<Int?>.option("tries", "how often UDP is tried (default 2)"),
  Parameter<Bool>.flag("get", "ask a web server by GET in the place of POST"),
  Parameter<String?>.option("name", "whom the certificate of TLS must be for, if not the server as it is written"),
  TLSOptions.authorities, TLSOptions.insecure,
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take"), gives: .any,
  examples: [
    Example(
      "let s = dns serve [{name: www, type: A, data: 192.0.2.1}] --origin example.test --listen :0 --background; "
        + "(dns www.example.test \"@${$s.local}\").answer | select name type address",
      "name\ttype\taddress\nwww.example.test.\tA\t192.0.2.1", note: "A and AAAA of a name, from one server"),
    Example(
      "let s = dns serve [{name: 1.2.0.192.in-addr.arpa., type: PTR, data: www.test.}] --origin in-addr.arpa --listen :0 "
        + "--background; dns -x 192.0.2.1 \"@tcp://${$s.local}\" --short", "www.test.",
      note: "an address's name, over TCP"),
  ]
) {
  machine, words, isReverse, short, dig, rfc8427, strict, tcp, noTCP, noRecursion, dnssec, cd, nsid, randomCase, noEDNS,
  cookie, keepalive, padding, subnet, size, tries, usesGET, serverName, authorities, isInsecure, timeout in
  let asked = try DNSWords(words, isReverse: isReverse)
  var options: [EDNSOption] = []
  if nsid { options.append(.nsid) }
  if let subnet { options.append(.clientSubnet(subnet)) }
  if keepalive { options.append(.keepalive()) }
  var pattern = DNSQuery(Question(name: asked.name, type: .a, questionClass: asked.questionClass))
  pattern.recursionDesired = !noRecursion
  pattern.checkingDisabled = cd
  pattern.randomizesCase = randomCase
  pattern.fallsBackToTCP = !noTCP
  pattern.attempts = min(max(1, tries ?? pattern.attempts), 100)
  // Who says both how long and how often says how long each attempt waits.
  if let timeout, tries != nil {
    pattern.patience = TimeSpan(nanoseconds: max(1, timeout.nanoseconds / Int64(pattern.attempts)))
  }
  pattern.edns =
    noEDNS ? nil : EDNS(payloadSize: UInt16(clamping: size ?? 1232), dnssecOK: dnssec, options: options)
  pattern.padding = padding.map { min(max(0, $0), 4096) }
  let queries = asked.types.map { type in
    var query = pattern
    query.question.type = type
    if cookie { query.cookie = DNSQuery.freshCookie() }
    return query
  }
  let client = try DNSAsking.client(machine, usesGET, serverName, authorities, isInsecure)
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  let servers = asked.servers.isEmpty ? DNSAsking.servers(for: asked.name, machine) : asked.servers
  let replies = try DNSAsking.ask(queries, servers, tcp: tcp, client, context)
  if isInsecure, let server = replies.first?.server, server.isEncrypted {
    machine.session.output.note("WARNING: --insecure: anybody could be \(server), its certificate is not checked")
  }
  if strict, let failed = replies.first(where: { $0.message.code != .noError }) {
    throw ValueError(
      failed.message.code.description,
      "\(failed.server) answered \(failed.message.code) for \(failed.query.questions.first?.description ?? "the question")",
      layer: .dns)
  }
  if short { return .list(replies.flatMap(\.message.answers).map { .string($0.data.text) }) }
  if dig { return .string(replies.map(DigText.text).joined(separator: "\n")) }
  if rfc8427 { return replies.count == 1 ? RFC8427.record(replies[0]) : .list(replies.map(RFC8427.record)) }
  return .record(DNSValues.replies(replies))
}
