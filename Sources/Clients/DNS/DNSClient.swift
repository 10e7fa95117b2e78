import Net
import System
import TLS
import Transport
import Wire

/// Asks questions of one server, over UDP, TCP, TLS (RFC 7858) or HTTPS (RFC 8484).
public struct DNSClient: Sendable {
  /// How a web server is asked (RFC 8484 §4.1): GET may be cached on the way.
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// How TLS is spoken where it is, and whom it believes.
  public var tls: TLSSettings
  /// Whom the certificate must be for, if not the server as it was named.
  public var serverName: String?
  public var method: Method

  public init(tls: TLSSettings = TLSSettings(), serverName: String? = nil, method: Method = .post) {
    self.tls = tls
    self.serverName = serverName
    self.method = method
  }

  /// Sends a query and waits for its answer; everything that is not the answer is ignored meanwhile. Errors: see `DNSClientError`.
  public func ask(
    _ query: DNSQuery, of server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> DNSReply {
    guard let reply = try ask([query], of: server, context).first else {
      throw DNSClient.fail(query, server, .timeout(attempts: 0, ignored: []))
    }
    return reply
  }

  /// Sends several queries at once and waits for their answers, which are given in the order of the queries; throws the first failure.
  ///
  /// What UDP truncates is asked for again over TCP. A server that wants the cookie which it has just given gets it (BADCOOKIE,
  /// RFC 7873 §5.3), once.
  public func ask(
    _ queries: [DNSQuery], of server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> [DNSReply] {
    var replies = try exchange(queries, server, context)
    let refused = replies.indices.filter { replies[$0].message.code == .badCookie }
    var again: [(index: Int, query: DNSQuery)] = []
    for index in refused {
      guard let given = replies[index].message.edns?.cookie, given.count > 8 else { continue }
      var query = queries[index]
      query.cookie = given
      again.append((index, query))
    }
    guard !again.isEmpty else { return replies }
    for ((index, _), reply) in zip(again, try exchange(again.map(\.query), server, context)) { replies[index] = reply }
    return replies
  }

  private func exchange(
    _ queries: [DNSQuery], _ server: DNSServer, _ context: NetworkContext
  ) throws(DNSClientError) -> [DNSReply] {
    var context = context
    context.carries = .dns
    return switch server.transport {
    case .udp: try askDatagrams(queries, server, context)
    case .tcp, .tls: try askStream(queries, server, context)
    case .https: try askWeb(queries, server, context)
    }
  }

  static func fail(
    _ query: DNSQuery, _ server: DNSServer, _ reason: DNSClientError.Reason
  ) -> DNSClientError {
    DNSClientError(question: query.question, server: server, reason: reason)
  }

  static func bytes(
    of message: Message, _ query: DNSQuery, _ server: DNSServer
  ) throws(DNSClientError) -> [UInt8] {
    do throws(DNSError) {
      return try message.encoded()
    } catch {
      throw fail(query, server, .tooLarge(error))
    }
  }
}
