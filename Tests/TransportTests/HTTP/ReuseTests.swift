import Clients
import Net
import Testing
import Transport
import Wire

/// Which connections rest after a response, by RFC 9112 §9.3.
struct ReuseTests {
  private let context = NetworkContext(deadline: .after(nanoseconds: 60_000_000_000))

  /// Fetches from a peer that answers so and stays, and gives how many connections rest then.
  private func resting(_ method: String, _ response: String, reads: Bool = true, headers: HTTPHeaders = []) throws
    -> Int
  {
    let peer = try webPeer(response) { connection, context in _ = try connection.recv(context) }
    defer { peer.finish() }
    let pool = HTTPPool()
    var client = HTTPClient()
    client.pool = pool
    let exchange = try client.start(HTTPCall(method, url(peer.endpoint), headers: headers), context)
    if reads { _ = try exchange.readAll() } else { exchange.close() }
    let count = pool.resting.count
    #expect(pool.close(context) == count)
    #expect(exchange.connection.state == .closed)
    return count
  }

  @Test(arguments: [
    ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 1),
    ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi", 0),
    ("GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", 0),
    ("GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nhi", 1),
    ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nT: 1\r\n\r\n", 1),
    ("GET", "HTTP/1.1 204 No Content\r\n\r\n", 1), ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 1),
    ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", 1),
    // Bytes that answer no request (RFC 9112 §9.2).
    ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n\r\n", 0),
    ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 0),
  ]) func aConnectionRestsIfBothEndsLeaveIt(method: String, response: String, count: Int) throws {
    #expect(try resting(method, response) == count)
  }

  @Test func ourOwnFieldClosesIt() throws {
    let response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    #expect(try resting("GET", response, headers: [HTTPField("Connection", "close")]) == 0)
  }

  @Test func aLittleThatNobodyReadsIsReadForItsSake() throws {
    #expect(try resting("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", reads: false) == 1)
    // What is missing may never come, and much is not worth it.
    #expect(try resting("GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi", reads: false) == 0)
    #expect(try resting("GET", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhi", reads: false) == 0)
  }

  @Test func aRequestThatWasHeardIsNotRepeated() throws {
    let peer = try webPeer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") { connection, context in
      _ = try connection.recvUntil(bytes("\r\n\r\n"), context)
    }
    defer { peer.finish() }
    var client = HTTPClient()
    client.pool = HTTPPool()
    let first = try client.start(HTTPCall("GET", url(peer.endpoint)), context)
    _ = try first.readAll()
    // The peer closes without an answer; of a POST nobody knows whether it was carried out (RFC 9110 §9.2.2).
    let second = codes { _ = try client.start(HTTPCall("POST", url(peer.endpoint), body: [1]), context) }
    #expect(second.first == "http:eof" || second.first == "http:ECONNRESET", "\(second)")
  }
}
