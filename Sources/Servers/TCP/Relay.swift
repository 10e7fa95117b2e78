import Net
import System
import Transport

/// Two connections of which each is given what the other one receives, until both directions have ended.
public struct Relay: Sendable {
  private let near: Connection
  private let far: Connection
  private let context: NetworkContext

  public init(_ near: Connection, _ far: Connection, _ context: NetworkContext) {
    self.near = near
    self.far = far
    self.context = context
    near.sendAtOnce()
    far.sendAtOnce()
  }

  /// Passes bytes both ways, and the end of each direction on its own (half-close); what breaks one side off resets the other.
  public func run() throws(TransportError) {
    let thread: WorkerThread
    do throws(SystemCallError) {
      thread = try WorkerThread.start { pump(from: far, to: near) }
    } catch {
      throw TransportError(layer: near.transport, .receive(.all, from: far.remote), .system(error))
    }
    pump(from: near, to: far)
    thread.join()
  }

  private func pump(from source: Connection, to target: Connection) {
    do throws(TransportError) {
      while let bytes = try source.recv(context) { try target.send(bytes, context) }
      try target.shutdownWrite(context)
    } catch {
      // Whoever stops the relay ends both conversations in order; only what broke off is passed on as a reset.
      let isStopped = if case .interrupted = error.reason { true } else { false }
      for side in [source, target] { if isStopped { side.close(context) } else { side.reset(context) } }
    }
  }
}
