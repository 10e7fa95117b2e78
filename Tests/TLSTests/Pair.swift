import Net
import Transport
import Wire

@testable import TLS

/// A client and a server whose wire is this structure.
struct Pair {
  let client: TLSSession
  let server: TLSSession
  let context: (client: TLSContext, server: TLSContext)
  let target: TLSTarget

  init(
    identity: TLSIdentity? = nil, _ client: (inout TLSSettings) -> Void = { _ in },
    server: (inout TLSSettings) -> Void = { _ in }
  ) throws {
    let identity = try identity ?? Pair.identity("localhost", names: ["localhost", "127.0.0.1"])
    var settings = TLSSettings()
    settings.authorities = String(decoding: identity.certificates, as: UTF8.self)
    settings.protocols = ["http/1.1"]
    client(&settings)
    var serverSettings = TLSSettings()
    serverSettings.identity = identity
    server(&serverSettings)
    context = (try TLSContext.client(settings), try TLSContext.server(serverSettings))
    target = TLSTarget(.name("localhost"), title: "localhost:443")
    self.client = try context.client.session(with: target)
    self.server = try context.server.session()
  }

  /// A new pair in the contexts of another.
  init(like other: Pair, ticket: TLSTicket) throws {
    context = other.context
    var target = other.target
    target.ticket = ticket
    self.target = target
    client = try context.client.session(with: target)
    server = try context.server.session()
  }

  static func identity(
    _ name: String, _ kind: CertificateRequest.Key = .p256, names: [String]? = nil
  ) throws -> TLSIdentity {
    let now = Timestamp.now()
    let day = TimeSpan(nanoseconds: 86_400_000_000_000)
    let end = now.adding(day) ?? now
    var request = CertificateRequest(names: names ?? [name], notBefore: now, notAfter: end)
    request.key = kind
    return try request.make()
  }

  /// Carries the handshake to its end, the wire cut into pieces, and what the server sends behind it.
  func shakeHands(step: Int = .max) throws {
    var toServer = client.shakeHands([]).reply
    var isDone = (client: false, server: false)
    for _ in 0..<10 where !toServer.isEmpty {
      let toClient = try Pair.carry(toServer, to: server, step, &isDone.server)
      toServer = try Pair.carry(toClient, to: client, step, &isDone.client)
    }
    guard isDone.client, isDone.server else { throw TLSError(.handshake(with: "memory"), .closed) }
  }

  private static func carry(
    _ wire: [UInt8], to end: TLSSession, _ step: Int, _ isDone: inout Bool
  ) throws -> [UInt8] {
    var reply: [UInt8] = []
    var rest = wire[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(step))
      rest = rest.dropFirst(step)
      guard !isDone else {
        let opened = end.open(piece)
        if let failure = opened.failure { throw failure }
        reply += opened.reply
        continue
      }
      let progress = end.shakeHands(piece)
      if let failure = progress.failure { throw TLSError(.handshake(with: "memory"), failure) }
      reply += progress.reply
      isDone = progress.isDone
      if isDone { reply += end.openRest().reply }
    }
    return reply
  }
}
