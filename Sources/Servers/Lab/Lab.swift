import Net
import System
import TLS
import Transport
import Wire

/// A small internet inside this process, on 127.10.0.0/24: name servers from the root down, a resolver, web servers and others, and
/// the names and ports that lead to them.
public final class Lab: Sendable {
  /// All names and ports, in the order of the table in `share/nsh/lab/names.tsv`.
  public let parts: [LabPart]
  /// The documents served, by file name.
  public let documents: Documents
  private let server: HTTPServer
  private let doors: LabDoors
  private let services: LabServices
  private let certificates: LabCertificates
  private let state: LabState

  /// Makes a resolver of where the root's name server is.
  public typealias MakeRecursion =
    @Sendable (_ root: Endpoint, _ context: NetworkContext) ->
    @Sendable (Message) -> Message

  /// What the session's `NameMap` needs: the endpoints of the lab's names and where each really is.
  ///
  /// Their names are looked up, so that the name servers count; those of the name servers are not, since who asks them knows their
  /// addresses from a configuration, hints or glue.
  public var map: [NameMap.Entry] {
    parts.map { part in
      NameMap.Entry(from: part.asked, to: part.local, isLookedUp: part.service != .dns && part.service != .resolver)
    }
  }

  /// Where the first web server really listens.
  public var web: Endpoint { parts[0].local }

  /// The parts of a name, all of its ports, or of `NAME:PORT` that one; capital and small letters are the same.
  public func parts(named name: String) -> [LabPart] {
    let name = name.lowercased()
    return parts.filter { $0.name == name || "\($0.asked)" == name }
  }

  /// The first part of a service.
  public func first(_ service: LabPart.Service) -> LabPart? { parts.first { $0.service == service } }

  /// The name server of the lab's root, if a name is one of the lab's.
  public func root(for name: DomainName) -> LabPart? {
    guard let zone = try? DomainName("test"), name.isWithin(zone) else { return nil }
    return parts.first { $0.service == .dns && $0.serves == "." }
  }

  /// Starts the lab of a folder: `names.tsv`, the zones in `zones/`, and the text documents in `rfc/`.
  ///
  /// - Parameter recursion: makes what answers for the resolver; it asks the lab's own name servers.
  /// Errors: `DocumentsError`, `FileError` and `ZoneError` for the folder, `TransportError` and `SystemCallError` for the sockets.
  public static func start(folder: String, recursion: MakeRecursion) throws -> Lab {
    var parts = LabPart.table(try FileText.read(folder + "/names.tsv"))
    let documents = try Documents(folder: folder + "/rfc")
    let (state, certificates) = (LabState(), LabCertificates())
    let doors = try LabDoors()
    do {
      let pairs = try openPairs(&parts, doors)
      let listener = try openWeb(&parts)
      let web = LabWeb(
        parts: parts.filter(\.isWeb), documents: DocumentSite(documents: documents), certificates: certificates,
        state: state)
      let server = try HTTPServer.start(
        on: listener, NetworkContext(), greeting: { try web.greet($0) }, handler: .atOnce { web.answer($0) })
      let root = parts.first { $0.service == .dns && $0.serves == "." }?.local
      let names = try LabNames(
        folder: folder + "/zones", parts: parts,
        recursion: recursion(root ?? Endpoint(host: .any, port: 0), doors.context),
        state: state)
      let post = parts.first { $0.service == .smtp }
      let mail = MailServer(name: post?.name ?? "localhost") {
        try certificates.server(for: [post?.name ?? "localhost"], LabCertificates.Kind(post.flatMap { state[$0] }))
      }
      let services = LabServices(
        names: names, state: state, mail: mail,
        files: FileServer(files: documents.byName))
      let lab = Lab(parts, documents, server, doors, services, certificates, state)
      for (index, pair) in pairs { try lab.open(parts[index], pair) }
      return lab
    } catch {
      doors.stop()
      throw error
    }
  }

  private init(
    _ parts: [LabPart], _ documents: Documents, _ server: HTTPServer, _ doors: LabDoors, _ services: LabServices,
    _ certificates: LabCertificates, _ state: LabState
  ) {
    self.parts = parts
    self.documents = documents
    self.server = server
    self.doors = doors
    self.services = services
    self.certificates = certificates
    self.state = state
  }

  /// Makes the sockets of what is no web; name servers have one port, as a walk down a delegation wants it.
  private static func openPairs(_ parts: inout [LabPart], _ doors: LabDoors) throws -> [(Int, LabDoors.Pair)] {
    let authorities = parts.indices.filter { parts[$0].service == .dns }
    let groups = [authorities] + parts.indices.filter { !parts[$0].isWeb && parts[$0].service != .dns }.map { [$0] }
    var all: [(Int, LabDoors.Pair)] = []
    for group in groups {
      let pairs = try doors.pairs(group.map { parts[$0].address })
      for (index, pair) in zip(group, pairs) {
        parts[index].local.port = pair.port
        all.append((index, pair))
      }
    }
    return all
  }

  /// Listens for the web: one socket for all names of an address that speak the same protocol.
  private static func openWeb(_ parts: inout [LabPart]) throws -> Listener {
    var places: [(address: Address, service: LabPart.Service)] = []
    for part in parts where part.isWeb && !places.contains(where: { $0 == (part.address, part.service) }) {
      places.append((part.address, part.service))
    }
    guard let listener = try Listener.listen(tcp: places.map { ($0.address, 0) }, NetworkContext()) else {
      throw SystemCallError(call: "listen", errno: 22)
    }
    for (place, local) in zip(places, listener.locals) {
      for index in parts.indices where (parts[index].address, parts[index].service) == place {
        parts[index].local.port = local.endpoint?.port ?? 0
      }
    }
    return listener
  }

  private func open(_ part: LabPart, _ pair: LabDoors.Pair) throws(SystemCallError) {
    let (take, serve) = services.behaviour(of: part)
    try doors.open(part, pair, inThreads: part.service == .resolver, take, serve)
  }

  // MARK: - Sins

  /// What is wrong with a part.
  public func sin(of part: LabPart) -> LabSin? { state[part] }

  /// The last messages that the mail server took, the newest last.
  public var mails: [SMTPDialogue.Mail] { services.mail.all }

  /// Makes something wrong with a part, or nothing any more; connections that are open go on as they began.
  public func spoil(_ part: LabPart, by sin: LabSin?) throws {
    let before = state[part]
    if before == .closed, sin != .closed {
      guard let pair = try doors.pairs([part.address], port: part.local.port).first else { return }
      try open(part, pair)
    }
    state[part] = sin
    if sin == .closed { doors.close(part) }
  }

  /// The certificate of the authority that vouches for the lab's web servers, as PEM.
  public func authority() throws(TLSError) -> String { String(decoding: try certificates.authority(), as: UTF8.self) }

  /// Stops the servers; returns when their threads are gone and their sockets closed.
  public func stop() {
    doors.stop()
    server.stop()
  }
}

extension LabPart {
  var isWeb: Bool { service == .http || service == .https }
}
