import Net
import System

/// One datagram and who sent it.
public struct Datagram: Sendable {
  public let data: [UInt8]
  public let from: SocketName
}

extension Connection {
  /// Receives one datagram, recvfrom(2); what it has beyond `max` bytes is lost, as the system does it.
  public func recvDatagram(max: Int = chunk, _ context: NetworkContext) throws(TransportError) -> Datagram {
    try receiveOnce(.some, max: max, context)
  }

  /// Makes one recvfrom(2) that brings something or the end of the stream, an empty array; the taps see it.
  ///
  /// These are the wire's bytes: the buffer and the protection are not asked, so that a handshake can be made with it.
  public func receiveWire(max: Int = chunk, _ context: NetworkContext) throws(TransportError) -> [UInt8] {
    try receiveOnce(.some, max: max, context).data
  }

  private func receiveOnce(
    _ wanted: TransportError.Wanted, max: Int, _ context: NetworkContext
  ) throws(TransportError) -> Datagram {
    var step = step(.recv, context)
    context.hold(step)
    do throws(TransportError) {
      let datagram = try takeOne(wanted, max: max, context)
      step.bytes = datagram.data
      step.byteCount = datagram.data.count
      if isDatagram {
        step.remote = datagram.from
        if datagram.data.isEmpty { step.detail = "an empty datagram from \(datagram.from)" }
      } else if datagram.data.isEmpty {
        step.detail = "the end of the stream"
      }
      context.report(step)
      return datagram
    } catch {
      step.error = error
      context.report(step)
      throw error
    }
  }

  private func takeOne(
    _ wanted: TransportError.Wanted, max: Int, _ context: NetworkContext
  ) throws(TransportError) -> Datagram {
    while true {
      do throws(SystemCallError) {
        let (data, from) = try descriptor.recvFrom(max: max)
        return Datagram(data: data, from: from ?? remote)
      } catch {
        guard error.wouldBlock else { throw failure(wanted, reason(of: error)) }
      }
      try awaitReady(.read, context, .receive(wanted, from: remote))
    }
  }
}
