import Testing

@testable import Wire

/// The same adversary for every message: however it is cut, broken off or changed, it decodes or throws `HTTPError`.
@Suite struct AdversaryTests {
  static let responses = [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: a\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n1a;q\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nT: u\r\n\r\n",
    "HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 204 \r\nB: c\r\n\r\n",
    "HTTP/1.0 404 Nicht gefunden\r\nX: \u{e9}\r\n\tfold\r\n\r\nbody until close",
    "HTTP/1.1 101 Switching\nUpgrade: x\n\n",
  ]
  static let requests = [
    "GET /path?q HTTP/1.1\r\nHost: example.test\r\nAccept: */*\r\n\r\n",
    "\r\nPOST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "PUT /x HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc",
  ]
  static let all: [(String, HTTPReader.Role)] =
    responses.map { ($0, .client(requestMethod: "GET")) } + requests.map { ($0, .server) }

  @Test(arguments: all) func howItIsCutDoesNotMatter(_ text: String, _ role: HTTPReader.Role) {
    let whole = read(bytes(text), role: role)
    #expect(whole.error == nil && whole.rest.isEmpty)
    for step in 1...bytes(text).count { #expect(read(bytes(text), role: role, step: step) == whole, "step \(step)") }
  }

  @Test(arguments: all) func brokenOffAtEachLength(_ text: String, _ role: HTTPReader.Role) {
    let stream = bytes(text)
    let untilClose = text.contains("until close")
    for length in stream.indices {
      let reading = read(Array(stream[..<length]), role: role)
      guard let error = reading.error else {
        let bodyBegun = untilClose && length >= stream.count - "body until close".count
        let nothingYet = role == .server && (length == 0 || stream[..<length] == [13, 10])
        #expect(bodyBegun || nothingYet, "\(length) bytes were taken for the whole")
        continue
      }
      #expect(["eof", "http-body-truncated"].contains(error.code) && error.offset == length, "\(error)")
      #expect(read(Array(stream[..<length]), role: role, step: 1).error == error)
    }
  }

  @Test(arguments: all) func whatFollowsIsLeft(_ text: String, _ role: HTTPReader.Role) {
    guard !text.contains("until close") else { return }
    let more = bytes("trailing \0 bytes")
    for step in [1, 5, Int.max] {
      let reading = read(bytes(text) + more, role: role, step: step)
      #expect(reading.error == nil && reading.rest == more)
    }
  }

  @Test(arguments: all) func oneByteChanged(_ text: String, _ role: HTTPReader.Role) {
    let stream = bytes(text)
    for index in stream.indices {
      for change: UInt8 in [0x01, 0x20, 0x80, 0xFF, stream[index] ^ 0x0A, stream[index]] {
        var changed = stream
        changed[index] ^= change
        let whole = read(changed, role: role)
        // A thrown error is an HTTPError by its type; what matters is that cuts never change the outcome.
        let single = read(changed, role: role, step: 1)
        #expect(single.events == whole.events && single.error == whole.error, "byte \(index) ^ \(change)")
        if let error = whole.error {
          #expect(error.section?.hasPrefix("RFC 91") == true)
          #expect((0...changed.count).contains(error.offset ?? -1), "\(error)")
        }
      }
    }
  }
}
