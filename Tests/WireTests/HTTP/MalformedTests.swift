import Testing

@testable import Wire

/// Every way to break a message: each has its code, the place and the rule.
@Suite struct MalformedTests {
  struct Case: CustomTestStringConvertible {
    let text: String
    let fault: HTTPFault
    let offset: Int
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ fault: HTTPFault, _ offset: Int) {
      self.text = text
      self.fault = fault
      self.offset = offset
    }
  }

  static let ok = "HTTP/1.1 200 OK\r\n"  // 17 bytes
  static let chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"  // 47 bytes

  static let responses: [Case] = [
    Case("", .closedBeforeMessage, 0),
    Case("SSH-2.0-x\r\n", .notHTTP(firstByte: 0x53), 0),
    Case("HTTQ", .notHTTP(firstByte: 0x48), 3),
    Case("\u{15}\u{3}\u{3}", .notHTTP(firstByte: 0x15), 0),
    Case("\r\nHTTP/1.1 200 OK\r\n\r\n", .notHTTP(firstByte: 13), 0),
    Case("HTTP/1.1\r\n", .statusLine, 8),
    Case("HTTP/2.0 200 OK\r\n", .version, 5),
    Case("HTTP/1.x 200 OK\r\n", .statusLine, 0),
    Case("HTTP/1.1 20 OK\r\n", .statusCode, 9),
    Case("HTTP/1.1 2000 OK\r\n", .statusCode, 12),
    Case("HTTP/1.1 099 OK\r\n", .statusCode, 9),
    Case("HTTP/1.1 200 O\u{0}K\r\n", .control(0), 14),
    Case("HTTP/1.1 200 O\rK\r\n", .bareCR, 14),
    Case("HTTP/1.1 200 OK", .closedInHead, 15),
    Case(ok + "A: b\r\n", .closedInHead, 23),
    Case(ok + " A: b\r\n\r\n", .spaceBeforeFirstField, 17),
    Case(ok + "A : b\r\n\r\n", .spaceBeforeColon, 18),
    Case(ok + ": b\r\n\r\n", .fieldName, 17),
    Case(ok + "A(: b\r\n\r\n", .fieldName, 18),
    Case(ok + "nonsense\r\n\r\n", .fieldWithoutColon, 17),
    Case(ok + "A: b\rc\r\n\r\n", .bareCR, 21),
    Case(ok + "A: \u{0}\r\n\r\n", .control(0), 20),
    Case(ok + "A: \u{1B}[31m\r\n\r\n", .control(0x1B), 20),
    Case(ok + "Content-Length: x\r\n\r\n", .contentLength, 17),
    Case(ok + "Content-Length: -1\r\n\r\n", .contentLength, 17),
    Case(ok + "Content-Length: +1\r\n\r\n", .contentLength, 17),
    Case(ok + "Content-Length:\r\n\r\n", .contentLength, 17),
    Case(ok + "Content-Length: 1,\r\n\r\n", .contentLength, 17),
    Case(ok + "Content-Length: 99999999999999999999\r\n\r\n", .contentLength, 17),
    Case(ok + "Content-Length: 1, 2\r\n\r\n", .contentLengthsDiffer, 17),
    Case(ok + "Content-Length: 1\r\ncontent-length: 2\r\n\r\n", .contentLengthsDiffer, 36),
    Case(ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingAndContentLength, 36),
    Case("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingInHTTP10, 17),
    Case(ok + "Transfer-Encoding: chunked, chunked\r\n\r\n", .chunkedTwice, 17),
    Case(ok + "Content-Length: 5\r\n\r\nabc", .closedInBody(received: 3, of: 5), 41),
    Case(chunked + "x\r\n", .chunkSize, 47),
    Case(chunked + "\r\n", .chunkSize, 47),
    Case(chunked + "-1\r\n", .chunkSize, 47),
    Case(chunked + "0x1\r\n", .chunkSize, 48),
    Case(chunked + "10000000000000000\r\n", .chunkSizeTooLarge, 63),
    Case(chunked + "8000000000000000\r\n", .chunkSizeTooLarge, 62),
    Case(chunked + "1;\r\n", .chunkExtension, 49),
    Case(chunked + "1;a=\r\n", .chunkExtension, 51),
    Case(chunked + "1;a=\"x\r\n", .chunkExtension, 53),
    Case(chunked + "1 a\r\n", .chunkExtension, 49),
    Case(chunked + "1\nx\r\n", .chunkLineEnd, 48),
    Case(chunked + "1;a\rb\r\n", .bareCR, 50),
    Case(chunked + "1\r\nxy", .chunkDataEnd, 51),
    Case(chunked + "1\r\nx\n", .chunkDataEnd, 51),
    Case(chunked + "1\r\nx\rz", .chunkDataEnd, 52),
    Case(chunked + "5\r\nabc", .closedInChunks, 53),
    Case(chunked + "5\r\nabcde\r", .closedInChunks, 56),
    Case(chunked + "5", .closedInChunks, 48),
    Case(chunked + "0\r\n", .closedInChunks, 50),
    Case(chunked + "0\r\nA: b\r\n", .closedInChunks, 56),
    Case(chunked + "0\r\nA b\r\n\r\n", .fieldWithoutColon, 50),
    Case(chunked + "0\r\n A: b\r\n\r\n", .spaceBeforeFirstField, 50),
  ]

  static let requests: [Case] = [
    Case("GET\r\n", .requestLine, 0),
    Case("GET /\r\n", .requestLine, 0),
    Case("GET  / HTTP/1.1\r\n", .requestLine, 0),
    Case(" GET / HTTP/1.1\r\n", .requestLine, 0),
    Case("GET / HTTP/1.1 \r\n", .requestLine, 0),
    Case("GET /a b HTTP/1.1\r\n", .requestLine, 0),
    Case("G(T / HTTP/1.1\r\n", .method, 1),
    Case("GET /\u{e9} HTTP/1.1\r\n", .target, 5),
    Case("GET /\t HTTP/1.1\r\n", .target, 5),
    Case("GET / HTTP/2.0\r\n", .version, 6),
    Case("GET / http/1.1\r\n", .version, 6),
    Case("GET / HTTP/1.1\r\n\r\n", .host, 0),
    Case("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .host, 0),
    Case("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", .foldedField, 25),
    Case("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", .requestNotChunkedLast, 25),
    Case("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", .requestNotChunkedLast, 25),
    Case("\u{16}\u{3}\u{1}\n", .control(0x16), 0),
    Case("GET / HT", .closedInHead, 8),
    Case("\r\nG", .closedInHead, 3),
  ]

  @Test(arguments: responses) func response(_ c: Case) { check(c, .client(requestMethod: "GET")) }
  @Test(arguments: requests) func request(_ c: Case) { check(c, .server) }

  func check(_ c: Case, _ role: HTTPReader.Role) {
    for step in [Int.max, 1, 3] {
      #expect(read(bytes(c.text), role: role, step: step).error == .peer(c.fault, offset: c.offset), "step \(step)")
    }
  }

  @Test func errorsNameCodePlaceAndRule() {
    let error = HTTPError.peer(.spaceBeforeColon, offset: 18)
    #expect(error.code == "http-space-before-colon" && error.section == "RFC 9112 §5.1" && error.offset == 18)
    #expect(error.message == "there is white space between a field name and its colon at byte 18 (RFC 9112 §5.1)")
    #expect(HTTPError.peer(.closedInHead, offset: 0).code == "eof")
    #expect(HTTPError.peer(.closedInBody(received: 1, of: 2), offset: 0).code == "http-body-truncated")
    #expect(HTTPError.peer(.notHTTP(firstByte: 0x15), offset: 0).hint != nil)
    #expect(HTTPError.misuse(.receivedAfterEnd).code == "http-misuse")
  }

  @Test func whatIsLetPassIsReported() throws {
    let r = try HTTPMessage.parseResponse(
      bytes("HTTP/1.1 200\nA: b\r\n\tc\r\n  \r\nTransfer-Encoding: chunked\n\n1 \r\nx\r\n0\r\nT: u\n\r\n"))
    #expect(r.head.headers["A"] == "b c" && r.body == bytes("x") && r.trailers["t"] == "u")
    #expect(r.head.leniencies.map(\.kind) == [.bareLF, .reasonMissing, .foldedField])
    #expect(r.end?.leniencies.map(\.kind) == [.bareLF, .reasonMissing, .foldedField, .chunkPadding])
    #expect(r.head.leniencies.first?.offset == 12)
  }

  @Test func misuseIsOurs() throws {
    var reader = HTTPReader(role: .server)
    #expect(throws: HTTPError.misuse(.messageUnfinished)) { try reader.startNext() }
    reader.receiveEnd()
    reader.receive([1])
    #expect(throws: HTTPError.misuse(.receivedAfterEnd)) { try reader.next() }
    #expect(throws: HTTPError.misuse(.receivedAfterEnd)) { try reader.next() }
  }
}
