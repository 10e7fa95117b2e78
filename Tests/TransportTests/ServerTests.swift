import Clients
import Net
import Servers
import TestSupport
import Testing
import Transport
import Wire

@Suite struct ServerTests {
  let context = NetworkContext(deadline: .after(nanoseconds: 30_000_000_000))
  static let loopback = Endpoint(host: .any, port: 0)
  static let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }

  /// Answers each of the ways that a body can be framed.
  private static func answer(_ request: ServedRequest) -> ServedResponse {
    let ok = HTTPResponseHead(status: 200)
    switch request.head.target {
    case "/length": return ServedResponse(ok, .bytes(long))
    case "/chunked":
      return ServedResponse(
        ok, .bytes(long), framing: .chunked(size: 1_000, extensions: [HTTPChunkExtension("note", "a b")]),
        trailers: [HTTPField("X-Sum", "7")])
    case "/close": return ServedResponse(ok, .bytes(long), framing: .untilClose)
    case "/streamed":
      return ServedResponse(
        ok, .streamed(length: 20_000_000) { offset, count in [UInt8](repeating: UInt8(offset % 251), count: count) })
    case "/nothing": return ServedResponse(HTTPResponseHead(status: 204))
    case "/echo": return ServedResponse(ok, .bytes(request.body))
    default: return .status(404)
    }
  }

  private func server() throws -> HTTPServer {
    try HTTPServer.start(on: ServerTests.loopback) { ServerTests.answer($0) }
  }

  private func curl(_ arguments: String...) throws -> (output: [UInt8], status: Int32) {
    try Program(["curl", "--silent", "--show-error", "--max-time", "20", "--noproxy", "*"] + arguments).finish()
  }

  @Test(arguments: ["/length", "/chunked", "/close"])
  func curlGetsEveryFraming(path: String) throws {
    let server = try server()
    defer { server.stop() }
    #expect(try curl("http://\(server.local)\(path)").output == ServerTests.long)
    #expect(try curl("--http1.0", "http://\(server.local)\(path)").output == ServerTests.long)
    let head = try curl("--head", "http://\(server.local)\(path)")
    #expect(head.status == 0)
    #expect(text(head.output)?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
  }

  @Test func curlKeepsTheConnection() throws {
    let server = try server()
    defer { server.stop() }
    let base = "http://\(server.local)"
    let result = try curl(
      "--write-out", "%{num_connects} ", "-o", "/dev/null", "\(base)/length", "-o", "/dev/null", "\(base)/chunked",
      "-o",
      "/dev/null", "\(base)/nothing", "-o", "/dev/null", "\(base)/missing")
    #expect(text(result.output) == "1 0 0 0 ")
  }

  @Test func curlSendsABodyAfterContinue() throws {
    let server = try server()
    defer { server.stop() }
    let body = String(repeating: "0123456789", count: 10_000)
    let result = try curl("-H", "Expect: 100-continue", "--data-binary", body, "http://\(server.local)/echo")
    #expect(text(result.output) == body)
    let chunked = try curl(
      "-H", "Transfer-Encoding: chunked", "--data-binary", body, "http://\(server.local)/echo")
    #expect(text(chunked.output) == body)
  }

  @Test func whatIsNoRequestIsRefused() throws {
    let server = try server()
    defer { server.stop() }
    let requests = [
      ("\u{16}\u{3}\u{1}garbage\r\n\r\n", "400"), ("GET / HTTP/2.0\r\n\r\n", "505"),
      ("GET  /  HTTP/1.1\r\n\r\n", "400"),
      ("GET / HTTP/1.1\r\n\r\n", "400"),
      ("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 70_000), "431"),
      ("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\nx", "400"),
    ]
    for (request, status) in requests {
      let connection = try Connection.connect(tcp: server.local, context)
      try? connection.send(bytes(request), context)
      #expect(try text(connection.recvLine(context))?.hasPrefix("HTTP/1.1 \(status) ") == true)
      connection.close(context)
    }
  }

  @Test func pipelinedRequestsAreAnsweredInOrder() throws {
    let server = try server()
    defer { server.stop() }
    let connection = try Connection.connect(tcp: server.local, context)
    let first = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
    let last = "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\ntwo"
    try connection.send(bytes(first + last), context)
    let all = try connection.recvAll(context)
    let one = try HTTPMessage.parseResponse(all)
    #expect(text(one.body) == "one")
    #expect(text(try HTTPMessage.parseResponse(one.rest).body) == "two")
  }

  @Test func stoppingEndsEveryThreadAndFreesThePort() throws {
    let server = try TCPServer.start(on: ServerTests.loopback) { connection, context in
      _ = try? connection.recvAll(context)
    }
    let clients = try (0..<20).map { _ in try Connection.connect(tcp: server.local, context) }
    let took = milliseconds { server.stop() }
    #expect(took < 8_000)
    for client in clients { _ = codes { _ = try client.recv(context) } }
    let again = try Listener.listen(tcp: server.local, context)
    again.close(context)
    server.stop()
  }

  @Test func moreConnectionsThanTheBoundWait() throws {
    let server = try TCPServer.start(on: ServerTests.loopback, maximumConnections: 2) { connection, context in
      if let line = try? connection.recvLine(context) { try? connection.send(line, context) }
    }
    defer { server.stop() }
    let clients = try (0..<6).map { _ in try Connection.connect(tcp: server.local, context) }
    for (index, client) in clients.enumerated() {
      try client.send(bytes("\(index)\n"), context)
    }
    for (index, client) in clients.enumerated() {
      #expect(try text(client.recvAll(context)) == "\(index)")
    }
  }

  @Test func aStreamedBodyIsCountedByCurl() throws {
    let server = try server()
    defer { server.stop() }
    let result = try curl("--write-out", "%{size_download}", "-o", "/dev/null", "http://\(server.local)/streamed")
    #expect(text(result.output) == "20000000")
  }
}
