import Glibc
import Net
import Synchronization
import System
import Transport
import Wire

/// A name server inside this process: a UDP socket and a TCP listener on one port, and a function that answers.
public final class DNSService: Sendable {
  /// Makes the answer to a query; nil gives none at all.
  public typealias Answer = @Sendable (Message, SocketName) -> Message?

  public let local: Endpoint
  private let context: NetworkContext
  private let datagrams: Connection
  private let streams: TCPServer
  private let thread = Mutex<WorkerThread?>(nil)
  private let answer: Answer
  private let transfer: (@Sendable (Message, SocketName) -> Zone?)?
  private let asked = Atomic<Int>(0)

  /// How many queries came.
  public var count: Int { asked.load(ordering: .relaxed) }

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
        return try DNSService(local, waiting, datagrams, listener, stackBytes, answer, transfer)
      } catch {
        datagrams.close(waiting)
        failure = error
      }
    }
    throw failure ?? TransportError(layer: .udp, .bind(to: .endpoint(endpoint)), .timeout(.deadline))
  }

  private init(
    _ local: Endpoint, _ context: NetworkContext, _ datagrams: Connection, _ listener: Listener, _ stackBytes: Int,
    _ answer: @escaping Answer, _ transfer: (@Sendable (Message, SocketName) -> Zone?)?
  ) throws(TransportError) {
    self.local = local
    self.context = context
    self.datagrams = datagrams
    self.answer = answer
    self.transfer = transfer
    let box = Weak()
    var streamed = context
    // Whoever says nothing on a stream for so long is cut off (RFC 7766 §6.2.3).
    streamed.limits.silence = TimeSpan(nanoseconds: 10_000_000_000)
    streams = try TCPServer.start(on: listener, streamed, maximumConnections: 256, stackBytes: stackBytes) {
      connection, context in
      box.service?.serve(connection, context)
    }
    box.service = self
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
        asked.add(1, ordering: .relaxed)
        guard let bytes = reply(to: datagram.data, from: datagram.from) else { continue }
        try datagrams.transmit(bytes, to: datagram.from, context)
      } catch {
        // A port unreachable of an earlier answer, or a full buffer, concerns one asker only.
        if case .closed = error.reason { return }
      }
    }
  }

  /// Gives the bytes of the answer to a datagram, truncated to what its sender takes; nil for what deserves none.
  private func reply(to bytes: [UInt8], from peer: SocketName) -> [UInt8]? {
    switch DNSService.read(bytes) {
    case .failure(let refusal): return refusal.reply
    case .success(let query):
      guard let reply = answer(query, peer) else { return nil }
      let size = Int(query.edns?.payloadSize ?? 512)
      return reply.encoded(limit: min(max(512, size), Authority.datagramLimit))
    }
  }

  /// What a query that cannot be read is answered with, if anything.
  private struct Refusal: Error {
    let reply: [UInt8]?
  }

  /// Reads a query. What is no query gets no answer, lest two servers answer each other for ever; what cannot be read gets FORMERR.
  private static func read(_ bytes: [UInt8]) -> Result<Message, Refusal> {
    guard bytes.count >= 12, bytes[2] & 0x80 == 0 else { return .failure(Refusal(reply: nil)) }
    do {
      return .success(try Message(bytes))
    } catch {
      var flags = MessageFlags(rawValue: UInt16(bytes[2]) << 8 | UInt16(bytes[3]))
      flags.isResponse = true
      var reply = Message(
        id: UInt16(bytes[0]) << 8 | UInt16(bytes[1]), flags: MessageFlags(rawValue: flags.rawValue & 0xF900))
      reply.code = .formatError
      return .failure(Refusal(reply: reply.encoded(limit: 512)))
    }
  }

  private func serve(_ connection: Connection, _ context: NetworkContext) {
    connection.sendAtOnce()
    while !context.interrupt.isRaised {
      do throws(TransportError) {
        let bytes = try DNSStream.receive(connection, context)
        asked.add(1, ordering: .relaxed)
        switch DNSService.read(bytes) {
        case .failure(let refusal):
          guard let reply = refusal.reply else { return }
          try connection.send(DNSStream.framed(reply), context)
        case .success(let query):
          if query.questions.first?.type == .axfr, let zone = transfer?(query, connection.remote) {
            try send(zone, to: query, connection, context)
            continue
          }
          guard let reply = answer(query, connection.remote) else { return }
          try connection.send(DNSStream.framed(reply.encoded(limit: Message.maximumSize)), context)
        }
      } catch {
        return
      }
    }
  }

  /// Sends a zone whole, the SOA first and last, in messages of about 16 KiB (RFC 5936 §2.2).
  private func send(
    _ zone: Zone, to query: Message, _ connection: Connection, _ context: NetworkContext
  ) throws(TransportError) {
    var batch: [ResourceRecord] = []
    var size = 0
    var isFirst = true
    func flush() throws(TransportError) {
      var message = query.reply()
      if !isFirst { message.questions = [] }
      message.flags.isAuthoritative = true
      message.answers = batch
      try connection.send(DNSStream.framed(message.encoded(limit: Message.maximumSize)), context)
      batch = []
      size = 0
      isFirst = false
    }
    for record in zone.records + [zone.soa] {
      batch.append(record)
      size += record.name.wire.count + record.data.wire.count + 10
      if size > 16_384 { try flush() }
    }
    if !batch.isEmpty { try flush() }
  }

  /// Lets the threads of streams reach the service that is still being made.
  private final class Weak: Sendable {
    private let held = Mutex<Holder>(Holder())

    private struct Holder: Sendable {
      weak var service: DNSService?
    }

    var service: DNSService? {
      get { held.withLock { $0.service } }
      set { held.withLock { $0.service = newValue } }
    }
  }
}
