import Net
import System
import Transport
import Wire

/// A question under way over UDP. Each attempt has a socket, and so a port, and an id of its own; the system lets in only what the
/// server's address and port sent, and reports a refusal at once.
private struct DatagramAttempt {
  let index: Int
  let query: DNSQuery
  let message: Message
  let connection: Connection
  /// Until when this attempt may take.
  let context: NetworkContext
  let start: Int64
  let number: Int
  var ignored: [String]
  var fault: DNSError?

  /// Opens a socket and sends the query.
  init(
    _ index: Int, _ query: DNSQuery, _ server: DNSServer, _ context: NetworkContext, after last: DatagramAttempt? = nil
  ) throws(DNSClientError) {
    let message = query.message()
    let bytes = try DNSClient.bytes(of: message, query, server)
    self.index = index
    self.query = query
    self.message = message
    start = last?.start ?? monotonicNow()
    number = (last?.number ?? 0) + 1
    ignored = last?.ignored ?? []
    fault = last?.fault
    self.context = context.within(.after(query.patience))
    do throws(TransportError) {
      connection = try Connection.connect(udp: server.endpoint, self.context)
    } catch {
      throw DNSClient.fail(query, server, .transport(error))
    }
    do throws(TransportError) {
      try connection.send(bytes, self.context)
    } catch {
      connection.close(context)
      throw DNSClient.fail(query, server, .transport(error))
    }
  }

  /// Takes one datagram; gives the reply if it is the answer, nil if it is to be ignored.
  mutating func receive(_ server: DNSServer) throws(TransportError) -> DNSReply? {
    let datagram = try connection.recvDatagram(max: Message.maximumSize, context)
    switch Verdict(on: datagram.data, query: message) {
    case .answer(let answer):
      return DNSReply(
        query: message, message: answer, bytes: datagram.data, server: server,
        remote: datagram.from.endpoint ?? server.endpoint, time: TimeSpan(nanoseconds: monotonicNow() - start),
        wasTruncated: false, ignored: ignored)
    case .malformed(let error):
      // It may be forged: the true answer is still awaited, and this is told if none comes.
      fault = error
      ignore("it is malformed")
    case .other(let why): ignore(why)
    }
    return nil
  }

  private mutating func ignore(_ why: String) {
    if ignored.count < 100 { ignored.append(why) }
  }

  /// Words the end of the last attempt.
  func failure(_ server: DNSServer, _ error: TransportError) -> DNSClientError {
    guard error.code == "timeout" else { return DNSClient.fail(query, server, .transport(error)) }
    if let fault { return DNSClient.fail(query, server, .malformed(fault)) }
    return DNSClient.fail(query, server, .timeout(attempts: number, ignored: ignored))
  }
}

extension DNSClient {
  /// Sends all queries, then takes the answers as they come.
  func askDatagrams(
    _ queries: [DNSQuery], _ server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> [DNSReply] {
    var replies: [Int: DNSReply] = [:]
    var waiting: [DatagramAttempt] = []
    defer { for attempt in waiting { attempt.connection.close(context) } }
    for (index, query) in queries.enumerated() {
      waiting.append(try DatagramAttempt(index, query, server, context))
    }
    while !waiting.isEmpty {
      let place = waiting.count == 1 ? 0 : DNSClient.next(of: waiting, context)
      do throws(TransportError) {
        guard let reply = try waiting[place].receive(server) else { continue }
        replies[waiting[place].index] = reply
        waiting.remove(at: place).connection.close(context)
      } catch {
        let attempt = waiting[place]
        guard case .timeout = error.reason, !context.deadline.isOver, attempt.number < attempt.query.attempts else {
          throw attempt.failure(server, error)
        }
        attempt.connection.close(context)
        waiting[place] = try DatagramAttempt(attempt.index, attempt.query, server, context, after: attempt)
      }
    }
    let cut = replies.keys.sorted().filter { index in
      replies[index]?.message.flags.isTruncated ?? false && queries[index].fallsBackToTCP
    }
    guard !cut.isEmpty else { return queries.indices.compactMap { replies[$0] } }
    var streamed = server
    streamed.transport = .tcp
    let whole = try askStream(cut.map { queries[$0] }, streamed, context)
    for (index, reply) in zip(cut, whole) { replies[index] = replies[index].map(reply.afterTruncated) }
    return queries.indices.compactMap { replies[$0] }
  }

  /// Gives the attempt that has something to receive, or whose time is over.
  private static func next(of waiting: [DatagramAttempt], _ context: NetworkContext) -> Int {
    let end = waiting.map(\.context.deadline).min() ?? context.deadline
    do throws(WaitError) {
      return try wait(
        waiting.map(\.connection.descriptor), for: .read, deadline: end, interrupt: context.interrupt)
    } catch {
      // Its own receiving says which of them it is: too late, interrupted, or failed.
      return waiting.firstIndex { $0.context.deadline == end } ?? 0
    }
  }
}
