import Net
import Transport
import Wire

extension ServedConnection {
  /// Reads and answers requests as far as they came; after a few others have their turn.
  func advance() throws {
    var turns = 0
    while case .reading = phase {
      guard turns < 32 else { return loop.comeBack(to: self) }
      let event: HTTPEvent
      do throws(HTTPError) { event = try reader.next() } catch { return try refuse(status(for: error)) }
      switch event {
      case .needMore: return try awaitMore()
      case .request(let head): try begin(head)
      case .body(let piece):
        if let status = hold(piece) { try refuse(status) }
      case .trailers(let fields): trailers = fields
      case .end:
        turns += 1
        try dispatch()
      case .closed: return close()
      case .informational, .response, .chunk: continue
      }
    }
  }

  /// Waits for the rest of a request, or for the first of it.
  private func awaitMore() throws {
    _ = try flush()
    guard received > start else { return }
    let began = began ?? loop.now
    self.began = began
    expire(after: head == nil ? limits.head : limits.request, from: began)
  }

  /// Looks at a head, and refuses at once what would not be answered anyway, before its body is sent.
  private func begin(_ head: HTTPRequestHead) throws {
    self.head = head
    if began == nil { began = loop.now }
    guard head.headers["Host"].map(isHost) ?? true else { return try refuse(400) }
    // A tunnel is for proxies (RFC 9110 §9.3.6), and other codings than chunked are not undone (RFC 9112 §6.1).
    let codings = head.headers.list("Transfer-Encoding")
    guard head.method != "CONNECT", codings.allSatisfy({ ASCII.same($0, "chunked") }) else { return try refuse(501) }
    guard let target = RequestTarget(head) else { return try refuse(400) }
    self.target = target
    if case .length(let length)? = reader.framing, length > limits.body { return try refuse(413) }
    guard head.version >= .http11, let expectation = head.headers["Expect"] else { return }
    guard ASCII.same(expectation, "100-continue") else { return try refuse(417) }
    // Whoever has begun to send the body waits for nothing (RFC 9110 §10.1.1).
    guard reader.framing != HTTPFraming.none, received == reader.offset else { return }
    wire += try sealed(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    _ = try flush()
  }

  /// Gives the whole request to the handler.
  private func dispatch() throws {
    guard let head, let target else { return close() }
    var request = ServedRequest(head: head, target: target, local: connection.local, remote: connection.remote)
    request.body = body
    request.trailers = trailers
    request.isProtected = protection != nil
    number += 1
    phase = .answering
    switch loop.settings.handler {
    case .atOnce(let make):
      let response = make(request)
      if let script = response.script { try perform(script) } else { try answer(response) }
    case .inThreads: submit(request)
    case .partly(let make, _, _, _):
      if let response = make(request) { try answer(response) } else { submit(request) }
    }
  }

  private func submit(_ request: ServedRequest) {
    body = []
    expire(after: limits.answer)
    loop.threads?.submit(request, ServerControl.Ticket(connection: id, number: number))
  }

  /// Begins to send an answer; one that cannot be written on the wire becomes 500.
  func answer(_ response: ServedResponse, keepsAlive: Bool = true) throws {
    let keepsAlive = keepsAlive && head?.keepsAlive == true && !loop.control.isStopping
    let date = loop.dateField
    expire(after: limits.silence)
    do throws(HTTPError) {
      outgoing = try OutgoingResponse(response, to: head, date: date, keepsAlive: keepsAlive)
    } catch {
      response.abandon()
      loop.note(error, from: connection.remote)
      outgoing = try OutgoingResponse(.status(500), to: head, date: date, keepsAlive: keepsAlive)
    }
    phase = .writing
    try write()
  }

  /// Answers by a status alone, after which the connection ends.
  func refuse(_ status: Int) throws { try answer(.status(status), keepsAlive: false) }

  private func status(for error: HTTPError) -> Int {
    switch error.code {
    case "http-header-too-large": reader.hasStartLine ? 431 : 414
    case "http-version-unsupported": 505
    default: 400
    }
  }

  /// Whether a text can be the value of Host: `uri-host [ ":" port ]` (RFC 9110 §7.2); another one is refused (RFC 9112 §3.2).
  private func isHost(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      byte.isLetter || byte.isDigit || "-._~:[]!$&'()*+,;=%".utf8.contains(byte)
    }
  }
}
