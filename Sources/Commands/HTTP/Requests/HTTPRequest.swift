import Clients
import Interpreter
import Net
import TLS
import Transport
import Wire

/// The one declaration of a request; `http get` and the others are it with their method filled in.
let httpRequest = Command(
  "http request",
  "Makes a request with any method; the response is a record, and its body streams when it goes into a pipe.",
  Parameter<String>.required("method", "the method, such as PROPFIND"),
  Parameter<WebURL>.required("url", "what to ask for: a URL, HOST/PATH, or :PORT/PATH on this machine"),
  Parameter<Value?>.pipe("the body: bytes and text as they are, a stream in chunks, a record or list as JSON"),
  Parameter<[String]>.rest(
    "items", "HTTPie's: Name:value q==v field=v raw:=json part@file; `Name:` leaves a field out"),
  Parameter<[Value]>.options("header", "a field to send: 'Name: value', or a record of them; a null leaves one out"),
  Parameter<Record?>.option("headers", "fields to send, as a record"),
  Parameter<[Value]>.options("query", "what is added to the query: a record, or 'name=value'"),
  Parameter<Value?>.option("json", "a value to send as JSON"),
  Parameter<Record?>.option("form", "fields to send as a form"),
  Parameter<Record?>.option("multipart", "fields to send as a multipart form; of a file {file: PATH, name?, type?}"),
  Parameter<[UInt8]?>.option("body", "the body, text or bytes"),
  Parameter<String?>.option("file", "a file to send as the body, in pieces as it is read"),
  Parameter<String?>.option("type", "the body's media type (Content-Type)"),
  Parameter<String?>.option("user", "who asks, as USER:PASSWORD (Basic, RFC 7617)", isSecret: true),
  Parameter<String?>.option("bearer", "a token (RFC 6750)", isSecret: true),
  Parameter<Bool>.flag("netrc", "take user and password from $NETRC or ~/.netrc"),
  Parameter<[Value]>.options("cookie", "cookies to send: 'a=1; b=2', or a record", isSecret: true),
  Parameter<String?>.option("session", "keep cookies in the jar of this name, as in `http session`"),
  Parameter<[String]>.options(
    "secret-header", "a field beside Authorization, Cookie, X-Api-Key and the like that is a secret"),
  Parameter<Bool>.flag("fail", "make a status of 400 or above an error"),
  Parameter<Int>.option("follow", "how many redirects to follow", default: 0, shown: "0"),
  Parameter<TimeSpan?>.option("timeout", "how long the whole may take (default 10min)"),
  Parameter<Int>.option(
    "retry", "how often to try again after a broken connection, 408, 429, 500, 502, 503 or 504", default: 0, shown: "0"),
  Parameter<String?>.option(
    "proxy", "http://HOST:PORT, https://…, socks5://… or socks5h://…; '' for none, whatever the environment says",
    isSecret: true),
  Parameter<String?>.option(
    "proxy-ca", "whom to believe about an https proxy, as --ca, which counts where this is missing; --insecure does not"
  ),
  Parameter<String?>.option("noproxy", "hosts, domains and networks that --proxy is not for"),
  Parameter<[String]>.options("resolve", "HOST:PORT:ADDRESS: connect to this address"),
  Parameter<[String]>.options("connect-to", "HOST:PORT:HOST2:PORT2: connect there instead; empty means any"),
  Parameter<String?>.option("unix", "the Unix socket to connect to"),
  TLSOptions.authorities, TLSOptions.insecure, TLSOptions.certificate, TLSOptions.key,
  Parameter<Bool>.flag("http1.0", "speak HTTP/1.0"),
  Parameter<Bool>.flag("compressed", "ask for a compressed body"),
  Parameter<Bool>.flag("raw", "leave the content codings of the body as they came"),
  Parameter<ByteSize?>.option(
    "limit", "how large a decoded body may be (else 200 times what came, and 1GiB in memory)"),
  gives: .record,
  examples: [
    Example("http request OPTIONS http://www.rfc.test/ | get status", needsLab: true),
    Example("(http request GET http://www.rfc.test/rfc/rfc2324.txt).reason", "OK", needsLab: true),
  ]
) {
  machine, method, url, input, items, header, headers, query, json, form, multipart, body, file, type, user, bearer,
  netrc, cookie, session, secretHeaders, fail, follow, timeout, retry, proxy, proxyAuthorities, noProxy, resolve,
  connectTo, unix,
  authorities, isInsecure, certificate, key, isHTTP10, isCompressed, isRaw, limit in
  var request = try RequestLine(method: method, url: url.url)
  try request.add(items: items)
  try request.add(headers: header + [headers.map { .record($0) }].compactMap { $0 })
  try request.add(query: query)
  try request.add(cookies: cookie)
  try request.authenticate(user: user, bearer: bearer)
  try request.setBody(
    RequestBody(
      input: input, json: json, form: form, multipart: multipart, bytes: body, file: file, type: type,
      isHTTP10: isHTTP10), machine)
  request.call.secretFields = Set(secretHeaders.map { $0.lowercased() })
  if isHTTP10 { request.call.version = .http10 }
  if isCompressed { request.askForCompression() }
  var client = try machine.httpClient(authorities, isInsecure)
  client.tls.identity = try TLSOptions.identity(certificate, key, machine)
  client.proxyTLS.authorities =
    try proxyAuthorities.map { try TLSOptions.source($0, machine) } ?? client.tls.authorities
  client.proxyTLS.keyLog = client.tls.keyLog
  client.follow = try count(follow, "follow")
  client.retries = try count(retry, "retry")
  client.unix = try unix.map { try machine.socketPath($0) }
  if let proxy { client.proxies = HTTPProxies(always: proxy, except: noProxy) }
  if netrc { client.netrc = try machine.netrc() }
  client.jar = machine.http.jar(session ?? machine.http.session(of: machine))
  var context = machine.network.context(machine, timeout: timeout, isExchange: true)
  try RequestMap(resolve: resolve, connectTo: connectTo).apply(to: &context.map, for: request.call.url)
  let responding = Responding(
    client: client, call: request.call, context: context, isRaw: isRaw, limit: limit.map { Int($0.bytes) },
    fails: fail)
  return try responding.start(machine)
}

