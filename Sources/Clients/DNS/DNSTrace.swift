import Net
import Transport
import Wire

/// The walk of a resolver from the root down to the answer, one question of one server at a step (RFC 1034 §5.3.3).
///
/// Each `next` asks one server. Walks that look for the address of a name server stand on the one that needs it.
public final class DNSTrace {
  private static let stepLimit = 100
  private static let depthLimit = 6
  private static let aliasLimit = 8

  /// A question on its way down, and who can still be asked on this level.
  private struct Walk {
    var question: Question
    var zone = DomainName.root
    var servers: [(name: DomainName?, endpoint: Endpoint)]
    /// Servers of the zone whose addresses nobody gave, to be looked up when the others are of no use.
    var withoutAddress: [DomainName] = []
    /// What went wrong with servers of the zone.
    var faults: [DNSTraceError.Fault] = []
  }

  private let context: NetworkContext
  private let roots: [(name: DomainName?, endpoint: Endpoint)]
  private let port: UInt16
  private let patience: TimeSpan
  /// The question itself first, above it the names of servers that it waits for.
  private var walks: [Walk]
  private var made: [Hop] = []
  private var steps = 0
  private var aliases = 0

  /// - Parameters:
  ///   - roots: the servers to begin with; the port of the first is used for all.
  ///   - patience: how long each server is waited for, over UDP and then over TCP.
  public init(
    _ question: Question, roots: [(DomainName?, Endpoint)], patience: TimeSpan = TimeSpan(nanoseconds: 2_000_000_000),
    _ context: NetworkContext
  ) {
    self.patience = patience
    self.roots = roots.map { (name: $0.0, endpoint: $0.1) }
    self.context = context
    port = roots.first?.1.port ?? DNSServer.port
    walks = [Walk(question: question, servers: self.roots)]
  }

  /// Asks the next server; nil when the walk is over. What stops it short is thrown once: a `DNSTraceError`, or a `DNSClientError`
  /// where time is over or somebody interrupts.
  public func next() throws -> Hop? {
    while made.isEmpty {
      guard let walk = walks.last else { return nil }
      do {
        if let server = walk.servers.first {
          walks[walks.count - 1].servers.removeFirst()
          try ask(server.name, server.endpoint, walk)
        } else if let name = walk.withoutAddress.first {
          walks[walks.count - 1].withoutAddress.removeFirst()
          look(up: name, for: walk)
        } else {
          try giveUp(walk)
        }
      } catch {
        walks = []
        throw error
      }
    }
    return made.removeFirst()
  }

  private func note(_ walk: Walk, _ name: DomainName?, _ server: DNSServer?, _ reply: DNSReply?, _ outcome: Hop.Outcome)
  {
    made.append(
      Hop(
        zone: walk.zone, name: name, server: server, question: walk.question, reply: reply, outcome: outcome,
        depth: walks.count - 1))
  }

  private func blame(_ fault: DNSTraceError.Fault) { walks[walks.count - 1].faults.append(fault) }

  // MARK: One server

  private func ask(_ name: DomainName?, _ endpoint: Endpoint, _ walk: Walk) throws {
    steps += 1
    guard steps <= DNSTrace.stepLimit else { throw DNSTraceError(walk.question.name, .tooLong) }
    var query = DNSQuery(walk.question)
    query.recursionDesired = false
    query.attempts = 1
    query.patience = patience
    var server = DNSServer(endpoint)
    while true {
      let reply: DNSReply
      do throws(DNSClientError) {
        reply = try DNSClient().ask(query, of: server, context)
      } catch {
        if context.interrupt.isRaised || context.deadline.isOver { throw error }
        note(walk, name, server, nil, .failed(error))
        // Every server has to speak TCP (RFC 7766 §5): one that is silent over UDP, or refuses it, is asked over that.
        guard server.transport == .udp else { return blame(.silent(error)) }
        server.transport = .tcp
        continue
      }
      return try take(reply, name, walk)
    }
  }

