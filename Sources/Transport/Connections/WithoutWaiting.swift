import CSystem
import Glibc
import Net
import System

/// What a look at a socket that does not wait brought.
public enum Arrival: Sendable {
  case bytes([UInt8])
  /// The peer ended its direction.
  case end
  case nothing
}

// The calls of those who wait for many connections at a time, by a `Poller`. They move the bytes of the wire as they are: whoever
// protects them opens and seals them itself.
extension Connection {
  /// Makes one recv(2) that does not wait. Errors: `closed`, `ECONNRESET`.
  public func receiveNow(max: Int, _ context: NetworkContext) throws(TransportError) -> Arrival {
    var step = step(.recv, context)
    do throws(SystemCallError) {
      let bytes = try descriptor.recv(max: max)
      if bytes.isEmpty { become(.peerClosed) }
      if !context.taps.isEmpty {
        step.bytes = bytes
        step.byteCount = bytes.count
        if bytes.isEmpty { step.detail = "the end of the stream" }
        context.report(step)
      }
      return bytes.isEmpty ? .end : .bytes(bytes)
    } catch {
      guard !error.wouldBlock else { return .nothing }
      let failure = failure(.some, reason(of: error))
      step.error = failure
      context.report(step)
      throw failure
    }
  }

  /// Makes one send(2) of what lies behind an offset; gives how many bytes the system took, 0 if it can take none now.
  ///
  /// `hasMore` keeps a last short segment back, since more follows at once (MSG_MORE). Errors: `closed`, `EPIPE`, `ECONNRESET`.
  public func transmitNow(
    _ bytes: [UInt8], from offset: Int, hasMore: Bool = false, _ context: NetworkContext
  ) throws(TransportError) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    var step = step(.send, context)
    if !context.taps.isEmpty {
      step.bytes = offset == 0 ? bytes : Array(bytes[offset...])
      _ = context.hold(&step)
    }
    do throws(SystemCallError) {
      let count = try bytes.withUnsafeBufferPointer { all throws(SystemCallError) in
        try descriptor.send(
          UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[offset...])),
          flags: hasMore ? Int32(MSG_MORE) : 0)
      }
      if !context.taps.isEmpty, count < step.bytes.count { step.bytes = Array(bytes[offset..<(offset + count)]) }
      step.byteCount = count
      context.report(step)
      return count
    } catch {
      return try told(error, step, sent: offset, of: bytes.count, context)
    }
  }

  /// Makes one sendfile(2) of a part of a file, `limit` bytes at most; gives how many it moved, nil if it can move none now.
  /// None at all are the end of the file.
  public func transmitNow(
    _ file: OpenFile, at offset: Int, count: Int, _ context: NetworkContext
  ) throws(TransportError) -> Int? {
    var step = step(.send, context)
    _ = context.hold(&step)
    do throws(SystemCallError) {
      let moved = try descriptor.use("sendfile") { number throws(SystemCallError) in
        var place = offset
        return try systemCall("sendfile") { sendfile(number, file.number, &place, count) }
      }
      step.byteCount = moved
      step.detail = "\(moved) bytes of a file, by sendfile(2)"
      context.report(step)
      return moved
    } catch {
      guard !error.wouldBlock else { return nil }
      return try told(error, step, sent: 0, of: count, context)
    }
  }

  private func told(
    _ error: SystemCallError, _ step: Step, sent: Int, of count: Int, _ context: NetworkContext
  ) throws(TransportError) -> Int {
    guard !error.wouldBlock else { return 0 }
    let failure = TransportError(layer: transport, .send(count: count, to: remote, sent: sent), reason(of: error))
    var step = step
    step.bytes = []
    step.error = failure
    context.report(step)
    throw failure
  }
}

/// The handshake of a protection as an engine, for whoever does not wait for its bytes.
public protocol ProtectionHandshake: Sendable {
  /// Goes on after these bytes came off the wire; none are the end of the stream.
  func proceed(_ wire: [UInt8]) -> HandshakeProgress
}

/// How far a handshake is.
public struct HandshakeProgress: Sendable {
  /// What has to be sent now.
  public var reply: [UInt8]
  /// What protects the connection from now on, once the handshake is done.
  public var protection: (any Protection)?
  /// What came behind the handshake.
  public var opened: Opened
  /// The messages that came and went, for the taps.
  public var messages: [ProtectionMessage]
  public var failure: (any LayeredError)?

  public init(
    reply: [UInt8], protection: (any Protection)? = nil, opened: Opened = Opened(),
    messages: [ProtectionMessage] = [], failure: (any LayeredError)? = nil
  ) {
    self.reply = reply
    self.protection = protection
    self.opened = opened
    self.messages = messages
    self.failure = failure
  }
}
