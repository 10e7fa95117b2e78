import CSystem
import Glibc
import Net
import System

/// One datagram and who sent it.
public struct Datagram: Sendable {
  public let data: [UInt8]
  public let from: SocketName

  public init(data: [UInt8], from: SocketName) {
    self.data = data
    self.from = from
  }
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

  /// Gives what is buffered, else what waits in the system's buffer (MSG_PEEK), and leaves it there; nil at the end of the stream.
  public func peek(max: Int = chunk, _ context: NetworkContext) throws(TransportError) -> Datagram? {
    while true {
      let (waiting, isEnd) = incoming.withLock { ($0.buffer.peek(max), $0.ended) }
      if !waiting.isEmpty { return Datagram(data: waiting, from: remote) }
      if isEnd { return nil }
      guard protection != nil else { break }
      // The system has only what is sealed: it is opened into the buffer, and looked at there.
      guard let opened = try recv(max: max, context) else { return nil }
      incoming.withLock { $0.buffer.putBack(opened) }
    }
    let datagram = try receiveOnce(.some, max: max, isPeek: true, context)
    return datagram.data.isEmpty && !isDatagram ? nil : datagram
  }

  private func receiveOnce(
    _ wanted: TransportError.Wanted, max: Int, isPeek: Bool = false, _ context: NetworkContext
  ) throws(TransportError) -> Datagram {
    var step = step(.recv, context)
    do throws(TransportError) {
      try context.require(&step, .receive(wanted, from: remote))
      let datagram = try takeOne(wanted, max: max, isPeek: isPeek, context)
      step.bytes = datagram.data
      step.byteCount = datagram.data.count
      if isDatagram {
        step.remote = datagram.from
        if datagram.data.isEmpty { step.detail = "an empty datagram from \(datagram.from)" }
      } else if datagram.data.isEmpty {
        step.detail = "the end of the stream"
      }
      if isPeek {
        // They will be received once more, and must not count twice.
        step.detail = "MSG_PEEK: \(step.byteCount) bytes wait"
        (step.bytes, step.byteCount) = ([], 0)
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
    _ wanted: TransportError.Wanted, max: Int, isPeek: Bool, _ context: NetworkContext
  ) throws(TransportError) -> Datagram {
    while true {
      for socket in twin.map({ [descriptor, $0] }) ?? [descriptor] {
        do throws(SystemCallError) {
          let (data, from) = try socket.recvFrom(max: max, flags: isPeek ? Int32(MSG_PEEK) : 0)
          return Datagram(data: data, from: from ?? remote)
        } catch {
          guard error.wouldBlock else { throw failure(wanted, reason(of: error)) }
        }
      }
      try awaitReady(.read, context, .receive(wanted, from: remote))
    }
  }
}
