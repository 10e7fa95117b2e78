import Testing

@testable import Wire

/// What is held is bounded, and time grows with the bytes, not with their square.
@Suite struct LimitTests {
  let ok = "HTTP/1.1 200 OK\r\n"

  @Test func headLineFieldsTrailersAndChunkLines() {
    var small = HTTPLimits()
    small.head = 100
    small.line = 40
    small.fields = 3
    small.chunkLine = 10
    small.trailers = 20
    small.informational = 2
    func fault(_ text: String) -> HTTPError? { read(bytes(text), limits: small).error }
    let field = "Aaaaaaaaaaaaaaaaaaaaa: bbbbbbbbbbbbbb\r\n"  // 39 bytes
    #expect(fault(ok + field + field + field) == .peer(.headTooLarge(limit: 100), offset: 100))
    #expect(
      fault(ok + "A: " + String(repeating: "x", count: 38) + "\r\n") == .peer(.lineTooLong(limit: 40), offset: 57))
    #expect(fault(ok + "A: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n") == .peer(.tooManyFields(limit: 3), offset: 35))
    let chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"
    #expect(fault(chunked + "000000000000000") == .peer(.chunkLineTooLong(limit: 10), offset: 57))
    #expect(
      fault(chunked + "0\r\nA: 4567890\r\nB: 5678901\r\n") == .peer(.trailersTooLarge(limit: 20), offset: 70))
    let interim = "HTTP/1.1 100 \r\n\r\n"
    #expect(fault(interim + interim + interim) == .peer(.tooManyInformational(limit: 2), offset: 34))
  }

  @Test func exactlyAtTheLimitPasses() throws {
    var limits = HTTPLimits()
    limits.head = 17 + 7 + 2
    limits.line = 15
    limits.fields = 1
    let text = ok + "A: bc\r\n\r\n"
    #expect(try HTTPMessage.parseResponse(bytes(text), limits: limits).head.headers["a"] == "bc")
    limits.line = 14
    #expect(throws: HTTPError.self) { try HTTPMessage.parseResponse(bytes(text), limits: limits) }
  }

  @Test func endlessHeadStopsAtItsLimit() {
    let junk = [UInt8](repeating: 0x61, count: 1 << 20)
    let byLine = read(bytes(ok) + junk, step: 1).error
    #expect(byLine == .peer(.lineTooLong(limit: 32 << 10), offset: 17 + (32 << 10)))
    var endless = bytes(ok)
    for _ in 0..<255 { endless += bytes("A: ") + [UInt8](repeating: 0x62, count: 400) + bytes("\r\n") }
    #expect(read(endless, step: 7).error == .peer(.headTooLarge(limit: 64 << 10), offset: 64 << 10))
  }

  @Test(.timeLimit(.minutes(1))) func byteByByteIsLinear() {
    func once(_ stream: [UInt8], _ step: Int) -> Duration {
      ContinuousClock().measure {
        var reader = HTTPReader(role: .client(requestMethod: "GET"))
        var rest = stream[...]
        while !rest.isEmpty {
          reader.receive(rest.prefix(step))
          rest = rest.dropFirst(step)
          while let event = try? reader.next(), event != .needMore {}
        }
      }
    }
    // The least of three, since the machine has other things to do.
    func seconds(_ stream: [UInt8], _ step: Int) -> Duration {
      (0..<3).map { _ in once(stream, step) }.min() ?? .zero
    }
    func chunks(_ count: Int) -> [UInt8] {
      var stream = bytes(ok + "Transfer-Encoding: chunked\r\n\r\n")
      for _ in 0..<count { stream += bytes("a\r\n0123456789\r\n") }
      return stream
    }
    // One byte at a time, and all at once: both must grow with the length (a square would be 16 times).
    for step in [1, Int.max] {
      let short = seconds(chunks(2_000), step)
      let long = seconds(chunks(8_000), step)
      #expect(long < short * 10 + .milliseconds(50), "step \(step): \(short) then \(long)")
    }
  }
}
