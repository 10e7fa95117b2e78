import System
import Net
import Testing
import Transport

@Suite struct ConnectTests {
  private struct Fixed: NameLookup {
    let title = "a list"
    let list: [String]
    func addresses(of name: String, deadline: Deadline, interrupt: Interrupt) throws(NameError) -> [Address] {
      list.compactMap { Address($0) }
    }
  }

  private func closedPort() throws -> UInt16 {
    let context = NetworkContext()
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), context)
    defer { listener.close(context) }
    return listener.endpoint.port
  }

  @Test func aClosedPortIsTwoLayers() throws {
    let port = try closedPort()
    let endpoint = try #require(try Endpoint.parse("127.0.0.1:\(port)"))
    #expect(throws: TransportError.self) { try Connection.connect(tcp: endpoint, NetworkContext()) }
    do {
      _ = try Connection.connect(tcp: endpoint, NetworkContext())
    } catch {
      #expect(error.message == "connect to 127.0.0.1:\(port)")
      #expect(error.code == "ECONNREFUSED")
      #expect(error.cause?.message == "connect(2) = ECONNREFUSED (111), connection refused")
    }
    #expect(
      codes { _ = try Connection.connect(tcp: endpoint, NetworkContext()) } == [
        "tcp:ECONNREFUSED", "system:ECONNREFUSED",
      ])
  }

  @Test func eachAddressOfANameIsTried() throws {
    let peer = try Peer { connection, context in try connection.send(bytes("hello"), context) }
    let recorder = Recorder()
    let context = NetworkContext(taps: [recorder], names: Fixed(list: ["::1", "127.0.0.1"]))
    let asked = Endpoint(host: .name("www.example.test"), port: peer.endpoint.port)
    let connection = try Connection.connect(tcp: asked, context)
    #expect(try text(connection.recvAll(context)) == "hello")
    #expect(connection.remote == .endpoint(peer.endpoint))
    let kinds = recorder.lastSteps.map(\.kind)
    #expect(kinds == [.resolve, .socket, .connect, .socket, .connect, .recv, .recv])
    #expect(recorder.lastSteps[2].error?.code == "ECONNREFUSED")
    #expect(recorder.lastSteps[0].detail == "www.example.test by a list: ::1, 127.0.0.1")
  }

  @Test func theLastAddressSaysWhichItIs() throws {
    let port = try closedPort()
    let context = NetworkContext(names: Fixed(list: ["127.0.0.2", "127.0.0.1"]))
    do {
      _ = try Connection.connect(tcp: Endpoint(host: .name("www.example.test"), port: port), context)
      Issue.record("connected")
    } catch {
      #expect(error.message == "connect to 127.0.0.1:\(port) (the second of 2 addresses of www.example.test)")
    }
  }

  @Test func aMappedEndpointSaysSo() throws {
    let peer = try Peer { _, _ in }
    let recorder = Recorder()
    var context = NetworkContext(taps: [recorder])
    let asked = Endpoint(host: .name("www.rfc.test"), port: 80)
    context.map.map(asked, to: peer.endpoint)
    let connection = try Connection.connect(tcp: Endpoint(host: .name("WWW.rfc.test"), port: 80), context)
    #expect(connection.mappedFrom?.name == "WWW.rfc.test")
    #expect(recorder.lastSteps.first?.kind == .map)
    #expect(recorder.lastSteps.first?.detail == "WWW.rfc.test:80 mapped to \(peer.endpoint)")
    #expect(!recorder.lastSteps.contains { $0.kind == .resolve })
  }

  @Test func aNameThatDoesNotExistIsANameError() throws {
    let asked = Endpoint(host: .name("no-such-host.invalid"), port: 80)
    let deadline = Deadline.after(nanoseconds: 15_000_000_000)
    let found = codes { _ = try Connection.connect(tcp: asked, NetworkContext(deadline: deadline)) }
    // Without any resolver the system says "try again", RFC 6761 §6.4 lets one that is there say NXDOMAIN.
    #expect(
      found == ["tcp:NXDOMAIN", "name:NXDOMAIN"] || found == ["tcp:EAI_AGAIN", "name:EAI_AGAIN"]
        || found == ["tcp:timeout"])
  }

  @Test func localhostIsFoundByTheSystem() throws {
    let found = try SystemNameLookup().addresses(of: "localhost", deadline: .never, interrupt: Interrupt())
    #expect(found.contains(Address(v4: 0x7f00_0001)))
  }

  @Test func aNameWithSpacesReachesNoResolver() throws {
    let lookup = SystemNameLookup()
    for name in ["", "a b", "a\0b", String(repeating: "a", count: 300)] {
      #expect(throws: NameError.self) { try lookup.addresses(of: name, deadline: .never, interrupt: Interrupt()) }
    }
  }

  @Test func connectingToSilenceTimesOut() throws {
    // A listener whose queue is full answers no further SYN.
    let context = NetworkContext()
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), backlog: 0, context)
    var waiting: [Connection] = []
    var limited = context
    limited.limits.connect = TimeSpan(nanoseconds: 150_000_000)
    var failure: TransportError?
    for _ in 0..<20 where failure == nil {
      do throws(TransportError) {
        waiting.append(try Connection.connect(tcp: listener.endpoint, limited))
      } catch {
        failure = error
      }
    }
    #expect(failure?.code == "timeout")
    #expect(failure?.message == "connect to \(listener.local): no answer within 150ms")
    let took = milliseconds {
      let code = codes {
        _ = try Connection.connect(tcp: listener.endpoint, context.within(.after(nanoseconds: 100_000_000)))
      }
      #expect(code == ["tcp:timeout"])
    }
    #expect((90...8_000).contains(took))
  }

  @Test func listeningWhereSomebodyListensIsRefused() throws {
    let context = NetworkContext()
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), context)
    let again = codes { _ = try Listener.listen(tcp: listener.endpoint, context) }
    #expect(again == ["tcp:EADDRINUSE", "system:EADDRINUSE"])
    listener.close(context)
    listener.close(context)
    #expect(listener.state == "closed")
    #expect(codes { _ = try listener.accept(context) } == ["tcp:closed"])
    let next = try Listener.listen(tcp: Endpoint(host: .any, port: listener.endpoint.port), context)
    #expect(next.locals.count <= 2 && next.locals[0] == listener.local)
  }

  @Test func unknownErrnosSurvive() {
    let error = SystemCallError(call: "connect", errno: 4711)
    #expect(error.code == "errno 4711")
    #expect(error.message == "connect(2) = errno 4711")
  }
}
