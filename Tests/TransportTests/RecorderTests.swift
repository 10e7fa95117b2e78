import Net
import Testing
import Transport

@Suite struct RecorderTests {
  private func step(_ kind: Step.Kind, _ bytes: [UInt8], connection: Int = 1, exchange: Int = 0) -> Step {
    var step = Step(kind, connection: connection, exchange: exchange)
    step.bytes = bytes
    step.byteCount = bytes.count
    return step
  }

  /// What of a direction is kept at its front and at its back.
  private func kept(_ recorder: Recorder, _ kind: Step.Kind) -> (first: [UInt8], last: [UInt8]) {
    let steps = recorder.steps(ofConnection: 1).filter { $0.kind == kind }
    return (steps.flatMap(\.bytes), steps.flatMap(\.lastBytes))
  }

  @Test(arguments: [1, 3, 7, 10, 64, 100, 1_000])
  func theFirstAndTheLastAreKeptHoweverTheyAreCut(piece: Int) throws {
    let all = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let recorder = Recorder(keeping: .size(100))
    var rest = all[...]
    while !rest.isEmpty {
      recorder.observe(step(.recv, Array(rest.prefix(piece))))
      rest = rest.dropFirst(piece)
    }
    let (first, last) = kept(recorder, .recv)
    #expect(first == Array(all.prefix(100)))
    #expect(last.count >= 100 && last.count < 100 + max(piece, 1) + 100)
    #expect(last == Array(all.suffix(last.count)))
    let recording = try #require(recorder.recording(of: 1))
    #expect(recording.keptBytes == first.count + last.count)
    #expect(recording.keptBytes + recording.droppedBytes == 1_000)
    #expect(recording.steps.reduce(0) { $0 + $1.byteCount } == 1_000)
  }

  @Test func directionsAreKeptApart() {
    let recorder = Recorder(keeping: .size(4))
    recorder.observe(step(.send, Array(0..<20)))
    recorder.observe(step(.recv, Array(100..<120)))
    #expect(kept(recorder, .send) == ([0, 1, 2, 3], [16, 17, 18, 19]))
    #expect(kept(recorder, .recv) == ([100, 101, 102, 103], [116, 117, 118, 119]))
  }

  @Test func allAndOff() {
    let recorder = Recorder(keeping: .all)
    recorder.observe(step(.recv, [UInt8](repeating: 1, count: 500_000)))
    recorder.keeping = .off
    recorder.observe(step(.recv, [UInt8](repeating: 2, count: 500_000)))
    let recording = recorder.recording(of: 1)
    #expect(recording?.keptBytes == 500_000)
    #expect(recording?.droppedBytes == 500_000)
    #expect(recorder.lastSteps.count == 2)
    recorder.clear()
    #expect(recorder.lastSteps.isEmpty && recorder.connections.isEmpty && recorder.keeping == .off)
  }

  @Test func stepsAreBoundedAndCounted() throws {
    let recorder = Recorder(keeping: .size(16))
    for number in 0..<40_000 { recorder.observe(step(.recv, [UInt8(truncatingIfNeeded: number)])) }
    let recording = try #require(recorder.recording(of: 1))
    #expect(recording.stepCount + recording.droppedSteps == 40_000)
    #expect(recording.stepCount < 20_000)
    #expect(kept(recorder, .recv).last.suffix(16) == (39_984..<40_000).map { UInt8(truncatingIfNeeded: $0) }[...])
    #expect(recording.keptBytes + recording.droppedBytes == 40_000)
  }

  @Test func connectionsAreBoundedAndCounted() {
    let recorder = Recorder()
    for number in 1...1_000 { recorder.observe(step(.send, [0x2e], connection: number, exchange: number)) }
    #expect(recorder.connections.count == 256)
    #expect(recorder.droppedConnections == 744)
    #expect(recorder.steps(ofExchange: 1_000).count == 1)
    #expect(recorder.steps(ofExchange: 1).isEmpty)
    for number in 1...100 {
      recorder.observe(step(.recv, [UInt8](repeating: 0, count: 1_000_000), connection: 2_000 + number))
    }
    let kept = recorder.connections.reduce(0) { $0 + (recorder.recording(of: $1)?.keptBytes ?? 0) }
    #expect(kept <= 32 << 20)
  }

  @Test func aHoldComesBeforeTheStep() throws {
    final class Holder: Tap {
      let recorder = Recorder()
      func observe(_ step: Step) { recorder.observe(step) }
      var mayHold: Bool { true }
      func hold(before step: Step, _ interrupt: Interrupt) -> Ruling {
        var held = step
        held.detail = "held"
        held.byteCount = held.bytes.count
        recorder.observe(held)
        return .go
      }
    }
    let holder = Holder()
    let peer = try Peer { connection, context in _ = try connection.recvAll(context) }
    let context = NetworkContext(deadline: .after(nanoseconds: 10_000_000_000), taps: [holder])
    let connection = try Connection.connect(tcp: peer.endpoint, context)
    try connection.send(bytes("hello"), context)
    try connection.shutdownWrite(context)
    #expect(try connection.recv(context) == nil)
    connection.close(context)
    let steps = holder.recorder.steps(ofConnection: connection.id)
    let kinds: [Step.Kind] = [.socket, .connect, .send, .shutdown, .recv, .close]
    #expect(steps.map(\.kind) == kinds.flatMap { [$0, $0] })
    #expect(steps.map { $0.detail == "held" } == kinds.flatMap { _ in [true, false] })
    #expect(steps[4].bytes == bytes("hello"))
    #expect(steps.allSatisfy { $0.end >= $0.start })
  }
}

@Suite struct NameMapTests {
  private func endpoint(_ text: String) throws -> Endpoint { try #require(try Endpoint.parse(text)) }

  @Test func endpointsBeforeNames() throws {
    var map = NameMap()
    map.map(try endpoint("www.example.test:80"), to: try endpoint("127.0.0.1:1001"))
    map.map(name: "www.example.test", to: try endpoint("127.0.0.1:1002"))
    #expect(map[try endpoint("WWW.Example.Test:80")] == (try endpoint("127.0.0.1:1001")))
    #expect(map[try endpoint("www.example.test:81")] == (try endpoint("127.0.0.1:1002")))
    #expect(map[try endpoint("example.test:80")] == nil)
    #expect(map.entries.map(\.from) == ["www.example.test", "www.example.test:80"])
    map.remove(name: "www.example.test")
    map.remove(try endpoint("www.example.test:80"))
    #expect(map.entries.isEmpty)
  }

  @Test func addressesCanBeMappedToo() throws {
    var map = NameMap()
    map.map(try endpoint("192.0.2.1:25"), to: try endpoint("[::1]:2525"))
    #expect(map[try endpoint("192.0.2.1:25")] == (try endpoint("[::1]:2525")))
  }
}
