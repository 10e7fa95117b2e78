import IDN
import Net
import Synchronization
import System
import Transport
import Wire

/// Finds the addresses of names as the C library does: by the order of nsswitch.conf(5), the hosts file, the search list and the name
/// servers of resolv.conf(5), and says what each said.
public final class Resolver: NameLookup {
  public let title = "the resolver"

  /// One thing that was looked at, and what it gave.
  public struct Step: Sendable {
    /// `nsswitch`, `hosts`, `search`, `cache`, `dns`, `special`, `route`, `idn` or `getaddrinfo`.
    public let source: String
    public let asked: String
    public let result: String
    public let time: TimeSpan
  }

  /// Where the files are; a test has its own.
  public struct Files: Sendable {
    public var hosts = "/etc/hosts"
    public var resolver = "/etc/resolv.conf"
    public var order = "/etc/nsswitch.conf"
    public var port = DNSServer.port
    public init() {}
  }

  public let cache: DNSCache
  private let files: Files
  private let rotation = Atomic<Int>(0)
  private let routes = Mutex<[DomainName: Endpoint]>([:])
  private let withheld = Mutex<[String: NameError]>([:])

  public init(files: Files = Files(), cache: DNSCache = DNSCache()) {
    self.files = files
    self.cache = cache
  }

  /// Makes one of the same files, routes and names that lead nowhere, which remembers nothing yet.
  public func withoutMemory() -> Resolver {
    let fresh = Resolver(files: files)
    let known = routes.withLock { $0 }
    fresh.routes.withLock { $0 = known }
    let unknown = withheld.withLock { $0 }
    fresh.withheld.withLock { $0 = unknown }
    return fresh
  }

  public func addresses(of name: String, deadline: Deadline, interrupt: Interrupt) throws(NameError) -> [Address] {
    try addresses(of: name, NetworkContext(deadline: deadline, interrupt: interrupt))
  }

  public func addresses(of name: String, _ context: NetworkContext) throws(NameError) -> [Address] {
    try resolve(name, context) { _ in }
  }

  /// Finds the addresses of a name, usable families first, and tells each step.
  public func resolve(_ name: String, _ context: NetworkContext, _ tell: @escaping (Step) -> Void) throws(NameError)
    -> [Address]
  {
    let asked = name
    let name: String
    do throws(InternationalNameError) {
      name = try InternationalName.ascii(asked)
    } catch {
      throw NameError(name: asked, code: error.code, .resolver(error.reason))
    }
    var walk = Walk(name: name, context: context, tell: tell)
    if name != asked { walk.note("idn", asked, name) }
    if let special = walk.special() { return special }
    if let error = withheld.withLock({ $0[name.lowercased()] }) {
      walk.note("special", name, error.message)
      throw error
    }
    if let server = (try? DomainName(name)).flatMap({ self.server(for: $0) }) {
      walk.note("route", name, "names of this zone are asked of \(server) alone")
      return Resolver.ordered(try askServers(&walk, ResolverConfiguration(server)))
    }
    let sources = order()
    var configuration = ResolverConfiguration(parsing: (try? FileText.read(files.resolver)) ?? [])
    configuration.port = files.port
    walk.note("nsswitch", "hosts:", sources.joined(separator: " "))
    var failure: NameError?
    var isUnknown = false
    for source in sources {
      switch source {
      case "files":
        let found = HostsFile(parsing: (try? FileText.read(files.hosts)) ?? []).addresses(of: name)
        walk.note("hosts", name, found.isEmpty ? "not there" : found.map(\.description).joined(separator: ", "))
        if !found.isEmpty { return found }
      case "dns":
        do throws(NameError) {
          let found = try askServers(&walk, configuration)
          if !found.isEmpty { return Resolver.ordered(found) }
        } catch {
          if error.code == "interrupted" || context.deadline.isOver { throw error }
          failure = error
        }
      default: isUnknown = true
      }
    }
    // Other sources (myhostname, mdns, resolve …) are the C library's own.
    if isUnknown {
      do throws(NameError) {
        let found = try SystemNameLookup().addresses(of: name, context)
        walk.note("getaddrinfo", name, found.map(\.description).joined(separator: ", "))
        return found
      } catch {
        walk.note("getaddrinfo", name, error.code)
        failure = failure ?? error
      }
    }
    throw failure ?? NameError(name: name, code: "NXDOMAIN", .resolver("nothing knows it"))
  }