  /// Goes where an answer leads.
  private func take(_ reply: DNSReply, _ name: DomainName?, _ walk: Walk) throws {
    let message = reply.message
    if let below = message.authorities.first(where: { $0.type == .ns })?.name, message.answers.isEmpty,
      !message.flags.isAuthoritative, message.code == .noError
    {
      return refer(reply, to: below, name, walk)
    }
    guard message.flags.isAuthoritative, [.noError, .nameError].contains(message.code) else {
      let why = message.code == .noError ? "it answers without authority" : "it answers \(message.code)"
      blame(.lame(why))
      return note(walk, name, reply.server, reply, .lame(why))
    }
    let target = DNSTrace.alias(message, walk.question)
    if let target {
      note(walk, name, reply.server, reply, .alias(target))
    } else {
      note(walk, name, reply.server, reply, message.answers.isEmpty ? .nothing : .answer)
    }
    walks.removeLast()
    guard let waiting = walks.last else {
      if let target { try begin(again: target, walk.question) }
      return
    }
    // What was looked up is the address of a server, for the walk below.
    let found = message.answers.compactMap(\.data.address).map {
      (name: Optional(walk.question.name), endpoint: endpoint($0))
    }
    if found.isEmpty, walk.question.type == .a {
      push(Question(name: walk.question.name, type: .aaaa))
    } else if found.isEmpty {
      blame(.noAddress(walk.question.name))
    } else {
      walks[walks.count - 1].servers = found + waiting.servers
    }
  }

  private func refer(_ reply: DNSReply, to below: DomainName, _ name: DomainName?, _ walk: Walk) {
    guard below != walk.zone, below.isWithin(walk.zone), walk.question.name.isWithin(below) else {
      let why = "it refers to \(below), which does not lie between \(walk.zone) and the name"
      blame(.lame(why))
      return note(walk, name, reply.server, reply, .lame(why))
    }
    let servers = reply.message.authorities.filter { $0.type == .ns && $0.name == below }.compactMap(\.data.target)
    // Only addresses of the servers named, and only from within the zone that speaks, are believed (RFC 5452 §6).
    let glue = reply.message.additionals.compactMap { record in record.data.address.map { (record.name, $0) } }
      .filter { servers.contains($0.0) && $0.0.isWithin(walk.zone) }
    note(walk, name, reply.server, reply, .referral(to: below, servers: servers, glue: glue.map(\.1)))
    let known = Set(glue.map(\.0))
    walks[walks.count - 1] = Walk(
      question: walk.question, zone: below, servers: glue.map { (name: $0.0, endpoint: endpoint($0.1)) },
      withoutAddress: servers.filter { !known.contains($0) })
  }

  private func endpoint(_ address: Address) -> Endpoint { Endpoint(address: address, port: port) }

  // MARK: Names that lead on

  /// Gives the name that an answer's aliases end in, where it has nothing of the type itself.
  private static func alias(_ message: Message, _ question: Question) -> DomainName? {
    guard question.type != .cname else { return nil }
    var name = question.name
    for _ in 0..<aliasLimit {
      if message.answers.contains(where: { $0.name == name && $0.type == question.type }) { return nil }
      guard let next = message.answers.first(where: { $0.name == name && $0.type == .cname })?.data.target else {
        break
      }
      name = next
    }
    return name == question.name ? nil : name
  }

  private func begin(again name: DomainName, _ question: Question) throws {
    aliases += 1
    guard aliases <= DNSTrace.aliasLimit else { throw DNSTraceError(question.name, .aliases) }
    var question = question
    question.name = name
    push(question)
  }

  private func push(_ question: Question) { walks.append(Walk(question: question, servers: roots)) }

  /// Begins to look the address of a name server up, unless that can lead nowhere.
  private func look(up name: DomainName, for walk: Walk) {
    // A server inside the zone that it serves can be found by glue alone (RFC 1034 §4.2.1).
    guard !name.isWithin(walk.zone) else {
      blame(.noGlue(name))
      return note(walk, name, nil, nil, .noGlue)
    }
    // Who needs a name below a zone whose servers are just being looked for waits for himself.
    let isCircle = walks.contains { walk in
      walk.question.name == name || !walk.zone.isRoot && name.isWithin(walk.zone)
    }
    guard !isCircle, walks.count < DNSTrace.depthLimit else {
      blame(.loop(name))
      return note(walk, name, nil, nil, .loop)
    }
    push(Question(name: name, type: .a))
  }

  /// Ends a walk that has nobody left to ask: the one below goes on without that server.
  private func giveUp(_ walk: Walk) throws {
    let fault = walk.faults.last ?? .noAddress(walk.zone)
    walks.removeLast()
    guard !walks.isEmpty else { throw DNSTraceError(walk.question.name, .noServer(of: walk.zone, fault)) }
    blame(fault)
  }
}
