import Interpreter
import Net
import Servers
import System
import TLS
import Transport
import Wire

let httpServe = Command(
  "http serve",
  "Serves the files of a folder, or what a function answers, over HTTP until it is interrupted; a line on stderr for each request.",
  Parameter<Endpoint>.required(
    "endpoint", "where: :PORT is this machine alone, 0.0.0.0:PORT or [::]:PORT open it to others"),
  Parameter<Value?>.optional("what", "a folder (default this one), or a function of the request"),
  Parameter<Bool>.flag(
    "tls", "speak https, without --cert by a certificate made for this machine that nobody vouches for"),
  TLSOptions.certificate, TLSOptions.key,
  Parameter<Bool>.flag("hidden", "serve names with a dot at their beginning too"),
  Parameter<ByteSize>.option(
    "max-body", "how large the body of a request may be", default: ByteSize(bytes: 16 << 20), shown: "16MiB"),
  Parameter<TimeSpan>.option(
    "head-time", "how long the head of a request may take to come", default: TimeSpan(nanoseconds: 10_000_000_000),
    shown: "10s"),
  Parameter<TimeSpan>.option(
    "request-time", "how long a whole request may take to come, and then how long its answer may take to be made",
    default: TimeSpan(nanoseconds: 60_000_000_000), shown: "60s"),
  Parameter<TimeSpan>.option(
    "idle-time", "how long a connection may stay without a request", default: TimeSpan(nanoseconds: 60_000_000_000),
    shown: "60s"),
  Parameter<Int>.option(
    "limit", "how many connections there are at a time; beyond them the one that is idle for longest is closed",
    default: 4_096, shown: "4096"),
  Parameter<String?>.option(
    "log", "whether each request is told on stderr (default auto: not in the background)",
    choices: ["auto", "always", "never"]),
  Parameter<Bool>.flag("background", "give the server as a value at once, and go on; `close` ends it"),
  gives: .listener,
  examples: [
    Example(
      "let s = http serve :0 {|req| {status: 201, json: {path: $req.path}}} --background; "
        + "http get \"http://${$s.local}/a%20b\" | get body", #"{"path":"/a b"}"#),
    Example(
      "let s = http serve :0 {|req| \"hello ${$req.query.name}\"} --background; "
        + "http get \"http://${$s.local}/?name=you\" | get body", "hello you", note: "a plain value is the body"),
    Example(
      "let s = http serve :0 {|req| 1..4 | each {|n| $n * $n}} --background; http get \"http://${$s.local}/\" | get body",
      "[1,4,9,16]", note: "a stream is sent as it is made"),
    Example(
      "let s = http serve :0 . --background; (http head \"http://${$s.local}/\").status", "200",
      note: "the files of a folder: `http serve :8080 public`"),
  ]
) {
  machine, endpoint, what, isTLS, certificate, key, showsHidden, maximumBody, headTime, requestTime, idleTime, limit,
  log,
  isBackground in
  guard limit > 0 else { throw ValueError("bad-argument", "a limit of \(limit) serves nobody", layer: .command) }
  var limits = HTTPServerLimits()
  limits.body = Int(clamping: maximumBody.bytes)
  limits.head = headTime
  limits.request = requestTime
  limits.answer = requestTime
  limits.idle = idleTime
  limits.connections = limit
  return try machine.serveWeb(
    at: endpoint, what, limits,
    tls: isTLS || certificate != nil ? try machine.webTLS(for: endpoint, certificate, key) : nil,
    showsHidden: showsHidden, isLogged: log == "always" || log != "never" && !isBackground, inBackground: isBackground)
}

extension Machine {
  fileprivate func serveWeb(
    at endpoint: Endpoint, _ what: Value?, _ limits: HTTPServerLimits, tls: ServerTLS?, showsHidden: Bool,
    isLogged: Bool, inBackground isBackground: Bool
  ) throws -> Value {
    let handler = try webHandler(what, showsHidden: showsHidden)
    var context = network.context(self)
    context.interrupt = Interrupt()
    let output = session.output
    let listener = try Listener.listen(tcp: endpoint, backlog: serveBacklog, context)
    var greeting: HTTPServer.Greeting?
    if let tls { greeting = { try ServerHandshake(tls.context, with: "\($0.remote)") } }
    var log: HTTPServer.Log?
    if isLogged { log = { output.note($0) } }
    let server = try HTTPServer.start(
      on: listener, context, limits: limits, greeting: greeting, log: log, handler: handler)
    let resource = OpenWebServer(listener, server, tls)
    if !isBackground { output.note("serving at \(resource.address)  (Ctrl-C ends it)") }
    return try run(resource, inBackground: isBackground)
  }

  fileprivate func webTLS(for endpoint: Endpoint, _ certificate: String?, _ key: String?) throws -> ServerTLS {
    let identity = try TLSOptions.identity(certificate, key, self) ?? freshIdentity(for: endpoint)
    let settings = try TLSSettings(
      self, minimum: nil, maximum: nil, ciphers: nil, groups: nil, alpn: "http/1.1", identity: identity,
      authorities: nil)
    return ServerTLS(context: try TLSContext.server(settings), identity: identity)
  }

  /// Makes what answers: the site of a folder, or a function on threads of its own.
  private func webHandler(_ what: Value?, showsHidden: Bool) throws -> HTTPHandler {
    if case .function(let function)? = what { return functionHandler(function) }
    guard let text = what == nil ? "." : what?.scalarText else {
      throw ValueError("wrong-type", "a folder or a function is wanted, and this is \(what?.described ?? "nothing")")
    }
    let path = try path(text)
    let site: FileSite
    do throws(SystemCallError) {
      site = try FileSite(path, showsHidden: showsHidden)
    } catch {
      throw FileError("serve \(path)", error)
    }
    // Two threads make listings, so that a large folder delays nobody else.
    return .partly(atOnce: { site.answerAtOnce($0) }, threads: 2, stackBytes: 1 << 20) { request, _, reply in
      reply(site.answer(request))
    }
  }

  private func functionHandler(_ function: Function) -> HTTPHandler {
    let handler = Handler(function, for: self)
    let (session, place) = (session, place)
    return .inThreads(256, stackBytes: Handler.stackBytes) { request, interrupt, reply in
      _ = handler.within(interrupt) { machine in
        let answer = FunctionAnswer(
          handler: handler, machine: machine, request: request, interrupt: interrupt,
          report: { failure in session.output.report(failure) }, place: place)
        answer.give(to: reply)
      }
    }
  }
}
