import Glibc
import Net
import Synchronization
import System
import Transport
import Wire

/// A name server inside this process: a UDP socket and a TCP listener on one port, and a function that answers.
public final class DNSService: Sendable {
  public typealias Answer = DNSConversation.Answer

  public let local: Endpoint
  private let context: NetworkContext
  private let datagrams: Connection
  private let streams: TCPServer
  private let thread = Mutex<WorkerThread?>(nil)
  private let conversation: DNSConversation

  /// How many queries came.
  public var count: Int { conversation.count }

  /// Starts to serve on UDP and TCP; port 0 lets the system choose one that is free for both.
  ///
  /// - Parameter transfer: gives the zone that a peer may have whole (AXFR), nil for none.
  public static func start(
    on endpoint: Endpoint, _ context: NetworkContext, stackBytes: Int = 1 << 19, answer: @escaping Answer,
    transfer: (@Sendable (Message, SocketName) -> Zone?)? = nil
  ) throws(TransportError) -> DNSService {
    var context = context
    context.interrupt = Interrupt()
    context.deadline = .never
    // A server waits for as long as nobody asks.
    var waiting = context
    waiting.limits.silence = TimeSpan(nanoseconds: .max)
    let address = endpoint.address ?? Address(v4: INADDR_LOOPBACK)
    var failure: TransportError?
    // The port that UDP gets may be taken on TCP: another one is tried then.
    for _ in 0..<(endpoint.port == 0 ? 16 : 1) {
      let datagrams = try Connection.socket(.udp, isIPv6: !address.isIPv4, waiting)
      do throws(TransportError) {
        try datagrams.bind(to: .endpoint(Endpoint(address: address, port: endpoint.port)), waiting)
        let local = datagrams.local.endpoint ?? endpoint
        let listener = try Listener.listen(tcp: local, context)
        return try DNSService(
          local, waiting, datagrams, listener, stackBytes, DNSConversation(answer: answer, transfer: transfer))
      } catch {
        datagrams.close(waiting)
        failure = error
      }
    }
    throw failure ?? TransportError(layer: .udp, .bind(to: .endpoint(endpoint)), .timeout(.deadline))
  }

  private init(
    _ local: Endpoint, _ context: NetworkContext, _ datagrams: Connection, _ listener: Listener, _ stackBytes: Int,
    _ conversation: DNSConversation
  ) throws(TransportError) {
    self.local = local
    self.context = context
    self.datagrams = datagrams
    self.conversation = conversation
    var streamed = context
    // Whoever says nothing on a stream for so long is cut off (RFC 7766 §6.2.3).
    streamed.limits.silence = TimeSpan(nanoseconds: 10_000_000_000)
    streams = try TCPServer.start(on: listener, streamed, maximumConnections: 256, stackBytes: stackBytes) {
      connection, context in
      conversation.serve(connection, context)
    }
    do throws(SystemCallError) {
      let thread = try WorkerThread.start(stackBytes: stackBytes) { self.serveDatagrams() }
      self.thread.withLock { $0 = thread }
    } catch {
      streams.stop()
      throw TransportError(layer: .udp, .bind(to: .endpoint(local)), .system(error))
    }
  }

  /// Ends every wait, and returns when the last thread is gone and the port is free.
  public func stop() {
    context.interrupt.raise()
    streams.stop()
    let thread = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    thread?.join()
    datagrams.close(context)
  }

  private func serveDatagrams() {
    while !context.interrupt.isRaised {
      do throws(TransportError) {
        let datagram = try datagrams.recvDatagram(max: 4096, context)
        guard let bytes = conversation.reply(to: datagram.data, from: datagram.from) else { continue }
        try datagrams.transmit(bytes, to: datagram.from, context)
      } catch {
        // A port unreachable of an earlier answer, or a full buffer, concerns one asker only.
        if case .closed = error.reason { return }
      }
    }
  }
}
