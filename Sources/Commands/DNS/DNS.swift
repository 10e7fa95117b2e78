import Clients
import Interpreter
import Net
import System
import Transport
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
  Parameter<Network?>.option("subnet", "say which network the question comes from"),
  Parameter<Int?>.option("bufsize", "how many bytes of UDP are taken (default 1232)"),
  Parameter<Int?>.option("tries", "how often UDP is tried (default 2)"),
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
  subnet, size, tries, timeout in
  let asked = try DNSWords(words, isReverse: isReverse)
  var options: [EDNSOption] = []
  if nsid { options.append(.nsid) }
  if let subnet { options.append(.clientSubnet(subnet)) }
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
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  var replies: [DNSReply] = []
  for type in asked.types {
    var query = pattern
    query.question.type = type
    replies.append(try DNSAsking.ask(query, asked.servers, tcp: tcp, context))
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

/// Whom a question goes to where nobody says.
enum DNSAsking {
  /// Asks the servers in turn until one answers; without any the system's.
  static func ask(_ query: DNSQuery, _ servers: [DNSServer], tcp: Bool, _ context: NetworkContext) throws -> DNSReply {
    var failure: DNSClientError?
    for var server in servers.isEmpty ? systemServers : servers {
      if tcp, server.transport == .udp { server.transport = .tcp }
      do throws(DNSClientError) {
        return try DNSClient().ask(query, of: server, context)
      } catch {
        failure = error
        if context.interrupt.isRaised || context.deadline.isOver { break }
      }
    }
    guard let failure else { throw ValueError("no-server", "there is no name server to ask", layer: .dns) }
    throw failure
  }

  /// The name servers of /etc/resolv.conf.
  static var systemServers: [DNSServer] {
    let text = (try? FileText.read("/etc/resolv.conf")) ?? []
    return ResolverConfiguration(parsing: text).servers.map { DNSServer(Endpoint(address: $0, port: DNSServer.port)) }
  }
}
