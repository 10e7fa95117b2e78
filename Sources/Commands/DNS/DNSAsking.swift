import Clients
import Interpreter
import Net
import System
import TLS
import Transport
import Wire

/// Whom a question goes to where nobody says.
enum DNSAsking {
  /// Asks the servers in turn, all questions at the same time, until one answers.
  static func ask(
    _ queries: [DNSQuery], _ servers: [DNSServer], tcp: Bool = false, _ client: DNSClient, _ context: NetworkContext
  ) throws -> [DNSReply] {
    var failure: DNSClientError?
    for var server in servers {
      if tcp, server.transport == .udp { server.transport = .tcp }
      do throws(DNSClientError) {
        return try client.ask(queries, of: server, context)
      } catch {
        failure = error
        if context.interrupt.isRaised || context.deadline.isOver { break }
      }
    }
    guard let failure else { throw ValueError("no-server", "there is no name server to ask", layer: .dns) }
    throw failure
  }

  /// Makes a client that speaks TLS as the options say.
  static func client(
    _ machine: Machine, _ usesGET: Bool = false, _ serverName: String? = nil, _ authorities: String? = nil,
    _ isInsecure: Bool = false
  ) throws -> DNSClient {
    var settings = TLSSettings()
    settings.authorities = try authorities.map { try TLSOptions.source($0, machine) }
    settings.isInsecure = isInsecure
    settings.localAuthority = machine.network.localAuthority
    settings.keyLog = machine.session.environment["SSLKEYLOGFILE"]
    return DNSClient(tls: settings, serverName: serverName, method: usesGET ? .get : .post)
  }

  /// Whom a name is asked of where nobody says: the lab's resolver for the lab's names, else the name servers of /etc/resolv.conf.
  static func servers(for name: DomainName, _ machine: Machine) -> [DNSServer] {
    if let server = machine.network.resolver.server(for: name) { return [DNSServer(server)] }
    let text = (try? FileText.read("/etc/resolv.conf")) ?? []
    return ResolverConfiguration(parsing: text).servers.map { DNSServer(Endpoint(address: $0, port: DNSServer.port)) }
  }
}
