import Testing

@testable import Wire

/// What is written is what the reader reads, and what cannot be written is refused.
@Suite struct WriterTests {
  @Test func requestHead() throws {
    let head = HTTPRequestHead(
      method: "GET", target: "/rfc/rfc2324.txt",
      headers: [HTTPField("Host", "www.rfc.test"), HTTPField("Accept", "*/*")])
    #expect(
      try head.bytes() == bytes("GET /rfc/rfc2324.txt HTTP/1.1\r\nHost: www.rfc.test\r\nAccept: */*\r\n\r\n"))
    #expect(try HTTPMessage.parseRequest(head.bytes()).head == head)
  }

  @Test func eachFraming() throws {
    let body = bytes("hello, world")
    let head = HTTPResponseHead(status: 200)
    let length = try HTTPWriter.response(head, body: body, framing: .contentLength)
    #expect(length == bytes("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhello, world"))
    let chunked = try HTTPWriter.response(
      head, body: body, framing: .chunked(size: 5, extensions: [.init("a"), .init("b", "c d\"")]),
      trailers: [HTTPField("T", "u")])
    #expect(
      chunked
        == bytes(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a;b=\"c d\\\"\"\r\nhello\r\n5;a;b=\"c d\\\"\"\r\n, wor\r\n"
            + "2;a;b=\"c d\\\"\"\r\nld\r\n0\r\nT: u\r\n\r\n"))
    let close = try HTTPWriter.response(head, body: body, framing: .untilClose)
    for stream in [length, chunked, close] { #expect(try HTTPMessage.parseResponse(stream).body == body) }
    let request = HTTPRequestHead(method: "POST", target: "/", headers: [HTTPField("Host", "a")])
    let sent = try HTTPWriter.request(request, body: body, framing: .chunked(size: 100))
    #expect(try HTTPMessage.parseRequest(sent).body == body)
  }

  @Test(arguments: ["\r", "\n", "\0"]) func breaksAreRefusedInEveryPart(_ bad: String) {
    func refused(_ make: () throws -> [UInt8]) {
      do {
        _ = try make()
        Issue.record("written")
      } catch let error as HTTPError {
        guard case .misuse = error else {
          Issue.record("\(error)")
          return
        }
      } catch {
        Issue.record("\(error)")
      }
    }
    refused { try HTTPRequestHead(method: "G" + bad, target: "/").bytes() }
    refused { try HTTPRequestHead(method: "GET", target: "/" + bad).bytes() }
    refused { try HTTPRequestHead(method: "GET", target: "/", headers: [HTTPField("A" + bad, "b")]).bytes() }
    refused { try HTTPRequestHead(method: "GET", target: "/", headers: [HTTPField("A", "b" + bad)]).bytes() }
    refused { try HTTPResponseHead(status: 200, reason: bad).bytes() }
    refused { try HTTPResponseHead(status: 200, headers: [HTTPField("A", bad + "b")]).bytes() }
    refused { try HTTPWriter.chunk([1], extensions: [.init("a", bad)]) }
    refused { try HTTPWriter.chunk([1], extensions: [.init("a" + bad)]) }
    refused { try HTTPWriter.lastChunk(trailers: [HTTPField("A", bad)]) }
  }

  @Test func otherMisuse() {
    #expect(throws: HTTPError.misuse(.badTarget("/a b"))) { try HTTPRequestHead(method: "GET", target: "/a b").bytes() }
    #expect(throws: HTTPError.misuse(.badStatus(1000))) { try HTTPResponseHead(status: 1000).bytes() }
    #expect(throws: HTTPError.misuse(.badChunkSize(0))) { try HTTPWriter.encode([1], .chunked(size: 0)) }
    #expect(throws: HTTPError.misuse(.framingAlreadySet("Content-Length"))) {
      try HTTPWriter.response(
        HTTPResponseHead(status: 200, headers: [HTTPField("content-length", "1")]), body: [], framing: .contentLength)
    }
    #expect(throws: HTTPError.misuse(.trailersNeedChunked)) {
      try HTTPWriter.encode([1], .contentLength, [HTTPField("A", "b")])
    }
  }
}

/// Names match in any case, order and repeats are kept, and no byte of a value is lost.
@Suite struct HeadersTests {
  @Test func orderRepeatsAndCase() {
    var headers: HTTPHeaders = [HTTPField("Set-Cookie", "a=1"), HTTPField("B", "x"), HTTPField("set-cookie", "b=2")]
    #expect(headers["SET-COOKIE"] == "a=1" && headers.values("set-Cookie") == ["a=1", "b=2"])
    #expect(headers.combined("b") == "x" && headers.combined("none") == nil)
    headers.set("set-cookie", "c")
    #expect(headers.map(\.description) == ["Set-Cookie: c", "B: x"])
    headers.remove("b")
    #expect(headers.count == 1 && !headers.contains("B"))
  }

  @Test func listsSplitOutsideQuotes() {
    let headers: HTTPHeaders = [HTTPField("L", " a, \"b,\\\" c\" ,, d"), HTTPField("l", "e")]
    #expect(headers.list("L") == ["a", "\"b,\\\" c\"", "d", "e"])
  }

  @Test func bytesAreKept() throws {
    var stream = bytes("HTTP/1.1 200 ")
    stream +=
      [0xE9] + bytes("\r\nA: ") + [0xFF, 0x80, 0x20, 0xC3] + bytes(" \r\nB: \u{e9}\r\nContent-Length: 0\r\n\r\n")
    let head = try HTTPMessage.parseResponse(stream).head
    #expect(head.reason == "\u{e9}" && head.reasonBytes == [0xE9])
    #expect(head.headers[0].bytes == [0xFF, 0x80, 0x20, 0xC3] && head.headers["A"] == "\u{ff}\u{80} \u{c3}")
    #expect(head.headers["B"] == "\u{e9}")
    #expect(try HTTPMessage.parseResponse(head.bytes()).head == head)
  }
}
