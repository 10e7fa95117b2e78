import Clients
import Glibc
import Net
import Servers
import TestSupport
import Testing
import Transport
import Wire

@Suite struct ClientTests {
  let context = NetworkContext(deadline: .after(nanoseconds: 30_000_000_000))
  static let documents = sharedFolder + "/lab/rfc"

  /// share/nsh beside the tests.
  static let sharedFolder: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/share/nsh"
  }()

  /// A lab whose resolver knows nothing.
  private static func lab(_ folder: String = sharedFolder + "/lab") throws -> Lab {
    try Lab.start(folder: folder) { _, _ in { $0.reply() } }
  }

  @Test func theLabServesOneDocumentThreeWays() throws {
    let lab = try ClientTests.lab()
    defer { lab.stop() }
    let recorder = Recorder()
    var context = context
    context.taps = [recorder]
    for entry in lab.map { context.map.map(entry.from, to: entry.to) }
    let document = try #require(lab.documents.byName["rfc9999.txt"])
    #expect(document.count > 100_000)
    for folder in ["/rfc", "/chunked/rfc", "/close/rfc"] {
      let call = HTTPCall("GET", try URL("http://www.rfc.test\(folder)/rfc9999.txt"))
      let exchange = try HTTPClient().start(call, context)
      #expect(try exchange.readAll() == document)
      #expect(exchange.connection.mappedFrom == Endpoint(host: .name("www.rfc.test"), port: 80))
      if folder == "/chunked/rfc" { #expect(exchange.trailers["X-Document-Length"] == "\(document.count)") }
      let steps = recorder.steps(ofExchange: exchange.number)
      #expect(steps.prefix(4).map(\.kind) == [.map, .socket, .connect, .send])
      #expect(steps.last?.kind == .close)
    }
    let library = try RFCLibrary(base: URL("http://www.rfc.test/rfc"))
    #expect(try library.document(9999, .always, context).text == document)
    #expect(codes { _ = try library.document(1, .always, context) } == ["rfc:no-such-rfc"])
    #expect(codes { _ = try library.document(-1, .always, context) } == ["rfc:bad-rfc-number"])
  }

  @Test func theLabRefusesOtherPathsAndMethods() throws {
    let lab = try ClientTests.lab()
    defer { lab.stop() }
    for path in ["/", "/rfc/", "/rfc/../rfc2324.txt", "/rfc/%2e%2e/x", "//rfc/rfc2324.txt", "/rfc/rfc2324.txt/"] {
      let call = HTTPCall("GET", try url(lab.web, path))
      #expect(try HTTPClient().start(call, context).head.status == 404)
    }
    let answer = try HTTPClient().start(HTTPCall("DELETE", url(lab.web, "/rfc/rfc2324.txt")), context)
    #expect(answer.head.status == 405 && answer.head.headers["Allow"] == "GET, HEAD")
    let head = try HTTPClient().start(HTTPCall("HEAD", url(lab.web, "/rfc/rfc2324.txt")), context)
    #expect(try head.readAll().isEmpty && head.head.headers["Content-Length"] != "0")
    #expect(codes { _ = try ClientTests.lab("/nonexistent") } == ["file:ENOENT", "system:ENOENT"])
  }

  @Test func theDocumentsAreAsTheScriptSetsThem() throws {
    let folder = try TemporaryFolder()
    let script = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Lab/typeset.py"
    #expect(try Program("python3", script, folder.path).finish().status == 0)
    #expect(try Documents(folder: folder.path).byName == Documents(folder: ClientTests.documents).byName)
    for (name, bytes) in try Documents(folder: folder.path).byName where name != "rfc-index.txt" {
      let pages = bytes.split(separator: 0x0c)
      for page in pages {
        let lines = page.drop { $0 == 0x0a && page.startIndex > 0 }
        #expect(lines.count { $0 == 0x0a } <= 58, "\(name)")
      }
    }
  }

  @Test func interimResponsesAreKeptApart() throws {
    let peer = try webPeer(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nbody")
    let exchange = try HTTPClient().start(HTTPCall("GET", url(peer.endpoint)), context)
    #expect(exchange.informational.map(\.status) == [100, 103])
    #expect(try text(exchange.readAll()) == "body")
    #expect(exchange.end?.framing == .untilClose)
  }

  @Test func theRequestIsAsItSaysItIs() throws {
    let received = Peer.Received()
    let peer = try Peer { connection, context in
      received.set(try connection.recvUntil(bytes("stop"), context))
      try connection.send(bytes("HTTP/1.1 204 No Content\r\n\r\n"), context)
    }
    let headers: HTTPHeaders = [HTTPField("X-Own", "1"), HTTPField("user-agent", "me")]
    let call = HTTPCall("POST", try url(peer.endpoint, "/a?b=c"), headers: headers, body: bytes("go stop"))
    let exchange = try HTTPClient().start(call, context)
    #expect(exchange.head.status == 204)
    #expect(try exchange.nextPiece() == nil)
    let wanted =
      "POST /a?b=c HTTP/1.1\r\nHost: \(peer.endpoint)\r\nAccept: */*\r\nX-Own: 1\r\nuser-agent: me\r\n"
      + "Connection: close\r\nContent-Length: 7\r\n\r\ngo stop"
    #expect(text(received.get()) == wanted)
    #expect(try call.bytes() == received.get())
  }

  @Test func pythonServesAFile() throws {
    let folder = try TemporaryFolder()
    let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13 >> 5) }
    try folder.write("file.bin", content)
    let script = """
      import functools, http.server, sys
      handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
      handler.func.log_message = lambda *arguments: None
      server = http.server.HTTPServer(('127.0.0.1', 0), handler)
      print(server.server_port, flush=True)
      server.serve_forever()
      """
    let python = try Program("python3", "-c", script, folder.path)
    let port = try #require(UInt16(python.line()))
    let base = try #require(try Endpoint.parse("127.0.0.1:\(port)"))
    #expect(try get(url(base, "/file.bin"), context) == content)
    let missing = try HTTPClient().start(HTTPCall("GET", url(base, "/missing")), context)
    #expect(missing.head.status == 404)
    #expect(try !missing.readAll().isEmpty)
  }

  @Test func nginxServesABigFile() throws {
    let folder = try TemporaryFolder()
    let content = (0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    try folder.write("big", content)
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), context)
    let endpoint = listener.endpoint
    listener.close(context)
    let place = folder.path
    try folder.write(
      "nginx.conf",
      bytes(
        """
        daemon off; master_process off; pid \(place)/pid; error_log \(place)/errors;
        events { }
        http { access_log off; client_body_temp_path \(place)/1; proxy_temp_path \(place)/2;
          fastcgi_temp_path \(place)/3; uwsgi_temp_path \(place)/4; scgi_temp_path \(place)/5;
          server { listen \(endpoint); root \(place); } }
        """))
    let nginx = try Program("/usr/sbin/nginx", "-c", "\(place)/nginx.conf", "-e", "\(place)/errors")
    defer { withExtendedLifetime(nginx) {} }
    var ready = false
    for _ in 0..<100 where !ready {
      pause(milliseconds: 20)
      if let connection = try? Connection.connect(tcp: endpoint, context) {
        connection.close(context)
        ready = true
      }
    }
    #expect(try get(url(endpoint, "/big"), context) == content)
    let head = try HTTPClient().start(HTTPCall("HEAD", url(endpoint, "/big")), context)
    #expect(head.head.headers["Content-Length"] == "\(content.count)")
    #expect(try head.readAll().isEmpty)
  }
}
