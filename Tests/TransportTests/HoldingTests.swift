import Net
import Synchronization
import Testing
import Transport

/// What a tap that holds steps can make of them.
struct HoldingTests {
  /// Rules on the steps of a kind, and remembers all that it was told.
  private final class Holder: Tap {
    let recorder = Recorder()
    private let held = Mutex<[Step.Kind]>([])
    private let kind: Step.Kind
    private let ruling: Ruling
    let mayHold = true

    init(_ kind: Step.Kind, _ ruling: Ruling) {
      self.kind = kind
      self.ruling = ruling
    }

    var kinds: [Step.Kind] { held.withLock { $0 } }
    func observe(_ step: Step) { recorder.observe(step) }

    func hold(before step: Step, _ interrupt: Interrupt) -> Ruling {
      held.withLock { $0.append(step.kind) }
      return step.kind == kind ? ruling : .go
    }
  }

  private func context(_ holder: Holder) -> NetworkContext {
    NetworkContext(deadline: .after(nanoseconds: 10_000_000_000), taps: [holder])
  }

  @Test func otherBytesAreSentInstead() throws {
    let received = Peer.Received()
    let peer = try Peer { connection, context in received.set(try connection.recv(context) ?? []) }
    let holder = Holder(.send, .instead(bytes("other")))
    let connection = try Connection.connect(tcp: peer.endpoint, context(holder))
    try connection.send(bytes("hello, all of you"), context(holder))
    connection.close(context(holder))
    for _ in 0..<1_000 where received.get().isEmpty { pause(milliseconds: 5) }
    peer.finish()
    #expect(received.get() == bytes("other"))
    let step = holder.recorder.steps(ofConnection: connection.id).first { $0.kind == .send }
    #expect(step?.bytes == bytes("other") && step?.detail == "edited by hand: 5 bytes for 17")
  }

  @Test func whatIsSkippedDoesNotLeave() throws {
    let received = Peer.Received()
    let peer = try Peer { connection, context in received.set(try connection.recv(context) ?? []) }
    let holder = Holder(.send, .skip)
    let connection = try Connection.connect(tcp: peer.endpoint, context(holder))
    try connection.send(bytes("hello"), context(holder))
    try connection.send(bytes("seen"), NetworkContext())
    connection.close(context(holder))
    for _ in 0..<1_000 where received.get().isEmpty { pause(milliseconds: 5) }
    peer.finish()
    #expect(received.get() == bytes("seen"))
    let step = holder.recorder.steps(ofConnection: connection.id).first { $0.kind == .send }
    #expect(step?.byteCount == 0 && step?.detail == "skipped by hand: none of 5 bytes left")
  }

  @Test(arguments: [Step.Kind.socket, .connect, .recv])
  func whatOthersNeedFailsIfItIsSkipped(kind: Step.Kind) throws {
    let peer = try Peer { connection, context in try connection.send(bytes("hello"), context) }
    let holder = Holder(kind, .skip)
    let error = #expect(throws: TransportError.self) {
      let connection = try Connection.connect(tcp: peer.endpoint, context(holder))
      defer { connection.close(context(holder)) }
      _ = try connection.recv(context(holder))
    }
    #expect(error?.code == "skipped")
    peer.finish()
  }

  @Test(arguments: [Step.Kind.socket, .connect, .send, .recv, .shutdown])
  func stoppingIsAnInterruption(kind: Step.Kind) throws {
    let peer = try Peer { connection, context in
      try connection.send(bytes("hello"), context)
      _ = try connection.recvAll(context)
    }
    let holder = Holder(kind, .stop)
    let error = #expect(throws: TransportError.self) {
      let connection = try Connection.connect(tcp: peer.endpoint, context(holder))
      defer { connection.close(context(holder)) }
      try connection.send(bytes("x"), context(holder))
      try connection.shutdownWrite(context(holder))
      _ = try connection.recv(context(holder))
    }
    #expect(error?.code == "interrupted")
    peer.finish()
  }

  @Test func aSkippedCloseLeavesItOpen() throws {
    let peer = try Peer { connection, context in _ = try connection.recvAll(context) }
    let holder = Holder(.close, .skip)
    let connection = try Connection.connect(tcp: peer.endpoint, context(holder))
    connection.close(context(holder))
    #expect(connection.state == .connected && connection.descriptor.isOpen)
    try connection.send(bytes("still here"), context(holder))
    connection.close(NetworkContext())
    peer.finish()
  }

  /// Each step of the sockets is held, and is told of afterwards.
  @Test func everyStepIsHeldBeforeItIsDone() throws {
    let holder = Holder(.request, .go)
    let context = context(holder)
    let listener = try Listener.listen(tcp: Endpoint(host: .any, port: 0), context)
    let near = try Connection.connect(tcp: listener.endpoint, context)
    let far = try listener.accept(context)
    try near.send(bytes("a"), context)
    _ = try far.recv(context)
    try near.shutdownWrite(context)
    near.close(context)
    far.reset(context)
    listener.close(context)
    let datagrams = try Connection.open(udp: Endpoint(host: .any, port: 0), DatagramOptions(), context)
    try datagrams.transmit(bytes("b"), to: datagrams.local, context)
    #expect(try datagrams.recvDatagram(context).data == bytes("b"))
    datagrams.close(context)
    let unix = try Listener.listen(unix: "@nsh-holding-\(monotonicNow())", context)
    guard case .unix(let name) = unix.local else { throw TransportError(.socket, .closed) }
    let path = try Connection.connect(unix: name, context)
    path.close(context)
    unix.close(context)
    #expect(
      holder.kinds == [
        .socket, .bind, .listen, .socket, .connect, .accept, .send, .recv, .shutdown, .close, .close, .close, .socket,
        .bind, .send, .recv, .close, .socket, .bind, .listen, .socket, .connect, .close, .close,
      ])
  }

  /// A look-up that goes over the wire says so of its steps.
  @Test func stepsOfALookUpAreMarked() throws {
    struct Names: NameLookup {
      let title = "a test"
      let peer: Endpoint
      func addresses(of name: String, deadline: Deadline, interrupt: Interrupt) throws(NameError) -> [Address] { [] }
      func addresses(of name: String, _ context: NetworkContext) throws(NameError) -> [Address] {
        (try? Connection.connect(tcp: peer, context))?.close(context)
        return [peer.address ?? Address(v4: 0x7f00_0001)]
      }
    }
    let peer = try Peer { _, _ in }
    let holder = Holder(.request, .go)
    var context = context(holder)
    context.names = Names(peer: peer.endpoint)
    _ = try? Connection.connect(tcp: Endpoint(host: .name("a.test"), port: peer.endpoint.port), context)
    let steps = holder.recorder.connections.flatMap { holder.recorder.steps(ofConnection: $0) }
    #expect(steps.filter(\.isLookup).map(\.kind) == [.socket, .connect, .close])
    #expect(steps.contains { $0.kind == .resolve && !$0.isLookup })
    peer.finish()
  }
}
