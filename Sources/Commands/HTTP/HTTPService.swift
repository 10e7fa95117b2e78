import Clients
import Interpreter
import Net
import Synchronization
import System
import TLS
import Transport

/// What the HTTP commands of a session share: the connections that rest, and the jars of cookies.
final class HTTPService: Sendable {
  let pool = HTTPPool()

  private struct State {
    var jars: [String: CookieJar] = [:]
    /// The names of the sessions whose blocks run, the innermost last, for each machine.
    var sessions: [ObjectIdentifier: [String]] = [:]
  }
  private let state = Mutex(State())

  /// Gives the jar of a name, made at its first use; nil for no name.
  func jar(_ name: String?) -> CookieJar? {
    guard let name else { return nil }
    return state.withLock { state in
      if let known = state.jars[name] { return known }
      let made = CookieJar()
      state.jars[name] = made
      return made
    }
  }

  /// The names of the jars, sorted.
  var jarNames: [String] { state.withLock { $0.jars.keys.sorted() } }

  func forget(_ name: String) { state.withLock { $0.jars[name] = nil } }

  /// Gives the name of the session in whose block a machine is.
  func session(of machine: Machine) -> String? { state.withLock { $0.sessions[ObjectIdentifier(machine)]?.last } }

  /// Runs a function as part of a session.
  func within<Result>(_ name: String, _ machine: Machine, _ run: () throws -> Result) rethrows -> Result {
    let key = ObjectIdentifier(machine)
    state.withLock { $0.sessions[key, default: []].append(name) }
    defer {
      state.withLock { state in
        _ = state.sessions[key]?.popLast()
        if state.sessions[key]?.isEmpty ?? false { state.sessions[key] = nil }
      }
    }
    return try run()
  }
}

extension Machine {
  var http: HTTPService { session.service(HTTPService.self) { HTTPService() } }

  /// Makes a client that speaks https as the options say, uses the session's connections again, and goes through the proxies that
  /// the environment names.
  func httpClient(_ authorities: String?, _ isInsecure: Bool) throws -> HTTPClient {
    var client = HTTPClient()
    client.tls.authorities = try authorities.map { try TLSOptions.source($0, self) }
    client.tls.isInsecure = isInsecure
    client.tls.localAuthority = network.localAuthority
    client.tls.keyLog = session.environment["SSLKEYLOGFILE"]
    client.pool = http.pool
    client.proxies = HTTPProxies(environment: { session.environment[$0] })
    return client
  }

  /// Reads the names and passwords of `$NETRC`, else `~/.netrc`.
  func netrc() throws -> Netrc {
    let own = session.environment["NETRC"].flatMap { $0.isEmpty ? nil : $0 }
    return Netrc(String(decoding: try FileText.read(path(own ?? "~/.netrc")), as: UTF8.self))
  }

  /// Says on stderr that nobody vouches for the peer of a client that does not look.
  func warn(of connection: Connection, by client: HTTPClient) {
    guard client.tls.isInsecure, let session = connection.tls, session.isInsecure else { return }
    warn(session.info(), of: "\(connection.asked?.description ?? connection.remote.description)")
  }
}
