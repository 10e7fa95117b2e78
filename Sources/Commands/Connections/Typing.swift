import Glibc
import Net
import Synchronization
import System
import Transport

/// A thread that sends what comes on standard input, until its end or until it is stopped.
final class Typing: Sendable {
  private let thread: WorkerThread
  private let interrupt = Interrupt.small()
  private let outcome = Outcome()

  /// Why it could not go on.
  struct Failed: Sendable {
    let error: any LayeredError
    func rethrow() throws { throw error }
  }

  /// What the thread leaves behind.
  private final class Outcome: Sendable {
    let failure = Mutex<Failed?>(nil)
  }

  /// Starts it; `kept` is what was read before and nobody took.
  init(
    into connection: Connection, kept: [UInt8], readsInput: Bool, crlf: Bool, endsDirection: Bool,
    _ outer: NetworkContext
  ) throws {
    var context = outer
    context.interrupt = interrupt
    let (own, outcome) = (context, outcome)
    thread = try WorkerThread.start {
      do {
        var last: UInt8 = 0
        var piece: [UInt8]? = kept
        while let bytes = piece {
          if !bytes.isEmpty { try connection.send(crlf ? withCRLF(bytes, after: last) : bytes, own) }
          last = bytes.last ?? last
          piece = readsInput ? try Self.read(own) : nil
        }
        if endsDirection, !connection.isDatagram { try connection.shutdownWrite(own) }
      } catch let error as any LayeredError {
        // A peer that left is told of by what receives from it.
        if !own.interrupt.isRaised { outcome.failure.withLock { $0 = Failed(error: error) } }
      } catch {}
    }
  }

  /// Ends it, and gives why it ended before, if it could not go on.
  @discardableResult
  func stop() -> Failed? {
    interrupt.raise()
    thread.join()
    return outcome.failure.withLock { failure in
      defer { failure = nil }
      return failure
    }
  }

  /// Waits for input and reads once, read(2); nil at its end.
  private static func read(_ context: NetworkContext) throws -> [UInt8]? {
    let input = Descriptor(owning: try systemCall("dup") { dup(STDIN_FILENO) })
    defer { input.close() }
    do throws(WaitError) {
      try Transport.wait([input], for: .read, deadline: .never, interrupt: context.interrupt)
    } catch {
      // Stopped: the direction of a peer that has ended is not ended a second time.
      throw SystemCallError(call: "read", errno: EINTR)
    }
    return try input.use("read") { number throws(SystemCallError) in
      var piece = [UInt8](repeating: 0, count: 65_536)
      let count = try systemCall("read") { Glibc.read(number, &piece, piece.count) }
      return count > 0 ? Array(piece[..<count]) : nil
    }
  }
}
