import System
import Net
import Synchronization
import Testing
import Transport

@Suite struct ReceiveTests {
  let context = NetworkContext(deadline: .after(nanoseconds: 20_000_000_000))

  private func connection(_ pieces: [String], pause time: Int64 = 20) throws -> (Peer, Connection) {
    let peer = try Peer { connection, context in
      for piece in pieces {
        try connection.send(bytes(piece), context)
        pause(milliseconds: time)
      }
    }
    return (peer, try Connection.connect(tcp: peer.endpoint, context))
  }

  @Test func linesArriveInPieces() throws {
    let (peer, connection) = try connection(["220 he", "llo\r", "\nsecond\nlast"])
    defer { peer.finish() }
    #expect(try text(connection.recvLine(context)) == "220 hello")
    #expect(try text(connection.recvLine(context)) == "second")
    #expect(try text(connection.recvLine(context)) == "last")
    #expect(try connection.recvLine(context) == nil)
    #expect(try connection.recv(context) == nil)
    #expect(connection.state == .peerClosed)
  }

  @Test func untilKeepsWhatCameBeyond() throws {
    let (peer, connection) = try connection(["Host: a\r", "\n\r", "\nbody and", " more"])
    defer { peer.finish() }
    #expect(try text(connection.recvUntil(bytes("\r\n\r\n"), context)) == "Host: a\r\n\r\n")
    #expect(try text(connection.recvExactly(4, context)) == "body")
    #expect(codes { _ = try connection.recvUntil(bytes("\r\n"), context) } == ["tcp:eof"])
    #expect(connection.buffered == 9)
    #expect(codes { _ = try connection.recvExactly(10, context) } == ["tcp:eof"])
    #expect(try text(connection.recvExactly(9, context)) == " and more")
    #expect(try text(connection.recvAll(context)) == "")
  }

  @Test func recvGivesTheBufferedFirst() throws {
    let (peer, connection) = try connection(["a\nrest", "later"], pause: 100)
    defer { peer.finish() }
    let recorder = Recorder()
    var watched = context
    watched.taps = [recorder]
    #expect(try text(connection.recvLine(watched)) == "a")
    #expect(try text(connection.recv(max: 2, watched)) == "re")
    #expect(try text(connection.recv(watched)) == "st")
    #expect(recorder.lastSteps.filter { $0.kind == .recv }.count == 1)
    #expect(try text(connection.recv(watched)) == "later")
    #expect(recorder.lastSteps.filter { $0.kind == .recv }.count == 2)
  }

  @Test func halfClosingLetsThePeerAnswer() throws {
    let peer = try Peer { connection, context in
      let asked = try connection.recvAll(context)
      try connection.send(asked.reversed(), context)
    }
    let connection = try Connection.connect(tcp: peer.endpoint, context)
    try connection.send(bytes("stressed"), context)
    try connection.shutdownWrite(context)
    #expect(connection.state == .halfClosed)
    #expect(try text(connection.recvAll(context)) == "desserts")
    connection.close(context)
    connection.close(context)
    #expect(connection.state == .closed)
    #expect(codes { try connection.send(bytes("x"), context) } == ["tcp:closed"])
    #expect(codes { _ = try connection.recv(context) } == [])
  }

  @Test func aResetIsTheSystemsWord() throws {
    let peer = try Peer { connection, context in
      try connection.send(bytes("part"), context)
      _ = try connection.recv(max: 1, context)
      connection.reset(context)
    }
    let connection = try Connection.connect(tcp: peer.endpoint, context)
    try connection.send(bytes("go"), context)
    let found = codes { _ = try connection.recvAll(context) }
    #expect(found == ["tcp:ECONNRESET", "system:ECONNRESET"])
    #expect(connection.state == .reset)
  }

  @Test func limitsAreErrorsThatKeepTheBytes() throws {
    let (peer, connection) = try connection(["0123456789"])
    defer { peer.finish() }
    #expect(codes { _ = try connection.recvLine(max: 5, context) } == ["tcp:too-long"])
    #expect(codes { _ = try connection.recvUntil(bytes("z"), max: 5, context) } == ["tcp:too-long"])
    #expect(codes { _ = try connection.recvAll(max: 5, context) } == ["tcp:too-long"])
    #expect(codes { _ = try connection.recvExactly(.max, context) } == ["tcp:too-long"])
    #expect(try text(connection.recvAll(context)) == "0123456789")
  }

  @Test func everyWaitHasAnEnd() throws {
    let peer = try Peer { connection, context in _ = try connection.recv(context) }
    let connection = try Connection.connect(tcp: peer.endpoint, context)
    let soon = milliseconds {
      #expect(codes { _ = try connection.recv(context.within(.after(nanoseconds: 60_000_000))) } == ["tcp:timeout"])
    }
    #expect((55...8_000).contains(soon))
    var limited = context
    limited.limits.silence = TimeSpan(nanoseconds: 60_000_000)
    do {
      _ = try connection.recvLine(limited)
    } catch {
      #expect(error.message == "receive a line from \(peer.endpoint): nothing moved for 60ms")
    }
  }

  @Test func anInterruptFromAnotherThreadEndsAWait() throws {
    let peer = try Peer { connection, context in _ = try connection.recv(context) }
    let connection = try Connection.connect(tcp: peer.endpoint, context)
    let interrupt = context.interrupt
    let raised = Times()
    let thread = try WorkerThread.start {
      pause(milliseconds: 100)
      raised.note()
      interrupt.raise()
    }
    #expect(codes { _ = try connection.recvAll(context) } == ["tcp:interrupted"])
    let now = monotonicNow()
    thread.join()
    #expect(now - raised.noted < 50_000_000)
    interrupt.clear()
    #expect(codes { _ = try connection.recv(context.within(.after(nanoseconds: 1))) } == ["tcp:timeout"])
  }

  @Test func closingOnAnotherThreadEndsAWait() throws {
    let peer = try Peer { connection, context in _ = try connection.recv(context) }
    let connection = try Connection.connect(tcp: peer.endpoint, context)
    let context = context
    let thread = try WorkerThread.start {
      pause(milliseconds: 50)
      connection.close(context)
    }
    let took = milliseconds { #expect(codes { _ = try connection.recv(context) } == ["tcp:closed"]) }
    #expect(connection.state == .closed)
    #expect(took < 8_000)
    thread.join()
  }

  @Test func muchGoesThroughInOrder() throws {
    let sent = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 7) }
    let peer = try Peer { connection, context in try connection.send(sent, context) }
    let recorder = Recorder()
    var watched = context
    watched.taps = [recorder]
    let connection = try Connection.connect(tcp: peer.endpoint, watched)
    #expect(try connection.recvExactly(1_234_567, watched) == Array(sent[..<1_234_567]))
    #expect(try connection.recvAll(watched) == Array(sent[1_234_567...]))
    let recording = try #require(recorder.recording(of: connection.id))
    #expect(recording.keptBytes >= 131_072 && recording.keptBytes < 131_072 + 3 * 262_144)
    #expect(recording.keptBytes + recording.droppedBytes == sent.count)
    let steps = recording.steps.filter { $0.byteCount > 0 }
    let first = steps.flatMap(\.bytes)
    #expect(first == Array(sent[..<65_536]))
    let last = steps.flatMap(\.lastBytes)
    #expect(last.count >= 65_536 && last == Array(sent.suffix(last.count)))
  }
}

/// A moment noted on one thread and read on another.
final class Times: Sendable {
  private let moment = Atomic<Int64>(0)
  func note() { moment.store(monotonicNow(), ordering: .releasing) }
  var noted: Int64 { moment.load(ordering: .acquiring) }
}