  /// Gives the sources of `hosts:`, without what stands in brackets; `files dns` where the file says nothing (nsswitch.conf(5)).
  private func order() -> [String] {
    let text = (try? FileText.read(files.order)) ?? []
    for line in text.split(separator: ASCII.lf) {
      let words = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self).split(
        whereSeparator: \.isWhitespace)
      guard words.first == "hosts:" else { continue }
      return words.dropFirst().map(String.init).filter { !$0.hasPrefix("[") && !$0.hasSuffix("]") }
    }
    return ["files", "dns"]
  }

  /// Lets one server be asked for all names of a zone, whatever the system's files say; nil ends that. What is remembered is forgotten.
  public func route(_ zone: DomainName, to server: Endpoint?) {
    routes.withLock { $0[zone] = server }
    cache.clear()
  }

  /// Lets the look-up of names fail with these errors, whatever the system's files say; those of the call before are free again.
  public func withhold(_ errors: [NameError]) {
    withheld.withLock { $0 = Dictionary(errors.map { ($0.name.lowercased(), $0) }) { first, _ in first } }
  }

  /// Gives the server to which the names of a zone are routed; nil for most.
  public func server(for name: DomainName) -> Endpoint? {
    routes.withLock { routes in routes.first { name.isWithin($0.key) }?.value }
  }

  private func askServers(
    _ walk: inout Walk, _ configuration: ResolverConfiguration
  ) throws(NameError) -> [Address] {
    do throws(DomainNameError) { _ = try DomainName(walk.name) } catch {
      throw NameError(name: walk.name, code: error.code, .resolver(error.message))
    }
    var failure: NameError?
    for candidate in walk.candidates(configuration) {
      var found: [Address] = []
      var isKnown = false
      // What no cache knows is asked for at the same time.
      let asked = [RecordType.aaaa, .a].map { Question(name: candidate, type: $0) }
      let unknown = asked.filter { cache.find($0) == nil }
      if unknown.count > 1 {
        do throws(NameError) {
          let replies = try ask(unknown, configuration, &walk)
          for (question, reply) in zip(unknown, replies) { walk.fresh[question] = reply }
        } catch {
          if error.code == "interrupted" || walk.context.deadline.isOver { throw error }
          failure = error
          continue
        }
      }
      for type in [RecordType.aaaa, .a] {
        do throws(NameError) {
          let answer = try look(Question(name: candidate, type: type), configuration, &walk)
          found += answer.addresses
          isKnown = isKnown || answer.code == .noError
        } catch {
          if error.code == "interrupted" || walk.context.deadline.isOver { throw error }
          failure = error
        }
      }
      if !found.isEmpty { return found }
      if failure == nil, isKnown { failure = NameError(name: walk.name, code: "NODATA", .noSuchAddress) }
    }
    throw failure
      ?? NameError(name: walk.name, code: "NXDOMAIN", .resolver("the name servers say that it does not exist"))
  }

  private func look(
    _ question: Question, _ configuration: ResolverConfiguration, _ walk: inout Walk
  ) throws(NameError) -> (addresses: [Address], code: ResponseCode) {
    var question = question
    // An alias whose end is not in the answer is followed by a question of its own.
    for _ in 0..<8 {
      let (records, code) = try known(question, configuration, &walk)
      let addresses = records.compactMap(\.data.address)
      guard addresses.isEmpty, let end = records.last(where: { $0.type == .cname })?.data.target, code == .noError
      else {
        return (addresses, code)
      }
      guard end != question.name else { return ([], code) }
      question.name = end
    }
    throw NameError(name: walk.name, code: "dns-loop", .resolver("its aliases lead on without end"))
  }

  private func known(
    _ question: Question, _ configuration: ResolverConfiguration, _ walk: inout Walk
  ) throws(NameError) -> ([ResourceRecord], ResponseCode) {
    if let reply = walk.fresh.removeValue(forKey: question) {
      return (DNSCache.chain(reply.message, question), reply.message.code)
    }
    if let entry = cache.find(question) {
      walk.note("cache", "\(question)", Walk.text(entry.records, entry.code))
      return (entry.records, entry.code)
    }
    guard let reply = try ask([question], configuration, &walk).first else { return ([], .noError) }
    return (DNSCache.chain(reply.message, question), reply.message.code)
  }

  /// Asks the servers in turn, so often and for so long as the configuration says, until one gives an answer to all questions, and
  /// keeps those.
  private func ask(
    _ questions: [Question], _ configuration: ResolverConfiguration, _ walk: inout Walk
  ) throws(NameError) -> [DNSReply] {
    var servers = configuration.servers.map { DNSServer(Endpoint(address: $0, port: configuration.port)) }
    if configuration.rotates, !servers.isEmpty {
      let first = rotation.add(1, ordering: .relaxed).oldValue % servers.count
      servers = Array(servers[first...] + servers[..<first])
    }
    let queries = questions.map { question in
      var query = DNSQuery(question)
      query.attempts = 1
      query.patience = TimeSpan(nanoseconds: Int64(configuration.timeout) * 1_000_000_000)
      return query
    }
    let title = questions.map(\.description).joined(separator: ", ")
    var failure = NameError(name: walk.name, code: "EAI_AGAIN", .resolver("no name server answered"))
    for _ in 0..<configuration.attempts {
      for server in servers {
        do throws(DNSClientError) {
          let replies = try DNSClient().ask(queries, of: server, walk.context)
          for (question, reply) in zip(questions, replies) {
            let records = DNSCache.chain(reply.message, question)
            walk.note(
              "dns", "\(question) @\(reply.server)", Walk.text(records, reply.message.code), reply.time)
          }
          let failed = replies.map(\.message.code).first { $0 != .noError && $0 != .nameError }
          guard let failed else {
            for (question, reply) in zip(questions, replies) { cache.keep(reply, for: question) }
            return replies
          }
          failure = NameError(name: walk.name, code: failed.description, .resolver("\(server) answered \(failed)"))
        } catch {
          walk.note("dns", "\(title) @\(server)", error.code)
          if error.code == "interrupted" { throw NameError(name: walk.name, .interrupted) }
          if walk.context.deadline.isOver { throw NameError(name: walk.name, .timeout) }
          failure = NameError(name: walk.name, code: error.code == "timeout" ? "timeout" : "EAI_AGAIN", .dns(error))
        }
      }
    }
    throw failure
  }

  /// Puts addresses that the system has a way to before the others (RFC 6724 §5, rule 1); nothing is sent for that.
  static func ordered(_ addresses: [Address]) -> [Address] {
    guard addresses.count > 1 else { return addresses }
    let usable = addresses.filter(Descriptor.hasRoute)
    return usable + addresses.filter { !usable.contains($0) }
  }
}
