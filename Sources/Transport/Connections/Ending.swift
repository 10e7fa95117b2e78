import Glibc
import Net
import System

extension Connection {
  /// Ends our direction, shutdown(2) with SHUT_WR; the peer sees the end of the stream and may go on sending.
  public func shutdownWrite(_ context: NetworkContext) throws(TransportError) {
    if let protection { try announceEnd(protection, context) }
    var step = step(.shutdown, context)
    guard try context.allows(&step, .shutdown(remote)) else { return }
    do {
      try descriptor.shutdownWrite()
    } catch let error where error.errno == ENOTCONN && protection != nil {
      // A peer that closed both directions meanwhile answers our announcement with a reset: our direction has ended all the same.
      step.detail = "the peer has closed already"
    } catch {
      let failure = TransportError(layer: transport, .shutdown(remote), reason(of: error))
      step.error = failure
      context.report(step)
      throw failure
    }
    become(.halfClosed)
    context.report(step)
  }

  private func announceEnd(_ protection: any Protection, _ context: NetworkContext) throws(TransportError) {
    let wire: [UInt8]
    do {
      wire = try protection.finish()
    } catch {
      throw TransportError(layer: transport, .shutdown(remote), .protection(error.error))
    }
    report(protection.takeMessages(), context)
    try transmit(wire, context)
  }

  /// Closes the connection, close(2), after the announcement that a protection wants; further calls do nothing.
  public func close(_ context: NetworkContext) {
    if let protection, descriptor.isOpen, state != .halfClosed {
      // A peer that does not take it in a moment does without.
      try? announceEnd(protection, context.within(.after(nanoseconds: 100_000_000)))
    }
    if protection != nil { passOver() }
    var step = step(.close, context)
    // RFC 9293 §3.10.4 lets an end that closes with data unread reset the connection, and Linux does (RFC 2525 §2.17).
    if transport == .tcp, let unread = try? descriptor.unread(), unread > 0 {
      step.detail = "with \(unread) bytes unread, so that the peer gets a reset"
    }
    if descriptor.isOpen, case .skip = context.hold(&step) { return context.reportSkipped(step) }
    become(.closed)
    twin?.close()
    guard descriptor.close() else { return }
    context.report(step)
  }

  /// Takes what a peer sent and nobody will read, such as tickets for resuming: close(2) with bytes that wait sends a reset, which
  /// may overtake what we sent last (RFC 9293 §3.6).
  private func passOver() {
    var left = 64
    while left > 0, let bytes = try? descriptor.recv(max: Connection.chunk), !bytes.isEmpty { left -= 1 }
  }

  /// Breaks the connection off with a reset (RST) where the transport has one, and closes it.
  public func reset(_ context: NetworkContext) {
    var step = step(.close, context)
    step.detail = "with a reset (SO_LINGER 0)"
    if descriptor.isOpen, case .skip = context.hold(&step) { return context.reportSkipped(step) }
    try? descriptor.resetOnClose()
    become(.reset)
    twin?.close()
    guard descriptor.close() else { return }
    context.report(step)
  }
}
