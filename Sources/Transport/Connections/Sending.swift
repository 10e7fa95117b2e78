import System
import Net

extension Connection {
  /// Sends all the bytes, by as many send(2) as the system needs to take them.
  ///
  /// A failure says how many were sent before it. Errors: `timeout`, `interrupted`, `closed`, `EPIPE`, `ECONNRESET`.
  public func send(_ bytes: [UInt8], _ context: NetworkContext) throws(TransportError) {
    var sent = 0
    while sent < bytes.count {
      var step = step(.send, context)
      if !context.taps.isEmpty {
        step.bytes = sent == 0 ? bytes : Array(bytes[sent...])
        context.hold(step)
      }
      do throws(TransportError) {
        let count = try sendOnce(bytes, from: sent, context)
        if !context.taps.isEmpty, count < step.bytes.count { step.bytes = Array(bytes[sent..<(sent + count)]) }
        step.byteCount = count
        sent += count
      } catch {
        step.bytes = []
        step.error = error
        context.report(step)
        throw error
      }
      context.report(step)
    }
  }

  /// Makes the one send(2) that succeeds, waiting while the socket's buffer is full.
  private func sendOnce(
    _ bytes: [UInt8], from sent: Int, _ context: NetworkContext
  ) throws(TransportError) -> Int {
    let activity = TransportError.Activity.send(count: bytes.count, to: remote, sent: sent)
    while true {
      do throws(SystemCallError) {
        return try bytes.withUnsafeBufferPointer { all throws(SystemCallError) in
          try descriptor.send(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[sent...])))
        }
      } catch {
        guard error.wouldBlock else { throw TransportError(layer: transport, activity, reason(of: error)) }
      }
      try awaitReady(.write, context, activity)
    }
  }
}
