import Interpreter
import Net
import TLS
import Transport

let tlsListen = Command(
  "tls listen",
  "Listens for TLS connections; without --cert with a certificate made for this machine that nobody vouches for.",
  Parameter<Endpoint>.required("endpoint", "where: :PORT, ADDRESS:PORT; 0.0.0.0:PORT or [::]:PORT open it to others"),
  TLSOptions.certificate, TLSOptions.key,
  Parameter<String?>.option("client-ca", "authorities whose certificates clients must show: a PEM file, or PEM"),
  TLSOptions.minimum, TLSOptions.maximum, TLSOptions.ciphers, TLSOptions.groups, TLSOptions.alpn, gives: .listener,
  examples: [
    Example("let l = tls listen :0; $l.transport", "tls"),
    Example(
      "let l = tls listen :0; let j = spawn { accept $l | send 'hello' }; let c = tls connect $l.local --ca $l.certificate --name localhost; recv",
      "hello"),
  ]
) { machine, endpoint, certificate, key, clients, minimum, maximum, ciphers, groups, alpn in
  let identity = try TLSOptions.identity(certificate, key, machine) ?? freshIdentity(for: endpoint)
  let settings = try TLSSettings(
    machine, minimum: minimum, maximum: maximum, ciphers: ciphers, groups: groups, alpn: alpn, identity: identity,
    authorities: clients)
  let tls = try TLSContext.server(settings)
  let context = machine.network.context(machine)
  let listener = try Listener.listen(tcp: endpoint, context)
  return machine.opened(listener, context, ServerTLS(context: tls, identity: identity))
}

let tlsServe = Command(
  "tls serve", "Calls a function with each TLS connection that comes, many at a time, until it is interrupted.",
  Parameter<Endpoint>.required(
    "endpoint", "where: :PORT is this machine alone, 0.0.0.0:PORT or [::]:PORT open it to others"),
  Parameter<Function>.required("function", "what to do with a connection; it is closed afterwards"),
  TLSOptions.certificate, TLSOptions.key,
  Parameter<String?>.option("client-ca", "authorities whose certificates clients must show: a PEM file, or PEM"),
  TLSOptions.minimum, TLSOptions.maximum, TLSOptions.ciphers, TLSOptions.groups, TLSOptions.alpn,
  Parameter<Int>.option("limit", "how many are served at a time; more wait", default: serveLimit, shown: "1024"),
  Parameter<Bool>.flag("background", "give the server as a value at once, and go on; `close` ends it"),
  gives: .listener,
  examples: [
    Example(
      "let id = tls cert localhost; let s = tls serve :0 {|c| send line $c 'hello'} --cert $id.certificate --key $id.key --background; "
        + "let c = tls connect $s.local --ca $id.certificate --name localhost; recv line", "hello")
  ]
) {
  machine, endpoint, function, certificate, key, clients, minimum, maximum, ciphers, groups, alpn, limit, isBackground
  in
  let identity = try TLSOptions.identity(certificate, key, machine) ?? freshIdentity(for: endpoint)
  let settings = try TLSSettings(
    machine, minimum: minimum, maximum: maximum, ciphers: ciphers, groups: groups, alpn: alpn, identity: identity,
    authorities: clients)
  let tls = ServerTLS(context: try TLSContext.server(settings), identity: identity)
  let context = machine.network.context(machine)
  let listener = try Listener.listen(tcp: endpoint, backlog: serveBacklog, context)
  return try machine.serve(listener, function, limit: limit, context, inBackground: isBackground, tls: tls)
}

/// What a listener needs to protect the connections that it accepts.
struct ServerTLS: Sendable {
  let context: TLSContext
  let identity: TLSIdentity
}

/// Makes a certificate for this machine, valid for 30 days.
func freshIdentity(for endpoint: Endpoint) throws -> TLSIdentity {
  var names = ["localhost", "127.0.0.1", "::1"]
  switch endpoint.host {
  case .name(let name) where !names.contains(name): names.append(name)
  case .address(let address) where !names.contains("\(address)"): names.append("\(address)")
  default: break
  }
  return try CertificateRequest(names: names, from: .now(), for: .days(30)).make()
}

extension TimeSpan {
  static func days(_ count: Int64) -> TimeSpan { TimeSpan(nanoseconds: count * 86_400_000_000_000) }
}

extension CertificateRequest {
  /// Makes a request from when and how long; the clocks of others may go a little after ours.
  init(names: [String], from start: Timestamp, for span: TimeSpan) throws {
    guard let end = start.adding(span), let early = start.adding(TimeSpan(nanoseconds: -3_600_000_000_000)) else {
      throw ValueError("bad-argument", "\(span) from \(start) is beyond what times can say", layer: .command)
    }
    self.init(names: names, notBefore: early, notAfter: end)
  }
}
