import Clients
import Interpreter
import Net
import TLS
import Transport
import Wire

let httpGet = Command(
  "http get", "Fetches a URL with GET; the response's body streams when it goes into a pipe.",
  Parameter<URL>.required("url", "what to fetch"),
  Parameter<Record?>.option("headers", "fields to send, as a record"),
  Parameter<Bool>.flag("fail", "make a status of 400 or above an error"),
  TLSOptions.authorities, TLSOptions.insecure,
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take (default 10min)"), gives: .record,
  examples: [
    Example("http get http://www.rfc.test/rfc/rfc2324.txt | get status", "200", needsLab: true),
    Example(
      "(http get http://www.rfc.test/rfc/rfc2324.txt).headers.content-type", "text/plain; charset=utf-8", needsLab: true
    ),
    Example("http get http://www.rfc.test/rfc/rfc2324.txt | save /tmp/coffee.txt", needsLab: true),
  ]
) { machine, url, headers, fail, authorities, isInsecure, timeout in
  let client = try machine.httpClient(authorities, isInsecure)
  return try exchange(machine, client, "GET", url, headers, fail, timeout)
}

let httpHead = Command(
  "http head", "Asks for the head of a response only, with HEAD.",
  Parameter<URL>.required("url", "what to ask for"),
  Parameter<Record?>.option("headers", "fields to send, as a record"),
  Parameter<Bool>.flag("fail", "make a status of 400 or above an error"),
  TLSOptions.authorities, TLSOptions.insecure,
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take (default 10min)"), gives: .record,
  examples: [Example("http head http://www.rfc.test/rfc/rfc2324.txt | get body | len", "0", needsLab: true)]
) { machine, url, headers, fail, authorities, isInsecure, timeout in
  let client = try machine.httpClient(authorities, isInsecure)
  return try exchange(machine, client, "HEAD", url, headers, fail, timeout)
}

/// Makes a request and gives the response with its body still under way.
private func exchange(
  _ machine: Machine, _ client: HTTPClient, _ method: String, _ url: URL, _ headers: Record?, _ fail: Bool,
  _ timeout: TimeSpan?
) throws -> Value {
  let fields = try headers.map { try HTTPRecords.fields($0) } ?? []
  let call = HTTPCall(method, url, headers: fields)
  let context = machine.network.context(machine, timeout: timeout, isExchange: true)
  let exchange = try client.start(call, context)
  machine.warn(of: exchange.connection, by: client)
  guard !fail || exchange.head.status < 400 else {
    exchange.close()
    throw ValueError(
      "http-status", "\(call.title): the server answered \(exchange.head.status) \(exchange.head.reason)", layer: .http)
  }
  let body = Stream(bytes: true, close: { exchange.close() }) { try exchange.nextPiece().map { .bytes($0) } }
  return HTTPRecords.response(exchange.head, body: .stream(body), [("url", .url(url))])
}

extension Machine {
  /// Makes a client that speaks https as the options say.
  func httpClient(_ authorities: String?, _ isInsecure: Bool) throws -> HTTPClient {
    var client = HTTPClient()
    client.tls.authorities = try authorities.map { try TLSOptions.source($0, self) }
    client.tls.isInsecure = isInsecure
    client.tls.keyLog = session.environment["SSLKEYLOGFILE"]
    return client
  }

  /// Says on stderr that nobody vouches for the peer of a client that does not look.
  func warn(of connection: Connection, by client: HTTPClient) {
    guard client.tls.isInsecure, let session = connection.protection as? TLSSession else { return }
    warn(session.info(), of: "\(connection.asked?.description ?? connection.remote.description)")
  }
}
