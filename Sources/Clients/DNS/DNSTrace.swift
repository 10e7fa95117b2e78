import Net
import Transport
import Wire

/// The walk of a resolver from the root down to the answer, one question of one server at a step (RFC 1034 §5.3.3).
public final class DNSTrace {
  /// What one server answered.
  public struct Hop: Sendable {
    public enum Outcome: Sendable {
      case answer
      /// The name or the type does not exist, says the zone itself.
      case nothing
      /// The servers of a zone below.
      case referral(to: DomainName, servers: [DomainName], glue: [Address])
      /// The answer is another name, and the walk begins anew.
      case alias(DomainName)
      /// It is named as a server of the zone, and does not speak for it; the reason.
      case lame(String)
      case failed(DNSClientError)
    }

    /// The zone whose server was asked.
    public let zone: DomainName
    /// The server by name; nil where only its address was given.
    public let name: DomainName?
    public let server: DNSServer
    public let question: Question
    public let reply: DNSReply?
    public let outcome: Outcome
    /// How deep in look-ups of the addresses of name servers it was made, 0 for the question itself.
    public let depth: Int
  }

  /// Why a walk cannot go on.
  public enum Failure: Sendable, Hashable {
    /// No server of the zone gave an answer or a way on.
    case noServer(DomainName)
    /// More steps, or look-ups of servers in each other, than any sound tree takes.
    case tooLong
  }

  private static let stepLimit = 64
  private static let depthLimit = 4
  private static let aliasLimit = 8

  private let context: NetworkContext
  private let roots: [(DomainName?, Endpoint)]
  private let port: UInt16
  private let take: (Hop) throws -> Void
  private var steps = 0
  /// The names whose addresses are being looked up, so that two that wait for each other are seen.
  private var underWay: Set<DomainName> = []

  /// - Parameters:
  ///   - roots: the servers to begin with; the port of the first is used for all.
  ///   - take: is given each hop as it is made.
  public init(roots: [(DomainName?, Endpoint)], _ context: NetworkContext, _ take: @escaping (Hop) throws -> Void) {
    self.roots = roots
    self.context = context
    self.take = take
    port = roots.first?.1.port ?? DNSServer.port
  }

  /// Walks to the answer of a question; gives why it cannot, nil if it could.
  public func run(_ question: Question) throws -> Failure? {
    var question = question
    for _ in 0..<DNSTrace.aliasLimit {
      switch try walk(question, depth: 0) {
      case .failure(let failure): return failure.failure
      case .success(let reply):
        guard let target = DNSTrace.alias(reply.message, question) else { return nil }
        question.name = target
      }
    }
    return .tooLong
  }

  private struct Stopped: Error {
    let failure: Failure
  }

  /// The name that an answer's aliases end in, where it has nothing of the type itself.
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

  private func walk(_ question: Question, depth: Int) throws -> Result<DNSReply, Stopped> {
    var zone = DomainName.root
    var servers = roots
    while true {
      var way: (zone: DomainName, servers: [DomainName], glue: [(DomainName, Address)])?
      for (name, endpoint) in servers {
        steps += 1
        guard steps <= DNSTrace.stepLimit else { return .failure(Stopped(failure: .tooLong)) }
        switch try ask(question, zone, name, endpoint, depth) {
        case .answer(let reply): return .success(reply)
        case .down(let found): way = found
        case .useless: continue
        }
        break
      }
      guard let way else { return .failure(Stopped(failure: .noServer(zone))) }
      zone = way.zone
      servers = way.glue.map { ($0.0, Endpoint(address: $0.1, port: port)) }
      // Servers without glue are looked up only where there are no others.
      if servers.isEmpty { servers = try addresses(of: way.servers, depth) }
    }
  }

  private enum Step {
    case answer(DNSReply)
    case down((zone: DomainName, servers: [DomainName], glue: [(DomainName, Address)]))
    case useless
  }

  private func ask(
    _ question: Question, _ zone: DomainName, _ name: DomainName?, _ endpoint: Endpoint, _ depth: Int
  ) throws -> Step {
    var query = DNSQuery(question)
    query.recursionDesired = false
    query.attempts = 1
    query.patience = TimeSpan(nanoseconds: 2_000_000_000)
    var server = DNSServer(endpoint)
    func hop(_ reply: DNSReply?, _ outcome: Hop.Outcome) throws {
      try take(
        Hop(
          zone: zone, name: name, server: server, question: question, reply: reply, outcome: outcome, depth: depth))
    }
    let reply: DNSReply
    do {
      do throws(DNSClientError) {
        reply = try DNSClient().ask(query, of: server, context)
      } catch {
        if context.interrupt.isRaised || context.deadline.isOver { throw error }
        try hop(nil, .failed(error))
        // A server that is silent over UDP may speak TCP.
        server.transport = .tcp
        reply = try DNSClient().ask(query, of: server, context)
      }
    } catch let error as DNSClientError {
      if context.interrupt.isRaised || context.deadline.isOver { throw error }
      if server.transport == .tcp { try hop(nil, .failed(error)) }
      return .useless
    }
    let message = reply.message
    let glue = message.additionals.compactMap { record in record.data.address.map { (record.name, $0) } }
    if let below = message.authorities.first(where: { $0.type == .ns })?.name, message.answers.isEmpty,
      !message.flags.isAuthoritative, message.code == .noError
    {
      guard below != zone, below.isWithin(zone), question.name.isWithin(below) else {
        try hop(reply, .lame("it refers to \(below), which does not lie between \(zone) and the name"))
        return .useless
      }
      let servers = message.authorities.filter { $0.type == .ns && $0.name == below }.compactMap(\.data.target)
      // Only addresses of the servers named, and only from within the zone that speaks, are believed (RFC 5452 §6).
      let known = glue.filter { servers.contains($0.0) && $0.0.isWithin(zone) }
      try hop(reply, .referral(to: below, servers: servers, glue: known.map(\.1)))
      return .down((below, servers, known))
    }
    guard message.flags.isAuthoritative, [.noError, .nameError].contains(message.code) else {
      try hop(reply, .lame(message.code == .noError ? "it answers without authority" : "it answers \(message.code)"))
      return .useless
    }
    if let target = DNSTrace.alias(message, question) {
      try hop(reply, .alias(target))
    } else {
      try hop(reply, message.answers.isEmpty ? .nothing : .answer)
    }
    return .answer(reply)
  }

  /// Looks the addresses of name servers up from the root, until one has some.
  private func addresses(of names: [DomainName], _ depth: Int) throws -> [(DomainName?, Endpoint)] {
    guard depth < DNSTrace.depthLimit else { return [] }
    for name in names where underWay.insert(name).inserted {
      defer { underWay.remove(name) }
      for type in [RecordType.a, .aaaa] {
        guard case .success(let reply) = try walk(Question(name: name, type: type), depth: depth + 1) else { break }
        let found = reply.message.answers.compactMap(\.data.address)
        if !found.isEmpty { return found.map { (name, Endpoint(address: $0, port: port)) } }
      }
    }
    return []
  }
}
