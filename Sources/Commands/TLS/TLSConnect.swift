import Interpreter
import Net
import TLS
import Transport

let tlsConnect = Command(
  "tls connect", "Opens a TCP connection and makes the TLS handshake on it; the server's certificate is verified.",
  Parameter<Destination>.required("host", "where to: HOST:PORT, or HOST and then the port"),
  Parameter<Int?>.optional("port", "the port, if it is not in the first word"),
  TLSOptions.minimum, TLSOptions.maximum, TLSOptions.ciphers, TLSOptions.groups, TLSOptions.alpn, TLSOptions.sni,
  TLSOptions.name, TLSOptions.certificate, TLSOptions.key, TLSOptions.authorities, TLSOptions.revocations,
  TLSOptions.insecure, TLSOptions.resume,
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .connection,
  examples: [
    Example(
      "let id = tls cert localhost; let l = tls listen :0 --cert $id.certificate --key $id.key; "
        + "let j = spawn { accept $l | send 'hello' }; let c = tls connect $l.local --ca $id.certificate --name localhost; recv",
      "hello"),
    Example(
      "let l = tls listen :0; let j = spawn { try { accept $l } catch e { null } }; try { tls connect $l.local } catch e { $e.code }",
      "certificate-self-signed", note: "a certificate that nobody vouches for"),
  ]
) {
  machine, host, port, minimum, maximum, ciphers, groups, alpn, sni, name, certificate, key, authorities, revocations,
  isInsecure, resumed, timeout in
  let endpoint = try host.endpoint(port: port)
  let settings = try TLSSettings(
    machine, minimum: minimum, maximum: maximum, ciphers: ciphers, groups: groups, alpn: alpn,
    identity: TLSOptions.identity(certificate, key, machine), authorities: authorities, revocations: revocations,
    isInsecure: isInsecure)
  let target = try TLSTarget(endpoint, sni: sni, name: name, ticket: machine.ticket(of: resumed))
  // Made first, so that nothing is sent where a setting cannot be used.
  let session = try TLSContext.client(settings.forPeer(target.believedName)).session(with: target)
  let context = machine.network.context(machine, timeout: timeout)
  let connection = try Connection.connect(tcp: endpoint, context)
  do {
    try machine.startTLS(connection, session, context)
  } catch {
    connection.close(context)
    throw error
  }
  return machine.opened(connection, machine.network.context(machine))
}

let tlsStart = Command(
  "tls start", "Makes the TLS handshake on an open connection, as after STARTTLS; what follows is protected.",
  Parameter<OpenConnection?>.connection("the connection, if not the current one"),
  TLSOptions.minimum, TLSOptions.maximum, TLSOptions.ciphers, TLSOptions.groups, TLSOptions.alpn, TLSOptions.sni,
  TLSOptions.name, TLSOptions.certificate, TLSOptions.key, TLSOptions.authorities, TLSOptions.revocations,
  TLSOptions.insecure, TLSOptions.resume,
  Parameter<Bool>.flag("server", "as the server, with --cert"),
  Parameter<TimeSpan?>.option("timeout", "how long it may take"), gives: .connection,
  examples: [
    Example(
      "let id = tls cert localhost; let l = tcp listen :0; let c = tcp connect $l.local; let s = accept $l; "
        + "let job = spawn { tls start $s --server --cert $id.certificate --key $id.key | send 'safe' }; "
        + "let t = tls start $c --name localhost --ca $id.certificate; wait $job; recv $c",
      "safe", note: "both ends of a STARTTLS")
  ]
) {
  machine, given, minimum, maximum, ciphers, groups, alpn, sni, name, certificate, key, authorities, revocations,
  isInsecure, resumed, isServer, timeout in
  let open = try machine.connection(given)
  let settings = try TLSSettings(
    machine, minimum: minimum, maximum: maximum, ciphers: ciphers, groups: groups, alpn: alpn,
    identity: TLSOptions.identity(certificate, key, machine), authorities: authorities, revocations: revocations,
    isInsecure: isInsecure)
  let context = machine.network.context(machine, timeout: timeout)
  guard !isServer else {
    try open.connection.acceptTLS(try TLSContext.server(settings), context)
    return .resource(open)
  }
  let endpoint = open.connection.asked ?? open.connection.remote.endpoint ?? Endpoint(host: .any, port: 0)
  let target = try TLSTarget(endpoint, sni: sni, name: name, ticket: machine.ticket(of: resumed))
  try machine.startTLS(
    open.connection, TLSContext.client(settings.forPeer(target.believedName)).session(with: target), context)
  return .resource(open)
}

extension TLSTarget {
  /// Makes the target of an endpoint, with other names where they are given; an empty one is none.
  init(_ endpoint: Endpoint, sni: String? = nil, name: String? = nil, ticket: TLSTicket? = nil) {
    self.init(endpoint.host, title: "\(endpoint)")
    if let name { expected = name.isEmpty ? nil : TLSOptions.host(name) }
    // Whom the certificate must be for is also whom a server with several must be asked for.
    if let name, !name.isEmpty, case .name(let host) = TLSOptions.host(name) { serverName = host }
    if let sni { serverName = sni.isEmpty ? nil : sni }
    self.ticket = ticket
  }
}
