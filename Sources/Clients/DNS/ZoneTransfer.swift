import Net
import Transport
import Wire

/// A transfer of a whole zone under way (AXFR, RFC 5936): the records come message by message, the SOA first and last.
public final class ZoneTransfer {
  private let connection: Connection
  private let context: NetworkContext
  private let server: DNSServer
  private let question: Question
  private let id: UInt16
  private var soa: ResourceRecord?
  private var isOver = false

  /// Connects to the server over TCP, or over TLS (RFC 9103) if it is one of those, and asks for the zone.
  public init(
    of name: DomainName, from server: DNSServer, by client: DNSClient = DNSClient(), _ context: NetworkContext
  ) throws(DNSClientError) {
    self.server = server
    self.context = context
    question = Question(name: name, type: .axfr)
    var message = Message(id: UInt16.random(in: 0...UInt16.max))
    message.questions = [question]
    id = message.id
    connection = try client.connect(DNSQuery(question), server, context)
    do throws(TransportError) {
      try connection.send(DNSStream.framed(message.encoded(limit: Message.maximumSize)), context)
    } catch {
      throw fail(.transport(error))
    }
  }

  deinit { close() }

  public func close() { connection.close(context) }

  private func fail(_ reason: DNSClientError.Reason) -> DNSClientError {
    close()
    return DNSClientError(question: question, server: server, reason: reason)
  }

  /// Gives the records of the next message, without the SOA that ends the zone; nil when the zone is whole.
  public func next() throws(DNSClientError) -> [ResourceRecord]? {
    guard !isOver else { return nil }
    let message = try receive()
    guard message.id == id, message.flags.isResponse else { throw fail(.notTheAnswer("its id is another")) }
    guard message.code == .noError else { throw fail(.refused(message.code)) }
    var records = message.answers
    guard !records.isEmpty else { throw fail(.notTheAnswer("it has no record")) }
    guard let soa else {
      guard let first = records.first, first.type == .soa, first.name == question.name else {
        throw fail(.notTheAnswer("it does not begin with the SOA of the zone"))
      }
      soa = first
      if records.count > 1 { end(&records, first) }
      return records
    }
    end(&records, soa)
    return records
  }

  /// Takes off the SOA that stands last, if it does; the zone is whole then (RFC 5936 §2.2).
  private func end(_ records: inout [ResourceRecord], _ soa: ResourceRecord) {
    guard let last = records.last, last.type == .soa, last.data == soa.data else { return }
    records.removeLast()
    isOver = true
    close()
  }

  private func receive() throws(DNSClientError) -> Message {
    let bytes: [UInt8]
    do throws(TransportError) {
      bytes = try DNSStream.receive(connection, context)
    } catch {
      throw fail(.transport(error))
    }
    do throws(DNSError) {
      return try Message(bytes)
    } catch {
      throw fail(.malformed(error))
    }
  }
}
