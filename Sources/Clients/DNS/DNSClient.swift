import Glibc
import Net
import System
import Transport
import Wire

/// Asks one question of one server, over UDP or TCP.
public struct DNSClient: Sendable {
  public init() {}

  /// Sends the query and waits for its answer; everything that is not the answer is ignored meanwhile.
  ///
  /// Over UDP each attempt has a socket, and so a port, and an id of its own; the system lets in only what the server's address and
  /// port sent, and reports a refusal at once. Errors: see `DNSClientError`.
  public func ask(
    _ query: DNSQuery, of server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> DNSReply {
    let start = monotonicNow()
    switch server.transport {
    case .udp:
      let reply = try askDatagram(query, server, start, context)
      guard reply.message.flags.isTruncated, query.fallsBackToTCP else { return reply }
      var streamed = server
      streamed.transport = .tcp
      return try askStream(query, streamed, start, wasTruncated: true, ignored: reply.ignored, context)
    case .tcp: return try askStream(query, server, start, wasTruncated: false, ignored: [], context)
    }
  }

  private func fail(_ query: DNSQuery, _ server: DNSServer, _ reason: DNSClientError.Reason) -> DNSClientError {
    DNSClientError(question: query.question, server: server, reason: reason)
  }

  private func bytes(of message: Message, _ query: DNSQuery, _ server: DNSServer) throws(DNSClientError) -> [UInt8] {
    do {
      return try message.encoded()
    } catch {
      throw fail(query, server, .tooLarge(error))
    }
  }

  // MARK: UDP

  private func askDatagram(
    _ query: DNSQuery, _ server: DNSServer, _ start: Int64, _ context: NetworkContext
  ) throws(DNSClientError) -> DNSReply {
    var ignored: [String] = []
    var fault: DNSError?
    for _ in 0..<max(1, query.attempts) {
      let message = query.message()
      let bytes = try bytes(of: message, query, server)
      let attempt = context.within(.after(query.patience))
      do throws(TransportError) {
        let connection = try Connection.connect(udp: server.endpoint, attempt)
        defer { connection.close(attempt) }
        try connection.send(bytes, attempt)
        while true {
          let datagram = try connection.recvDatagram(max: Message.maximumSize, attempt)
          switch Verdict(on: datagram.data, query: message) {
          case .answer(let answer):
            return DNSReply(
              query: message, message: answer, bytes: datagram.data, server: server,
              remote: datagram.from.endpoint ?? server.endpoint, time: TimeSpan(nanoseconds: monotonicNow() - start),
              wasTruncated: false, ignored: ignored)
          case .malformed(let error):
            // It may be forged: the true answer is still awaited, and this is told if none comes.
            fault = error
            if ignored.count < 100 { ignored.append("it is malformed") }
          case .other(let why):
            if ignored.count < 100 { ignored.append(why) }
          }
        }
      } catch {
        guard case .timeout = error.reason, !context.deadline.isOver else {
          if error.code == "timeout", let fault { throw fail(query, server, .malformed(fault)) }
          guard error.code == "timeout", !ignored.isEmpty else { throw fail(query, server, .transport(error)) }
          throw fail(query, server, .timeout(attempts: 1, ignored: ignored))
        }
      }
    }
    if let fault { throw fail(query, server, .malformed(fault)) }
    throw fail(query, server, .timeout(attempts: max(1, query.attempts), ignored: ignored))
  }

  // MARK: Streams

  /// Asks over a stream, each message behind its length of two bytes (RFC 1035 §4.2.2).
  private func askStream(
    _ query: DNSQuery, _ server: DNSServer, _ start: Int64, wasTruncated: Bool, ignored: [String],
    _ context: NetworkContext
  ) throws(DNSClientError) -> DNSReply {
    let message = query.message()
    let bytes = try bytes(of: message, query, server)
    // A stream has no attempts: it is given the time that all of UDP's would have.
    let context = context.within(
      .after(TimeSpan(nanoseconds: query.patience.nanoseconds * Int64(max(1, query.attempts)))))
    let received: [UInt8]
    let remote: Endpoint
    do throws(TransportError) {
      let connection = try Connection.connect(tcp: server.endpoint, context)
      defer { connection.close(context) }
      remote = connection.remote.endpoint ?? server.endpoint
      try connection.send(DNSStream.framed(bytes), context)
      received = try DNSStream.receive(connection, context)
    } catch {
      throw fail(query, server, .transport(error))
    }
    switch Verdict(on: received, query: message) {
    case .answer(let answer):
      return DNSReply(
        query: message, message: answer, bytes: received, server: server, remote: remote,
        time: TimeSpan(nanoseconds: monotonicNow() - start), wasTruncated: wasTruncated, ignored: ignored)
    case .malformed(let error): throw fail(query, server, .malformed(error))
    case .other(let why): throw fail(query, server, .notTheAnswer(why))
    }
  }
}
