import Net
import Synchronization
import Transport
import Wire

/// What a name server says to the bytes of a query, in a datagram or on a stream, and how often it was asked.
public final class DNSConversation: Sendable {
  /// Makes the answer to a query; nil gives none at all.
  public typealias Answer = @Sendable (Message, SocketName) -> Message?

  private let answer: Answer
  private let transfer: (@Sendable (Message, SocketName) -> Zone?)?
  private let asked = Atomic<Int>(0)

  /// - Parameter transfer: gives the zone that a peer may have whole (AXFR), nil for none.
  public init(answer: @escaping Answer, transfer: (@Sendable (Message, SocketName) -> Zone?)? = nil) {
    self.answer = answer
    self.transfer = transfer
  }

  /// How many queries came.
  public var count: Int { asked.load(ordering: .relaxed) }

  /// Gives the bytes of the answer to a datagram, truncated to what its sender takes; nil for what deserves none.
  public func reply(to bytes: [UInt8], from peer: SocketName) -> [UInt8]? {
    asked.add(1, ordering: .relaxed)
    switch DNSConversation.read(bytes) {
    case .failure(let refusal): return refusal.reply
    case .success(let query):
      guard let reply = answer(query, peer) else { return nil }
      let size = Int(query.edns?.payloadSize ?? 512)
      return reply.encoded(limit: min(max(512, size), Authority.datagramLimit))
    }
  }

  /// What a query that cannot be read is answered with, if anything.
  private struct Refusal: Error {
    let reply: [UInt8]?
  }

  /// Reads a query. What is no query gets no answer, lest two servers answer each other for ever; what cannot be read gets FORMERR.
  private static func read(_ bytes: [UInt8]) -> Result<Message, Refusal> {
    guard bytes.count >= 12, bytes[2] & 0x80 == 0 else { return .failure(Refusal(reply: nil)) }
    do {
      return .success(try Message(bytes))
    } catch {
      var flags = MessageFlags(rawValue: UInt16(bytes[2]) << 8 | UInt16(bytes[3]))
      flags.isResponse = true
      var reply = Message(
        id: UInt16(bytes[0]) << 8 | UInt16(bytes[1]), flags: MessageFlags(rawValue: flags.rawValue & 0xF900))
      reply.code = .formatError
      return .failure(Refusal(reply: reply.encoded(limit: 512)))
    }
  }

  /// Answers the queries of a stream until its end (RFC 7766).
  public func serve(_ connection: Connection, _ context: NetworkContext) {
    connection.sendAtOnce()
    while !context.interrupt.isRaised {
      do throws(TransportError) {
        let bytes = try DNSStream.receive(connection, context)
        asked.add(1, ordering: .relaxed)
        switch DNSConversation.read(bytes) {
        case .failure(let refusal):
          guard let reply = refusal.reply else { return }
          try connection.send(DNSStream.framed(reply), context)
        case .success(let query):
          if query.questions.first?.type == .axfr, let zone = transfer?(query, connection.remote) {
            try send(zone, to: query, connection, context)
            continue
          }
          guard let reply = answer(query, connection.remote) else { return }
          try connection.send(DNSStream.framed(reply.encoded(limit: Message.maximumSize)), context)
        }
      } catch {
        return
      }
    }
  }

  /// Sends a zone whole, the SOA first and last, in messages of about 16 KiB (RFC 5936 §2.2).
  private func send(
    _ zone: Zone, to query: Message, _ connection: Connection, _ context: NetworkContext
  ) throws(TransportError) {
    var batch: [ResourceRecord] = []
    var size = 0
    var isFirst = true
    func flush() throws(TransportError) {
      var message = query.reply()
      if !isFirst { message.questions = [] }
      message.flags.isAuthoritative = true
      message.answers = batch
      try connection.send(DNSStream.framed(message.encoded(limit: Message.maximumSize)), context)
      batch = []
      size = 0
      isFirst = false
    }
    for record in zone.records + [zone.soa] {
      batch.append(record)
      size += record.name.wire.count + record.data.wire.count + 10
      if size > 16_384 { try flush() }
    }
    if !batch.isEmpty { try flush() }
  }
}
