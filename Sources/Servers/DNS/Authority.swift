import Net
import Wire

/// What a name server says: zones, found by the longest name that fits, and from where they may be transferred.
public struct Authority: Sendable {
  public let zones: [DomainName: Zone]
  /// Who may have a whole zone (AXFR).
  public let transfers: [Network]
  /// The most that is sent in one datagram, whatever the asker can take (RFC 9715 §3).
  static let datagramLimit = 1232

  public init(zones: [Zone], transfers: [Network]) {
    self.zones = Dictionary(zones.map { ($0.origin, $0) }, uniquingKeysWith: { $1 })
    self.transfers = transfers
  }

  func zone(for name: DomainName) -> Zone? {
    var above: DomainName? = name
    while let next = above {
      if let zone = zones[next] { return zone }
      above = next.parent
    }
    return nil
  }

  /// Answers a query other than for a transfer.
  public func answer(_ query: Message) -> Message {
    var reply = query.reply()
    guard let question = query.questions.first, query.questions.count == 1 else {
      reply.code = .formatError
      return reply
    }
    // A version of EDNS that is not known is said so (RFC 6891 §6.1.3).
    guard query.edns?.version ?? 0 == 0 else {
      reply.code = .badVersion
      return reply
    }
    guard query.flags.opcode == .query else {
      reply.code = .notImplemented
      return reply
    }
    guard question.questionClass == .internet || question.questionClass == .any, !question.type.isTransfer,
      let answer = zone(for: question.name)?.answer(question, signatures: query.edns?.dnssecOK ?? false)
    else {
      reply.code = .refused
      return reply
    }
    reply.code = answer.code
    reply.flags.isAuthoritative = answer.isAuthoritative
    reply.answers = answer.answers
    reply.authorities = answer.authorities
    reply.additionals = answer.additionals
    if query.edns?.dnssecOK ?? false { reply.edns?.flags = 0x8000 }
    return reply
  }

  /// Gives the zone that a peer asks for whole and may have; nil for none.
  public func transfer(_ query: Message, to peer: SocketName) -> Zone? {
    guard let name = query.questions.first?.name, let address = peer.endpoint?.address?.withoutZone,
      transfers.contains(where: { $0.contains(address) })
    else { return nil }
    return zones[name]
  }
}

extension RecordType {
  var isTransfer: Bool { self == .axfr || self == .ixfr }
}
