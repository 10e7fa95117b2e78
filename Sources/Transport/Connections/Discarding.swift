import Glibc
import Net
import System

extension Connection {
  /// Receives to the end of the stream and keeps nothing; gives how many bytes that was.
  ///
  /// Over TCP the kernel drops them without a copy (MSG_TRUNC, tcp(7)): the taps see how many there were, and the first ones.
  public func discard(_ context: NetworkContext) throws(TransportError) -> Int {
    var total = 0
    while let piece = try recv(context) {
      total += piece.count
      if transport == .tcp, protection == nil { break }
    }
    while !incoming.withLock({ $0.ended }) {
      var step = step(.recv, context)
      do throws(TransportError) {
        try context.require(&step, .receive(.all, from: remote))
        let count = try drop(context)
        total += count
        step.byteCount = count
        step.detail = count == 0 ? "the end of the stream" : "\(count) bytes dropped by the kernel (MSG_TRUNC)"
        context.report(step)
      } catch {
        step.error = error
        context.report(step)
        throw error
      }
    }
    return total
  }

  /// Makes one recv(2) with MSG_TRUNC that drops something, waiting for it; 0 is the end of the stream.
  private func drop(_ context: NetworkContext) throws(TransportError) -> Int {
    while true {
      do throws(SystemCallError) {
        let count = try descriptor.use("recv") { number throws(SystemCallError) in
          try systemCall("recv") { Glibc.recv(number, nil, 1 << 24, Int32(MSG_TRUNC)) }
        }
        if count == 0 {
          incoming.withLock { $0.ended = true }
          become(.peerClosed)
        }
        return count
      } catch {
        guard error.wouldBlock else { throw failure(.all, reason(of: error)) }
      }
      try awaitReady(.read, context, .receive(.all, from: remote))
    }
  }
}
