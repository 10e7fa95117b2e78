import CSystem
import Glibc
import Net
import System

extension Connection {
  /// Sends what an open file has from its offset to its end; gives how many bytes that was.
  ///
  /// Where the kernel can, sendfile(2) moves them without a copy through this process, a step for each call; what the taps
  /// see then is how many there were. A pipe, and a connection that is protected, take read(2) and `send`.
  public func send(file descriptor: Int32, _ context: NetworkContext) throws(TransportError) -> Int {
    var sent = 0
    while protection == nil {
      var step = step(.send, context)
      step.detail = "what a file has, by sendfile(2)"
      // Who skips it leaves out all that is left of the file.
      guard try context.allows(&step, .send(count: sent, to: remote, sent: sent)) else { return sent }
      do throws(TransportError) {
        guard let count = try sendPiece(of: descriptor, sent: sent, context) else { break }
        guard count > 0 else { return sent }
        sent += count
        step.byteCount = count
        step.detail = "\(count) bytes of a file, by sendfile(2)"
        context.report(step)
      } catch {
        step.error = error
        context.report(step)
        throw error
      }
    }
    return try sendByReading(descriptor, sent: sent, context)
  }

  /// Makes one sendfile(2); nil where the system cannot do it with this file.
  private func sendPiece(
    of file: Int32, sent: Int, _ context: NetworkContext
  ) throws(TransportError) -> Int? {
    while true {
      let activity = TransportError.Activity.send(count: sent, to: remote, sent: sent)
      do throws(SystemCallError) {
        return try descriptor.use("sendfile") { number throws(SystemCallError) in
          try systemCall("sendfile") { sendfile(number, file, nil, Connection.filePiece) }
        }
      } catch {
        if sent == 0, [EINVAL, ENOSYS, EOVERFLOW, ESPIPE].contains(error.errno) { return nil }
        guard error.wouldBlock else { throw TransportError(layer: transport, activity, reason(of: error)) }
      }
      try awaitReady(.write, context, activity)
    }
  }

  private func sendByReading(_ file: Int32, sent: Int, _ context: NetworkContext) throws(TransportError) -> Int {
    var sent = sent
    while true {
      var failure: SystemCallError?
      let piece = [UInt8](unsafeUninitializedCapacity: Connection.chunk) { room, count in
        do throws(SystemCallError) {
          count = try systemCall("read") { read(file, room.baseAddress, room.count) }
        } catch {
          failure = error
        }
      }
      if let failure {
        throw TransportError(layer: transport, .send(count: sent, to: remote, sent: sent), .system(failure))
      }
      guard !piece.isEmpty else { return sent }
      try send(piece, context)
      sent += piece.count
    }
  }

  /// How much one sendfile(2) or splice(2) may move.
  static let filePiece = 1 << 20
}
