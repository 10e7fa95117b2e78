import Net
import System
import TLS
import Transport
import Wire

extension DNSClient {
  /// Asks over one stream, protected by TLS or not: all queries at once, each behind its length of two bytes (RFC 1035 §4.2.2), and
  /// takes the answers in whatever order they come (RFC 7766 §6.2.1.1).
  func askStream(
    _ queries: [DNSQuery], _ server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> [DNSReply] {
    // A stream has no attempts: it is given the time that all of UDP's would have.
    let patience = queries.map { $0.patience.nanoseconds.multipliedReportingOverflow(by: Int64(max(1, $0.attempts))) }
    let longest = patience.map { $0.overflow ? Int64.max : $0.partialValue }.max() ?? 0
    let context = context.within(.after(TimeSpan(nanoseconds: longest)))
    var replies: [Int: DNSReply] = [:]
    while replies.count < queries.count {
      let before = replies.count
      let rest = queries.indices.filter { replies[$0] == nil }
      do throws(DNSClientError) {
        try askOnce(rest.map { ($0, queries[$0]) }, server, context, &replies)
      } catch {
        // A server that closes after one answer, as RFC 1035 let it, is asked again for the others.
        guard error.code == "eof", replies.count > before else { throw error }
      }
    }
    return queries.indices.compactMap { replies[$0] }
  }

  private func askOnce(
    _ queries: [(index: Int, query: DNSQuery)], _ server: DNSServer, _ context: NetworkContext,
    _ replies: inout [Int: DNSReply]
  ) throws(DNSClientError) {
    guard let first = queries.first?.query else { return }
    let start = monotonicNow()
    var waiting: [UInt16: (index: Int, query: DNSQuery, message: Message)] = [:]
    var bytes: [UInt8] = []
    for (index, query) in queries {
      var message = query.message(isPrivate: server.transport == .tls)
      while waiting[message.id] != nil { message.id = UInt16.random(in: 0...UInt16.max) }
      waiting[message.id] = (index, query, message)
      bytes += DNSStream.framed(try DNSClient.bytes(of: message, query, server))
    }
    let connection = try connect(first, server, context)
    defer { connection.close(context) }
    func failure(_ error: TransportError) -> DNSClientError {
      DNSClient.fail(waiting.values.min { $0.index < $1.index }?.query ?? first, server, .transport(error))
    }
    do throws(TransportError) {
      try connection.send(bytes, context)
    } catch {
      throw failure(error)
    }
    while !waiting.isEmpty {
      let received: [UInt8]
      do throws(TransportError) {
        received = try DNSStream.receive(connection, context)
      } catch {
        throw failure(error)
      }
      let id = received.count < 2 ? nil : UInt16(received[0]) << 8 | UInt16(received[1])
      guard let asked = id.flatMap({ waiting[$0] }) else {
        throw DNSClient.fail(first, server, .notTheAnswer(received.count < 2 ? "it is too short" : "its id is another"))
      }
      switch Verdict(on: received, query: asked.message) {
      case .answer(let answer):
        waiting[asked.message.id] = nil
        replies[asked.index] = DNSReply(
          query: asked.message, message: answer, bytes: received, server: server,
          remote: connection.remote.endpoint ?? server.endpoint, time: TimeSpan(nanoseconds: monotonicNow() - start),
          wasTruncated: false, ignored: [])
      case .malformed(let error): throw DNSClient.fail(asked.query, server, .malformed(error))
      case .other(let why): throw DNSClient.fail(asked.query, server, .notTheAnswer(why))
      }
    }
  }

  /// Connects, and makes the handshake where the server is asked over TLS: its certificate must be for the name or the address by
  /// which it was given (RFC 8310 §8), or for `serverName`.
  func connect(
    _ query: DNSQuery, _ server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> Connection {
    let connection: Connection
    do throws(TransportError) {
      connection = try Connection.connect(tcp: server.endpoint, context)
    } catch {
      throw DNSClient.fail(query, server, .transport(error))
    }
    guard server.transport == .tls else { return connection }
    do throws(TLSError) {
      let target = TLSTarget(serverName.map(DNSClient.host) ?? server.endpoint.host, title: "\(server.endpoint)")
      var settings = tls.forPeer(target.believedName)
      // A transfer is given only to who names the protocol (RFC 9103 §7.1).
      settings.protocols = ["dot"]
      try connection.startTLS(try TLSContext.client(settings), with: target, context)
      return connection
    } catch {
      connection.close(context)
      throw DNSClient.fail(query, server, .tls(error))
    }
  }

  static func host(_ text: String) -> Host { Address(text).map { .address($0) } ?? .name(text) }
}
