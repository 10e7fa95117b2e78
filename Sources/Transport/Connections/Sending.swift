import CSystem
import Glibc
import Net
import System

extension Connection {
  /// Sends all the bytes, through the protection if there is one, by as many send(2) as the system needs to take them.
  ///
  /// A failure says how many were sent before it. Errors: `timeout`, `interrupted`, `closed`, `EPIPE`, `ECONNRESET`.
  public func send(_ bytes: [UInt8], _ context: NetworkContext) throws(TransportError) {
    guard let protection else { return try transmit(bytes, context) }
    // In pieces, so that much to send is not held a second time, and a peer sees the first of it early.
    var sealed = 0
    repeat {
      let wire: [UInt8]
      let end = min(bytes.count, sealed + Connection.sealedAtOnce)
      let piece = sealed == 0 && end == bytes.count ? bytes : Array(bytes[sealed..<end])
      sealed = end
      guard let plain = try held(piece, context) else { continue }
      let start = monotonicNow()
      do {
        wire = try protection.seal(plain)
      } catch {
        let activity = TransportError.Activity.send(count: bytes.count, to: remote, sent: sealed - piece.count)
        throw TransportError(layer: transport, activity, .protection(error.error))
      }
      report(.seal, plain: plain, since: start, context)
      try transmit(wire, context)
    } while sealed < bytes.count
  }

  private static let sealedAtOnce = 262_144

  /// Lets the taps hold plain bytes before they are sealed; gives those to seal, nil for none. What a client of HTTP sends they have
  /// held as its message.
  private func held(_ plain: [UInt8], _ context: NetworkContext) throws(TransportError) -> [UInt8]? {
    guard context.isHeld, context.carries != .http else { return plain }
    var step = step(.seal, context)
    step.bytes = plain
    switch context.hold(&step) {
    case .go: return plain
    case .instead(let bytes): return bytes
    case .skip:
      context.reportSkipped(step)
      return nil
    case .stop:
      throw TransportError(layer: transport, .send(count: plain.count, to: remote, sent: 0), .interrupted)
    }
  }

  /// Puts bytes on the wire as they are. A datagram goes out whole, by one send(2), to `place` if that is not the peer; an
  /// empty one is a datagram too.
  ///
  /// `isUrgent` marks the last byte of a TCP stream for the peer's attention (MSG_OOB; RFC 9293 §3.8.5).
  public func transmit(
    _ bytes: [UInt8], to place: SocketName? = nil, isUrgent: Bool = false, _ context: NetworkContext
  ) throws(TransportError) {
    var bytes = bytes
    var sent = 0
    repeat {
      guard isDatagram || !bytes.isEmpty else { return }
      var step = step(.send, context)
      step.remote = place
      if isUrgent { step.detail = "urgent (MSG_OOB)" }
      if !context.taps.isEmpty {
        step.bytes = sent == 0 ? bytes : Array(bytes[sent...])
        switch context.hold(&step) {
        case .go: break
        case .instead(let edited):
          step.detail = "edited by hand: \(edited.count) bytes for \(step.bytes.count)"
          (bytes, sent, step.bytes) = (edited, 0, edited)
        case .skip: return context.reportSkipped(step)
        case .stop:
          throw TransportError(
            layer: transport, .send(count: bytes.count, to: place ?? remote, sent: sent), .interrupted)
        }
      }
      guard isDatagram || !bytes.isEmpty else { return context.report(step) }
      do throws(TransportError) {
        let count = try sendOnce(bytes, from: sent, to: place, isUrgent: isUrgent, context)
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
    } while sent < bytes.count && !isDatagram
  }

  /// Makes the one send(2) that succeeds, waiting while the socket's buffer is full.
  private func sendOnce(
    _ bytes: [UInt8], from sent: Int, to place: SocketName?, isUrgent: Bool, _ context: NetworkContext
  ) throws(TransportError) -> Int {
    let activity = TransportError.Activity.send(count: bytes.count, to: place ?? remote, sent: sent)
    let flags = isUrgent ? Int32(MSG_OOB) : 0
    let socket = socket(to: place)
    while true {
      do throws(SystemCallError) {
        return try bytes.withUnsafeBufferPointer { all throws(SystemCallError) in
          try socket.send(
            UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[sent...])), to: place, flags: flags)
        }
      } catch {
        guard error.wouldBlock else { throw TransportError(layer: transport, activity, reason(of: error)) }
      }
      try awaitReady(.write, of: socket, context, activity)
    }
  }
}
