import Testing

@testable import Wire

/// Each way of finding the end of a message (RFC 9112 §6.3).
@Suite struct FramingTests {
  func response(_ text: String, method: String = "GET") throws -> HTTPResponse {
    try HTTPMessage.parseResponse(bytes(text), method: method)
  }

  @Test func contentLength() throws {
    let r = try response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1")
    #expect(r.head.status == 200 && r.head.reason == "OK" && r.head.version == .http11)
    #expect(r.body == bytes("hello") && r.rest == bytes("HTTP/1.1"))
    #expect(r.end?.framing == .length(5) && r.end?.bodyLength == 5 && r.end?.keepsAlive == true)
    #expect(r.end?.offset == 43)
  }

  @Test func chunkedWithExtensionsAndTrailers() throws {
    let text =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a;b=c;d=\"e\\\"; f\"\r\nhello\r\n1A\r\n"
      + "abcdefghijklmnopqrstuvwxyz\r\n0\r\nExpires: never\r\n\r\nrest"
    let events = read(bytes(text)).events
    guard events.count == 8, case .chunk(let first) = events[1] else {
      Issue.record("\(events)")
      return
    }
    #expect(first.size == 5 && first.offset == 47 && first.line == "5;a;b=c;d=\"e\\\"; f\"")
    #expect(first.extensions == [.init("a"), .init("b", "c"), .init("d", "e\"; f")])
    #expect(events[2] == .body(bytes("hello")) && events[6] == .trailers([HTTPField("Expires", "never")]))
    let r = try response(text)
    #expect(r.body == bytes("helloabcdefghijklmnopqrstuvwxyz") && r.rest == bytes("rest"))
    #expect(r.trailers["expires"] == "never" && r.end?.framing == .chunked && r.end?.bodyLength == 31)
  }

  @Test func untilClose() throws {
    let r = try response("HTTP/1.0 200 OK\r\nServer: x\r\n\r\nall of it")
    #expect(r.body == bytes("all of it") && r.end?.framing == .untilClose && r.end?.keepsAlive == false)
    #expect(read(bytes("HTTP/1.1 200 OK\r\n\r\nabc"), close: false).events.last == .body(bytes("abc")))
  }

  @Test(arguments: ["HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified"])
  func statusWithoutBody(_ line: String) throws {
    let r = try response(line + "\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/")
    #expect(r.body.isEmpty && r.rest == bytes("HTTP/") && r.end?.framing == HTTPFraming.none)
  }

  @Test func headHasNoBody() throws {
    let r = try response("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/", method: "HEAD")
    #expect(r.body.isEmpty && r.rest == bytes("HTTP/") && r.head.headers["content-length"] == "9")
  }

  @Test func interimResponsesComeBeforeTheFinalOne() throws {
    let r = try response(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\nContent-Length: 7\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
    #expect(r.informational.map(\.status) == [100, 103] && r.informational[1].headers["Link"] == "</a>")
    #expect(r.head.status == 200 && !r.head.headers.contains("Link") && r.body == bytes("x"))
  }

  @Test func switchingProtocolsAndConnectEndInATunnel() throws {
    let r = try response("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\u{1}\u{2}")
    #expect(r.end?.framing == .tunnel && r.rest == [1, 2])
    let c = try response("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\u{1}", method: "CONNECT")
    #expect(c.end?.framing == .tunnel && c.rest == [1] && c.body.isEmpty)
    let refused = try response("HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nwhy", method: "CONNECT")
    #expect(refused.body == bytes("why"))
  }

  @Test(arguments: ["Content-Length: 3, 3", "Content-Length: 3\r\nContent-Length: 3", "content-length:  003 "])
  func repeatedIdenticalLengthIsOneLength(_ field: String) throws {
    #expect(try response("HTTP/1.1 200 OK\r\n\(field)\r\n\r\nabcd").body == bytes("abc"))
  }

  @Test func codingsThatStayAreNamed() throws {
    let chunked = try response("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n")
    #expect(chunked.body == bytes("x") && chunked.end?.transferCodings == ["gzip"])
    let close = try response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n1\r\nx")
    #expect(close.body == bytes("1\r\nx") && close.end?.framing == .untilClose)
  }

  @Test func requestWithoutLengthHasNoBody() throws {
    let r = try HTTPMessage.parseRequest(bytes("POST / HTTP/1.1\r\nHost: a\r\n\r\nGET /"))
    #expect(r.body.isEmpty && r.rest == bytes("GET /") && r.end?.framing == HTTPFraming.none)
    let p = try HTTPMessage.parseRequest(
      bytes("PUT /x?y HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"))
    #expect(p.head.method == "PUT" && p.head.target == "/x?y" && p.body == bytes("ab"))
  }

  @Test func pipelinedRequestsFollowOneAnother() throws {
    let one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
    var reader = HTTPReader(role: .server)
    reader.receive(bytes(one + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi\r\nGET /3 HTTP/1.0\r\n\r\n"))
    reader.receiveEnd()
    var targets: [String] = []
    for _ in 0..<3 {
      var reading = Reading()
      try reading.absorb(&reader)
      for event in reading.events {
        if case .request(let head) = event { targets.append("\(head)\(head.leniencies)") }
      }
      try reader.startNext()
    }
    let empty = "there is an empty line before the request line at byte 78 (RFC 9112 §2.2)"
    #expect(targets == ["GET /1 HTTP/1.1[]", "POST /2 HTTP/1.1[]", "GET /3 HTTP/1.0[\(empty)]"])
    #expect(try reader.next() == .closed)
  }

  @Test func keepAliveByVersionAndConnection() throws {
    func alive(_ version: String, _ connection: String) throws -> Bool? {
      try response("HTTP/\(version) 200 OK\r\nContent-Length: 0\r\n\(connection)\r\n").end?.keepsAlive
    }
    #expect(try alive("1.1", "") == true)
    #expect(try alive("1.1", "Connection: foo, Close\r\n") == false)
    #expect(try alive("1.0", "") == false)
    #expect(try alive("1.0", "Connection: Keep-Alive\r\n") == true)
  }

  @Test func dechunk() throws {
    let (body, trailers, rest) = try HTTPMessage.dechunk(bytes("3\r\nabc\r\n00\r\nA: b\r\n\r\nmore"))
    #expect(body == bytes("abc") && trailers["a"] == "b" && rest == bytes("more"))
  }
}
