import TestSupport
import Testing

@testable import Wire

/// What we read must be what Python's http.client reads; where it is laxer than we are, our error is the better answer.
@Suite struct DifferentialTests {
  /// Reads one stream a line in hexadecimal and answers `status body-in-hex`, or `error`.
  static let script = """
    import sys, io, http.client
    class Sock:
        def __init__(self, data): self.data = data
        def makefile(self, *_): return io.BytesIO(self.data)
    class Response(http.client.HTTPResponse):
        # It passes over 100 alone, and all of 1xx but 101 are interim (RFC 9110 §15.2).
        def _read_status(self):
            version, status, reason = super()._read_status()
            return version, 100 if 102 <= status < 200 else status, reason
    for line in sys.stdin:
        method, _, data = line.strip().partition(' ')
        try:
            r = Response(Sock(bytes.fromhex(data)), method=method)
            r.begin()
            print(r.status, r.read().hex())
        except Exception:
            print('error')
    """

  func answers(_ streams: [(method: String, bytes: [UInt8])]) throws -> [String] {
    var input: [UInt8] = []
    for stream in streams { input += Array("\(stream.method) \(hex(stream.bytes))\n".utf8) }
    let output = try Python.run(Self.script, input: input)
    let lines = text(of: output).split(separator: "\n").map(String.init)
    try #require(lines.count == streams.count)
    return lines
  }

  func ours(_ stream: [UInt8], _ method: String) -> String {
    guard let r = try? HTTPMessage.parseResponse(stream, method: method) else { return "error" }
    return "\(r.head.status) \(hex(r.body))"
  }

  @Test func randomMessages() throws {
    var random = SeededRandom(seed: 2324)
    var streams: [(method: String, bytes: [UInt8])] = []
    for _ in 0..<1_000 { streams.append((random.below(8) == 0 ? "HEAD" : "GET", message(&random))) }
    for (stream, theirs) in zip(streams, try answers(streams)) {
      #expect(
        theirs != "error" && ours(stream.bytes, stream.method) == theirs, "\(text(of: stream.bytes).debugDescription)")
    }
  }

  @Test func changedAndBrokenOffMessages() throws {
    var random = SeededRandom(seed: 9112)
    var streams: [(method: String, bytes: [UInt8])] = []
    while streams.count < 4_000 {
      var bytes = message(&random)
      if random.below(4) == 0 { bytes.removeLast(random.below(bytes.count)) }
      if !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      streams.append(("GET", bytes))
    }
    var accepted = 0
    for (stream, theirs) in zip(streams, try answers(streams)) {
      let read = ours(stream.bytes, "GET")
      guard read != "error" else { continue }
      accepted += 1
      #expect(read == theirs, "\(text(of: stream.bytes).debugDescription)")
    }
    #expect(accepted > 200)
  }

  /// A response with a random body in a random framing, extensions, trailers and interim responses included.
  func message(_ random: inout SeededRandom) -> [UInt8] {
    let body = (0..<random.below(60)).map { _ in UInt8(random.below(256)) }
    var head = HTTPResponseHead(status: [200, 206, 404, 500][random.below(4)])
    for index in 0..<random.below(4) { head.headers.append("X-\(index)", "v\(random.below(1000))") }
    let framing: HTTPWriter.BodyFraming
    switch random.below(3) {
    case 0: framing = .contentLength
    case 1:
      let extensions = [HTTPChunkExtension("a"), HTTPChunkExtension("b", "c d")]
      framing = .chunked(size: 1 + random.below(20), extensions: Array(extensions.prefix(random.below(3))))
    default: framing = .untilClose
    }
    var trailers = HTTPHeaders()
    if case .chunked = framing, random.below(2) == 0 { trailers.append("T", "u") }
    let interim = random.below(5) == 0 ? bytes("HTTP/1.1 100 Continue\r\nA: b\r\n\r\n") : []
    let sent = try? HTTPWriter.response(head, body: body, framing: framing, trailers: trailers)
    return interim + (sent ?? [])
  }
}
