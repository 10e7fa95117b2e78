import Interpreter
import Net
import TLS
import Transport
import Wire

/// A cause that the evidence speaks for: how strongly, why, and what to try.
struct Reading {
  enum Likelihood: String { case certain, likely, possible, unlikely }

  let cause: Cause
  let likelihood: Likelihood
  let reason: String
  let next: [String]

  var record: Record {
    Record([
      "cause": .string(cause.name), "layer": .string(cause.layer.rawValue), "likelihood": .string(likelihood.rawValue),
      "says": .string(cause.sentence), "because": .string(reason), "next": .list(next.map { .string($0) }),
    ])
  }
}

/// The rules: from what is known to the causes that are thinkable, the likeliest first.
struct Judgement {
  let trouble: Trouble
  let evidence: Evidence
  private(set) var readings: [Reading] = []

  init(_ trouble: Trouble, _ evidence: Evidence) {
    self.trouble = trouble
    self.evidence = evidence
    judge()
    // Whatever no rule knows has the causes that its code usually has.
    if readings.isEmpty {
      for cause in Cause.all where cause.codes.contains(trouble.code) {
        add(cause, .possible, "\(trouble.code) may come of it", [])
      }
    }
  }

  mutating func add(_ cause: Cause, _ likelihood: Reading.Likelihood, _ reason: String, _ next: [String]) {
    guard !readings.contains(where: { $0.cause.name == cause.name }) else { return }
    let url = trouble.url.map { " \($0.withoutCredentials)" } ?? " URL"
    let next = next.map { $0.replacing(" URL", with: url) }
    readings.append(Reading(cause: cause, likelihood: likelihood, reason: reason, next: next))
  }

  /// The place as commands take it: an address and a port.
  var place: String { trouble.endpoint.map { "\($0)" } ?? "HOST:PORT" }
  var hostText: String { (trouble.endpoint?.address).map { "\($0)" } ?? trouble.host ?? "HOST" }
  var port: Int { Int(trouble.endpoint?.port ?? 0) }

  private mutating func judge() {
    if trouble.code == "bad-literal" || trouble.code == "bad-url" { return judgeLiteral() }
    if ["EMFILE", "ENFILE"].contains(trouble.code) {
      return add(
        .descriptorsExhausted, .certain, "the kernel said \(trouble.code): the limit is reached",
        ["conns", "sh 'ulimit -n'"])
    }
    if trouble.path != nil { return judgeUnix() }
    if trouble.doing == .listening { return judgeListening() }
    if trouble.status != nil || isOfHTTP { judgeHTTP() }
    if let tls = trouble.tls, !tls.isOfTransport { return judgeTLS(tls) }
    if trouble.name != nil || trouble.isLookUpLate { return judgeName() }
    if trouble.proxy != nil { judgeProxy() }
    if trouble.dns != nil { judgeDNS() }
    if trouble.endpoint != nil, readings.isEmpty || trouble.proxy != nil { judgeTransport() }
  }

  private var isOfHTTP: Bool {
    trouble.violation != nil || trouble.code.hasPrefix("http-") || trouble.code == "captive-portal"
      || trouble.code == "too-many-redirects" || isPageInsteadOfData
  }

  /// Whether what was to be read as data came as a page of the web.
  var isPageInsteadOfData: Bool {
    guard trouble.code.hasPrefix("not-"), trouble.endpoint == nil, let head = evidence.head?.lowercased() else {
      return false
    }
    return head.hasPrefix("http/") && head.contains("content-type: text/html")
  }

  private mutating func judgeLiteral() {
    if trouble.error.message.contains("host name") { return add(.badName, .certain, trouble.error.message, []) }
    guard trouble.error.message.contains("port") else { return }
    add(.portOutOfRange, .certain, trouble.error.message, ["port list --search NAME"])
  }

  private mutating func judgeUnix() {
    let path = trouble.path ?? ""
    switch (trouble.code, evidence.pathKind) {
    case ("ENOENT", _): add(.socketMissing, .certain, "there is nothing at \(path)", ["sockets --unix --listening"])
    case ("EACCES", _), ("EPERM", _):
      add(.socketForbidden, .certain, "the kernel said \(trouble.code) of \(path)", ["sh 'ls -l \(path)'"])
    case ("ECONNREFUSED", "file"?):
      add(.notASocket, .certain, "\(path) is a file of another kind", ["sockets --unix --listening"])
    case ("ECONNREFUSED", _):
      add(.socketAbandoned, .certain, "whoever made it has ended, or does not listen", ["sockets --unix --listening"])
    case ("EPROTOTYPE", _): add(.wrongKindOfSocket, .certain, "one is for a stream, the other for datagrams", [])
    case ("EADDRINUSE", _):
      add(.addressInUse, .certain, "there is a file at \(path) already", ["sockets --unix --listening"])
    default: judgeBroken()
    }
  }

  private mutating func judgeListening() {
    switch trouble.code {
    case "EADDRINUSE":
      let owner = evidence.listeners.first.map { " by " + ($0.owner ?? "a program of another user") } ?? ""
      add(
        .addressInUse, .certain, "port \(port) is taken\(owner)",
        ["sockets --listening --port \(port)", "tcp listen :0"])
    case "EADDRNOTAVAIL": add(.addressNotHere, .certain, "\(hostText) is none of this machine's addresses", ["ip addr"])
    case "EACCES", "EPERM":
      add(.privilegedPort, .certain, "port \(port) is below those that everybody may have", ["tcp listen :8080"])
    default: judgeBroken()
    }
  }
}

extension TLSError {
  /// Whether only what carries it failed.
  fileprivate var isOfTransport: Bool {
    if case .transport = reason { true } else { false }
  }
}