let httpGet = method(
  "get", "Fetches a URL with GET; the response's body streams when it goes into a pipe.",
  examples: [
    Example("http get http://www.rfc.test/rfc/rfc2324.txt | get status", "200", needsLab: true),
    Example(
      "(http get http://www.rfc.test/rfc/rfc2324.txt).headers.content-type", "text/plain; charset=utf-8", needsLab: true
    ),
    Example("http get http://www.rfc.test/rfc/rfc2324.txt | save /tmp/coffee.txt", needsLab: true),
  ])

let httpHead = method(
  "head", "Asks for the head of a response only, with HEAD.",
  examples: [Example("http head http://www.rfc.test/rfc/rfc2324.txt | get body | len", "0", needsLab: true)])

let httpPost = method(
  "post", "Sends a body to a URL with POST.",
  examples: [
    Example("http post http://www.rfc.test/ name=pot size:=2 | get status", "404", needsLab: true),
    Example("{name: pot} | http post http://www.rfc.test/ | get status", "404", needsLab: true),
  ])

let httpPut = method(
  "put", "Puts a body in the place of what a URL names, with PUT.",
  examples: [Example("http put http://www.rfc.test/a --body hello | get status", "404", needsLab: true)])

let httpPatch = method(
  "patch", "Changes what a URL names, with PATCH.",
  examples: [Example("http patch http://www.rfc.test/a --json {size: 3} | get status", "404", needsLab: true)])

let httpDelete = method(
  "delete", "Removes what a URL names, with DELETE.",
  examples: [Example("http delete http://www.rfc.test/a | get status", "404", needsLab: true)])

let httpOptions = method(
  "options", "Asks which methods a URL allows, with OPTIONS.",
  examples: [Example("http options http://www.rfc.test/ | get status", needsLab: true)])

/// Declares the command of one method.
private func method(_ name: String, _ sentence: String, examples: [Example]) -> Command {
  Command("http \(name)", sentence, as: httpRequest, with: .string(name.uppercased()), examples: examples)
}

private func count(_ number: Int, _ option: String) throws -> Int {
  guard number >= 0 else {
    throw ValueError("bad-argument", "`--\(option)` is how many times, and \(number) is none", layer: .command)
  }
  return number
}

/// A URL as people type it for a request, scheme or host left out.
struct WebURL: ValueConvertible {
  let url: URL

  static var type: TypeName { .web }

  static func convert(_ value: Value) throws -> WebURL {
    guard case .url(let url) = try TypeName.web.convert(value) else {
      throw ValueError.wrongType(TypeName.web.noun, found: value)
    }
    return WebURL(url: url.content)
  }
}
