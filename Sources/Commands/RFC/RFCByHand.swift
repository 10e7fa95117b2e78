import Clients
import Interpreter
import Net
import TLS
import Transport
import Wire

/// An RFC fetched as one would at the prompt, command by command over a bare socket, with each step told on stderr.
struct RFCByHand {
  private let access: RFCAccess
  private let number: Int
  private var machine: Machine { access.machine }

  init(_ access: RFCAccess, _ number: RFCNumber) {
    self.access = access
    self.number = number.number
  }

  func fetch() throws -> [UInt8] {
    guard let url = try access.library.url(of: number)?.withHostInASCII(), let port = url.effectivePort else {
      throw ValueError("bad-argument", "--raw is for libraries on the web, and RFC_DIR names a folder", layer: .command)
    }
    var context = access.context()
    context.taps.append(StepNotes(machine.session.output))
    let host: Host = Address(url.host).map { .address($0) } ?? .name(url.host)
    let endpoint = Endpoint(host: host, port: port)
    say("> \(url.scheme == "https" ? "tls" : "tcp") connect \(endpoint)")
    let connection = try Connection.connect(tcp: endpoint, context)
    defer { connection.close(context) }
    if url.scheme == "https" {
      let target = TLSTarget(endpoint.host, title: "\(endpoint)")
      try connection.startTLS(try TLSContext.client(access.library.client.tls), with: target, context)
    }
    // Nobody may answer HTTP/1.0 in chunks (RFC 9112 §7.1), so that the text is all behind the empty line.
    let request = "GET \(url.requestTarget) HTTP/1.0\r\nHost: \(url.authority)\r\n\r\n"
    say("> send \"\(request.replacing("\r\n", with: "\\r\\n"))\"")
    try connection.send(Array(request.utf8), context)
    say("> recv line")
    let status = text(try connection.recvLine(context) ?? [])
    say("  \(status)")
    say(#"> recv until "\r\n\r\n""#)
    let fields = text(try connection.recvUntil(Array("\r\n\r\n".utf8), context)).split(separator: "\r\n").map(
      String.init)
    for field in fields { say("  \(field)") }
    say("> recv all")
    let body = try connection.recvAll(context)
    say("  \(body.count) bytes")
    say("> close")
    try judge(status, fields, body, url)
    return body
  }

  /// Refuses what is no document, for which a program that knows HTTP would look too.
  private func judge(_ status: String, _ fields: [String], _ body: [UInt8], _ url: URL) throws {
    // status-line = HTTP-version SP status-code SP [ reason-phrase ] ; RFC 9112 §4
    let code = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let subject = RFCLibraryError.Subject.document(number)
    guard code == 200 else {
      throw RFCLibraryError(subject, code == 404 ? .missing(at: url.withoutCredentials.text) : .status(code))
    }
    func value(_ name: String) -> String? {
      fields.first { $0.lowercased().hasPrefix("\(name):") }.map {
        String($0.dropFirst(name.utf8.count + 1).drop { $0 == " " })
      }
    }
    if value("content-type")?.lowercased().hasPrefix("text/html") == true {
      throw RFCLibraryError(subject, .portal("a page of the web (text/html) came in its place"))
    }
    let promised = value("content-length").flatMap { Int($0) }
    guard body.count == promised ?? body.count, !body.isEmpty else {
      throw RFCLibraryError(subject, .truncated(body.count, promised: promised))
    }
  }

  private func say(_ line: String) { machine.session.output.note(line) }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// Tells of each step on the wire as it ends.
private final class StepNotes: Tap {
  private let output: any Output

  init(_ output: any Output) { self.output = output }

  func observe(_ step: Step) {
    let bytes = step.byteCount > 0 ? "\(step.byteCount) bytes " : ""
    let took = TimeSpan(nanoseconds: (step.end - step.start) / 1_000 * 1_000)
    output.note("    \(step.kind.rawValue)  \(bytes)\(step.sentence())  \(took)")
  }
}
