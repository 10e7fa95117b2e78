import System
import Clients
import Net
import Testing
import Transport
import Wire

/// What an HTTP client meets in the wild: each has its own code, and an end.
@Suite struct MisbehavingServerTests {
  let context = NetworkContext(deadline: .after(nanoseconds: 20_000_000_000))

  private func outcome(_ peer: Peer, _ context: NetworkContext? = nil) -> [String] {
    defer { peer.finish() }
    return codes { _ = try get(url(peer.endpoint, "/doc"), context ?? self.context) }
  }

  @Test func nothing() throws {
    #expect(try outcome(webPeer()) == ["http:eof", "http:eof"])
    #expect(try outcome(Peer { _, _ in }).first.map { $0 == "http:eof" || $0 == "http:ECONNRESET" } == true)
  }

  @Test func garbage() throws {
    #expect(try outcome(webPeer("\0\u{1}\u{2}rubbish\r\n\r\n")) == ["http:http-not-http", "http:http-not-http"])
    #expect(
      try outcome(webPeer("HTTP/1.1 2x0 OK\r\n\r\n")) == ["http:http-bad-status-line", "http:http-bad-status-line"])
    #expect(
      try outcome(webPeer("HTTP/3.0 200 OK\r\n\r\n")) == [
        "http:http-version-unsupported", "http:http-version-unsupported",
      ])
  }

  @Test func lyingLengths() throws {
    let cut = try outcome(webPeer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"))
    #expect(cut == ["http:http-body-truncated", "http:http-body-truncated"])
    let negative = try outcome(webPeer("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"))
    #expect(negative == ["http:http-bad-content-length", "http:http-bad-content-length"])
    let huge = try outcome(webPeer("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"))
    #expect(huge == ["http:http-bad-content-length", "http:http-bad-content-length"])
    let most = try outcome(webPeer("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx"))
    #expect(most == ["http:http-body-truncated", "http:http-body-truncated"])
  }

  @Test func brokenChunks() throws {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(try outcome(webPeer(head, "5\r\nhel")) == ["http:http-body-truncated", "http:http-body-truncated"])
    #expect(try outcome(webPeer(head, "zz\r\n")) == ["http:http-bad-chunk-size", "http:http-bad-chunk-size"])
    #expect(
      try outcome(webPeer(head, "ffffffffffffffff\r\nx")) == ["http:http-chunk-too-large", "http:http-chunk-too-large"])
  }

  @Test func aHeaderWithoutEnd() throws {
    let peer = try webPeer("HTTP/1.1 200 OK\r\n") { connection, context in
      while true { try connection.send(bytes("X-More: \(String(repeating: "x", count: 1_000))\r\n"), context) }
    }
    #expect(outcome(peer) == ["http:http-header-too-large", "http:http-header-too-large"])
  }

  @Test func interimResponsesWithoutEnd() throws {
    let peer = try webPeer { connection, context in
      while true { try connection.send(bytes("HTTP/1.1 102 Processing\r\n\r\n"), context) }
    }
    #expect(outcome(peer) == ["http:http-too-many-informational", "http:http-too-many-informational"])
  }

  @Test func aStall() throws {
    let peer = try webPeer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n") { connection, context in
      _ = try connection.recv(context)
    }
    var limited = context
    limited.limits.silence = TimeSpan(nanoseconds: 100_000_000)
    let took = milliseconds { #expect(outcome(peer, limited) == ["http:timeout", "tcp:timeout"]) }
    #expect((95...8_000).contains(took))
  }

  @Test func aTrickleIsEndedByTheLimitForTheWhole() throws {
    let peer = try webPeer("HTTP/1.1 200 OK\r\n\r\n") { connection, context in
      while true {
        try connection.send([0x2e], context)
        pause(milliseconds: 10)
      }
    }
    var limited = context
    limited.limits.exchange = TimeSpan(nanoseconds: 200_000_000)
    let took = milliseconds { #expect(outcome(peer, limited) == ["http:timeout", "tcp:timeout"]) }
    #expect((190...8_000).contains(took))
  }

  @Test func aReset() throws {
    let peer = try webPeer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") { connection, context in
      pause(milliseconds: 50)
      connection.reset(context)
    }
    #expect(outcome(peer) == ["http:ECONNRESET", "tcp:ECONNRESET", "system:ECONNRESET"])
  }

  @Test func aBodyWithoutEndMeetsTheLimit() throws {
    let peer = try webPeer("HTTP/1.1 200 OK\r\n\r\n") { connection, context in
      while true { try connection.send([UInt8](repeating: 0x2e, count: 65_536), context) }
    }
    var limited = context
    limited.limits.gather = 1_000_000
    #expect(outcome(peer, limited) == ["http:too-long"])
  }

  @Test func aClosedPortIsThreeLayers() throws {
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), context)
    listener.close(context)
    let found = codes { _ = try get(url(listener.endpoint, "/rfc/rfc2324.txt"), context) }
    #expect(found == ["http:ECONNREFUSED", "tcp:ECONNREFUSED", "system:ECONNREFUSED"])
  }

  @Test func anInterruptEndsAStalledExchange() throws {
    let peer = try webPeer { connection, context in _ = try connection.recv(context) }
    let interrupt = context.interrupt
    let thread = try WorkerThread.start {
      pause(milliseconds: 60)
      interrupt.raise()
    }
    #expect(outcome(peer) == ["http:interrupted", "tcp:interrupted"])
    thread.join()
  }

  @Test func httpsIsNotSpokenByAServerOfHTTP() throws {
    let peer = try Peer { connection, context in
      _ = try connection.recv(context)
      try connection.send(bytes("HTTP/1.1 400 Bad Request\r\n\r\n"), context)
    }
    #expect(
      codes { _ = try get(URL("https://\(peer.endpoint)/"), context) } == ["http:tls-not-spoken", "tls:tls-not-spoken"])
    #expect(codes { _ = try get(URL("ftp://127.0.0.1:1/"), context) } == ["http:bad-url"])
  }

  @Test func anEarlyAnswerCountsThoughTheRequestWasNotRead() throws {
    let peer = try Peer { connection, context in
      _ = try connection.recvUntil(bytes("\r\n\r\n"), context)
      try connection.send(bytes("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!"), context)
      try connection.shutdownWrite(context)
      pause(milliseconds: 200)
    }
    let body = [UInt8](repeating: 0x61, count: 30_000_000)
    let call = HTTPCall("POST", try url(peer.endpoint), body: body)
    var limited = context
    limited.limits.silence = TimeSpan(nanoseconds: 1_000_000_000)
    let outcome = codes {
      let exchange = try HTTPClient().start(call, limited)
      #expect(exchange.head.status == 413)
    }
    // Whether the answer outlives the reset is up to the timing of the system; it is one or the other, never a hang.
    #expect(outcome.isEmpty || outcome.first == "http:ECONNRESET")
  }
}
