import Glibc
import Net
import Synchronization
import System
import Testing
import TestSupport
import Transport

/// Connections of all kinds between two ends in this process.
@Suite struct StreamTests {
  private struct Fixed: NameLookup {
    let title = "a list"
    let list: [String]
    func addresses(of name: String, deadline: Deadline, interrupt: Interrupt) throws(NameError) -> [Address] {
      list.compactMap { Address($0) }
    }
  }

  private func context() -> NetworkContext { NetworkContext(deadline: .after(nanoseconds: 20_000_000_000)) }

  @Test func familiesTakeTurns() throws {
    // 192.0.2.0/24 and 2001:db8::/32 are documentation's (RFC 5737, RFC 3849); nothing is sent to them by a look-up.
    var options = ConnectOptions()
    options.stagger = 1_000_000
    let peer = try Peer { connection, context in try connection.send(bytes("hi"), context) }
    let list = ["::1", "::1", "127.0.0.1", "127.0.0.1"]
    let asked = Endpoint(host: .name("www.example.test"), port: peer.endpoint.port)
    var context = context()
    context.names = Fixed(list: list)
    let connection = try Connection.connect(tcp: asked, context, options: options)
    let tried = connection.attempts.map { "\($0.endpoint.host) \($0.outcome)" }
    #expect(tried == ["::1 ECONNREFUSED", "127.0.0.1 connected"])
  }

  /// An address whose queue is full answers nothing: the next one begins after the stagger and wins.
  @Test func aSilentAddressDelaysNoLongerThanTheStagger() throws {
    let context = context()
    let silent = try Listener.listen(tcp: Endpoint(address: Address(v4: 0x7f00_0002), port: 0), backlog: 0, context)
    let port = silent.endpoint.port
    var waiting: [Connection] = []
    for _ in 0..<4 {
      let short = context.within(.after(nanoseconds: 100_000_000))
      if let one = try? Connection.connect(tcp: silent.endpoint, short) { waiting.append(one) }
    }
    let quick = try Listener.listen(tcp: Endpoint(address: Address(v4: 0x7f00_0003), port: port), context)
    var named = context
    named.names = Fixed(list: ["127.0.0.2", "127.0.0.3"])
    let recorder = Recorder()
    named.taps = [recorder]
    var connection: Connection?
    let took = try milliseconds {
      connection = try Connection.connect(tcp: Endpoint(host: .name("two.test"), port: port), named)
    }
    #expect(took >= 240 && took < 8_000)
    #expect(connection?.remote == quick.local)
    #expect(connection?.attempts.map(\.outcome) == ["connected", "abandoned"])
    #expect(recorder.lastSteps.map(\.kind) == [.resolve, .socket, .socket, .connect, .close])
    for one in waiting { one.close(context) }
    silent.close(context)
    quick.close(context)
  }

  @Test func optionsChooseFamilyAndSource() throws {
    let context = context()
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), context)
    var options = ConnectOptions()
    options.source = Endpoint(address: Address(v4: 0x7f00_0009), port: 0)
    let connection = try Connection.connect(tcp: listener.endpoint, context, options: options)
    #expect(connection.local.endpoint?.address == Address(v4: 0x7f00_0009))
    options = ConnectOptions()
    options.family = .v6
    #expect(
      codes { _ = try Connection.connect(tcp: listener.endpoint, context, options: options) } == [
        "tcp:NODATA", "name:NODATA",
      ])
    options = ConnectOptions()
    options.interface = "lo"
    #expect(throws: Never.self) { _ = try Connection.connect(tcp: listener.endpoint, context, options: options) }
    options.interface = "none0"
    #expect(
      codes { _ = try Connection.connect(tcp: listener.endpoint, context, options: options) } == [
        "tcp:ENODEV", "system:ENODEV",
      ])
  }

  @Test func aPathIsRemovedWithItsListenerAndTakenFromADeadOne() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/s"
    let context = context()
    let first = try Listener.listen(unix: path, context)
    #expect(codes { _ = try Listener.listen(unix: path, context) } == ["unix:EADDRINUSE", "system:EADDRINUSE"])
    first.close(context)
    #expect(access(path, F_OK) != 0)
    // A socket's file without a listener.
    let dead = try Connection.socket(.unix, context)
    try dead.bind(to: .unix(path), context)
    dead.close(context)
    #expect(access(path, F_OK) == 0)
    let second = try Listener.listen(unix: path, context)
    let client = try Connection.connect(unix: path, context)
    let served = try second.accept(context)
    #expect(client.remote == .unix(path) && served.local == .unix(path) && served.remote == .unnamed)
    second.close(context)
    let long = String(repeating: "x", count: 200)
    #expect(codes { _ = try Connection.connect(unix: long, context) }.last == "system:ENAMETOOLONG")
  }

  @Test func datagramsStayWhole() throws {
    let context = context()
    let box = try Connection.socket(.udp, context)
    try box.bind(to: .endpoint(Endpoint(address: Address(v4: 0x7f00_0001), port: 0)), context)
    let post = try Connection.socket(.udp, context)
    try post.connect(to: box.local, context)
    for piece in ["one", "", "three"] { try post.send(bytes(piece), context) }
    #expect(try box.peek(context)?.data == bytes("one"))
    #expect(try box.recvDatagram(context).data == bytes("one"))
    #expect(try box.recv(context) == [])
    let last = try box.recvDatagram(max: 2, context)
    #expect(last.data == bytes("th") && last.from == post.local)
    #expect(codes { _ = try box.recvAll(context) } == ["udp:no-stream"])
  }

  /// A signal every few microseconds, whose handler restarts nothing (sigaction(2) without SA_RESTART).
  @Test func signalsInterruptNothing() throws {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGUSR2, &action, nil)
    let size = 8 << 20
    let sent = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let peer = try Peer { connection, context in try connection.send(sent, context) }
    let context = context()
    let (thread, isOver) = (SendablePthread(pthread_self()), Flag())
    let storm = try WorkerThread.start {
      while !isOver.isSet {
        pthread_kill(thread.handle, SIGUSR2)
        usleep(20)
      }
    }
    let connection = try Connection.connect(tcp: peer.endpoint, context)
    let received = try connection.recvAll(context)
    isOver.set()
    storm.join()
    #expect(received == sent)
  }

  private struct SendablePthread: Sendable {
    let handle: pthread_t
    init(_ handle: pthread_t) { self.handle = handle }
  }

  private final class Flag: Sendable {
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
  }
}
