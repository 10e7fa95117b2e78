import CSystem
import Glibc
import Net
import System

/// What was received until a file could not take more: how many bytes it has, and why.
public struct FileReceiptError: Error, Sendable {
  public let written: Int
  public let error: any LayeredError

  public init(written: Int, error: any LayeredError) {
    self.written = written
    self.error = error
  }
}

/// What ended a receiving into a file: an error of the connection or of the file.
private struct Halt: Error {
  let error: any LayeredError
}

extension Connection {
  /// Receives to the end of the stream into an open file, in constant memory; gives how many bytes that was.
  ///
  /// Where the kernel can, splice(2) moves them without a copy through this process. What was received and could not be
  /// written is in the buffer afterwards, so that nothing is lost.
  public func recv(intoFile file: Int32, _ context: NetworkContext) throws(FileReceiptError) -> Int {
    var written = 0
    do throws(Halt) {
      // The first piece goes through our hands: it shows the taps how it began, and empties the buffer.
      while let piece = try receive(context) {
        try write(piece, to: file, &written)
        guard protection == nil, !isDatagram, let pipe = Pipe() else { continue }
        try splice(through: pipe, to: file, &written, context)
      }
      return written
    } catch {
      throw FileReceiptError(written: written, error: error.error)
    }
  }

  private func receive(_ context: NetworkContext) throws(Halt) -> [UInt8]? {
    do throws(TransportError) { return try recv(context) } catch { throw Halt(error: error) }
  }

  private func require(_ step: inout Step, _ context: NetworkContext) throws(Halt) {
    do throws(TransportError) { try context.require(&step, .receive(.all, from: remote)) } catch {
      throw Halt(error: error)
    }
  }

  /// Moves bytes through a pipe until the end of the stream, or until the system cannot do it with this file.
  private func splice(
    through pipe: Pipe, to file: Int32, _ written: inout Int, _ context: NetworkContext
  ) throws(Halt) {
    var isPossible = true
    while isPossible, !incoming.withLock({ $0.ended }) {
      var step = step(.recv, context)
      do throws(Halt) {
        try require(&step, context)
        guard let count = try fill(pipe, context) else { return }
        step.byteCount = count
        step.detail = count == 0 ? "the end of the stream" : "\(count) bytes into a file, by splice(2)"
        context.report(step)
        guard count > 0 else { continue }
        isPossible = try drain(pipe, count, into: file, &written)
      } catch {
        step.error = error.error
        context.report(step)
        throw error
      }
    }
  }

  /// Makes one splice(2) from the socket, waiting for it; 0 is the end of the stream, nil that the socket has none to offer.
  private func fill(_ pipe: Pipe, _ context: NetworkContext) throws(Halt) -> Int? {
    while true {
      do throws(SystemCallError) {
        let count = try descriptor.use("splice") { number throws(SystemCallError) in
          try systemCall("splice") { nsh_splice(number, pipe.input, Connection.filePiece) }
        }
        if count == 0 {
          incoming.withLock { $0.ended = true }
          become(.peerClosed)
        }
        return Int(count)
      } catch {
        if error.errno == EINVAL { return nil }
        guard error.wouldBlock else { throw Halt(error: failure(.all, reason(of: error))) }
      }
      do throws(TransportError) {
        try awaitReady(.read, context, .receive(.all, from: remote))
      } catch {
        throw Halt(error: error)
      }
    }
  }

  /// Empties the pipe into the file; false if the system cannot splice into it, after it was done by hand.
  private func drain(
    _ pipe: Pipe, _ count: Int, into file: Int32, _ written: inout Int
  ) throws(Halt) -> Bool {
    var left = count
    while left > 0 {
      do throws(SystemCallError) {
        let count = left
        let moved = try systemCall("splice") { nsh_splice(pipe.output, file, count) }
        left -= Int(moved)
        written += Int(moved)
      } catch {
        // What is in the pipe was received: it goes the other way, or back to the buffer.
        let rest = pipe.read(left)
        guard error.errno == EINVAL else {
          incoming.withLock { $0.buffer.putBack(rest) }
          throw Halt(error: error)
        }
        try write(rest, to: file, &written)
        return false
      }
    }
    return true
  }

  /// Writes a piece; what does not fit goes back to the buffer.
  private func write(_ piece: [UInt8], to file: Int32, _ written: inout Int) throws(Halt) {
    let before = written
    do throws(SystemCallError) { try writeAll(piece, to: file, &written) } catch {
      let rest = Array(piece.dropFirst(written - before))
      incoming.withLock { $0.buffer.putBack(rest) }
      throw Halt(error: error)
    }
  }
}

/// A pipe of a mebibyte, where that is allowed, between a socket and a file.
private final class Pipe {
  let output: Int32
  let input: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard nsh_pipe(&ends) == 0 else { return nil }
    (output, input) = (ends[0], ends[1])
    nsh_pipe_size(input, Int32(Connection.filePiece))
  }

  deinit {
    Glibc.close(output)
    Glibc.close(input)
  }

  /// Takes so many bytes that are known to be there.
  func read(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let wanted = count - bytes.count
      let piece = [UInt8](unsafeUninitializedCapacity: wanted) { room, got in
        got = max(0, Glibc.read(output, room.baseAddress, wanted))
      }
      guard !piece.isEmpty else { break }
      bytes += piece
    }
    return bytes
  }
}
