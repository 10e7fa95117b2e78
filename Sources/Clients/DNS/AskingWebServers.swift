import Net
import Synchronization
import System
import TLS
import Transport
import Wire

extension DNSClient {
  /// What a message of DNS is called where HTTP carries it (RFC 8484 §6).
  private static let mediaType = "application/dns-message"

  /// Asks over HTTPS, each query on a connection of its own (RFC 8484 §4.1); several at the same time.
  func askWeb(
    _ queries: [DNSQuery], _ server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> [DNSReply] {
    guard queries.count > 1 else {
      var replies: [DNSReply] = []
      for query in queries { replies.append(try askWeb(query, server, context)) }
      return replies
    }
    let results = Answers(count: queries.count)
    var threads: [WorkerThread] = []
    for (index, query) in queries.enumerated() {
      let ask: @Sendable () -> Void = { results.put(index, askCatching(query, server, context)) }
      // Where no thread is to be had it is asked from this one.
      guard let thread = try? WorkerThread.start(stackBytes: 1 << 19, ask) else {
        ask()
        continue
      }
      threads.append(thread)
    }
    for thread in threads { thread.join() }
    return try results.all()
  }

  private func askCatching(
    _ query: DNSQuery, _ server: DNSServer, _ context: NetworkContext
  ) -> Result<DNSReply, DNSClientError> {
    do throws(DNSClientError) {
      return .success(try askWeb(query, server, context))
    } catch {
      return .failure(error)
    }
  }

  private func askWeb(
    _ query: DNSQuery, _ server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> DNSReply {
    let start = monotonicNow()
    var message = query.message(isPrivate: true)
    // So that a cache on the way knows equal questions (RFC 8484 §4.1).
    message.id = 0
    let call = try call(try DNSClient.bytes(of: message, query, server), query, server)
    let exchange: HTTPExchange
    let body: [UInt8]
    do throws(HTTPClientError) {
      exchange = try HTTPClient(tls: tls).start(call, mapped(context, server))
      body = try exchange.readAll(limit: Message.maximumSize)
    } catch {
      throw DNSClient.fail(query, server, .http(error))
    }
    let head = exchange.head
    let type = head.headers["Content-Type"]?.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() }
    guard head.status == 200 else {
      throw DNSClient.fail(query, server, .status(head.status, head.reason))
    }
    guard type == DNSClient.mediaType else {
      throw DNSClient.fail(query, server, .notTheAnswer("its Content-Type is \(type ?? "not said")"))
    }
    switch Verdict(on: body, query: message) {
    case .answer(let answer):
      return DNSReply(
        query: message, message: answer, bytes: body, server: server,
        remote: exchange.connection.remote.endpoint ?? server.endpoint,
        time: TimeSpan(nanoseconds: monotonicNow() - start), wasTruncated: false, ignored: [])
    case .malformed(let error): throw DNSClient.fail(query, server, .malformed(error))
    case .other(let why): throw DNSClient.fail(query, server, .notTheAnswer(why))
    }
  }

  /// Makes the request: the message as the body of a POST, or in base64url behind `?dns=` of a GET (RFC 8484 §4.1, §6).
  private func call(_ bytes: [UInt8], _ query: DNSQuery, _ server: DNSServer) throws(DNSClientError) -> HTTPCall {
    let host = serverName.map(DNSClient.host) ?? server.endpoint.host
    var text = "https://\(Endpoint(host: host, port: server.endpoint.port))\(server.path)"
    if method == .get {
      text += (server.path.contains("?") ? "&" : "?") + "dns=" + BaseEncoding.base64url.encode(bytes)
    }
    do throws(URLError) {
      var call = HTTPCall(method.rawValue, try URL(text), headers: [HTTPField("Accept", DNSClient.mediaType)])
      guard method == .post else { return call }
      call.headers.append(HTTPField("Content-Type", DNSClient.mediaType))
      call.body = bytes
      return call
    } catch {
      throw DNSClient.fail(query, server, .notTheAnswer("\(text) is no URL"))
    }
  }

  /// Lets the request for the name in the certificate reach the server as it was given.
  private func mapped(_ context: NetworkContext, _ server: DNSServer) -> NetworkContext {
    guard let serverName else { return context }
    var context = context
    context.map.map(
      Endpoint(host: DNSClient.host(serverName), port: server.endpoint.port),
      to: context.map[server.endpoint] ?? server.endpoint)
    return context
  }
}

/// The answers of several threads.
private final class Answers: Sendable {
  private let results: Mutex<[Result<DNSReply, DNSClientError>?]>

  init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

  func put(_ index: Int, _ result: Result<DNSReply, DNSClientError>) { results.withLock { $0[index] = result } }

  func all() throws(DNSClientError) -> [DNSReply] {
    var replies: [DNSReply] = []
    for result in results.withLock({ $0 }) {
      if let result { replies.append(try result.get()) }
    }
    return replies
  }
}
