import Interpreter
import Net
import Synchronization
import System
import Transport

let udpServe = Command(
  "udp serve", "Calls a function with each datagram that comes, one after the other; what it gives is the answer.",
  Parameter<Endpoint>.required(
    "endpoint", "where: :PORT is this machine alone, 0.0.0.0:PORT or [::]:PORT open it to others"),
  Parameter<Function>.required("function", "it is given {data, from}; null answers nothing"),
  Parameter<Bool>.flag("background", "give the server as a value at once, and go on; `close` ends it"),
  gives: .listener,
  examples: [
    Example(
      "let s = udp serve :0 {|packet| upper $packet.data} --background; let c = udp connect $s.local; send $c hello; recv $c",
      "HELLO")
  ]
) { machine, endpoint, function, isBackground in
  var context = machine.network.context(machine)
  guard endpoint.name == nil else {
    throw ValueError("bad-argument", "`udp serve` wants an address of this machine", layer: .command)
  }
  let connection = try Connection.open(udp: endpoint, DatagramOptions(), context)
  context.interrupt = Interrupt()
  context.deadline = .never
  let server = try OpenDatagramServer(connection, context, Handler(function, for: machine), machine.session)
  return try machine.run(server, inBackground: isBackground)
}

/// A function that answers the datagrams of one socket, on a thread of its own.
final class OpenDatagramServer: Resource {
  private let connection: Connection
  private let context: NetworkContext
  private let work: Work
  private let thread: WorkerThread

  /// What has been done, told by the thread.
  private final class Work: Sendable {
    let served = Atomic<Int>(0)
    let failed = Atomic<Int>(0)
  }

  init(_ connection: Connection, _ context: NetworkContext, _ handler: Handler, _ session: Session) throws {
    self.connection = connection
    self.context = context
    let work = Work()
    self.work = work
    thread = try WorkerThread.start(stackBytes: Handler.stackBytes) {
      // A silence is no reason to stop.
      var context = context
      context.limits.silence = TimeSpan(nanoseconds: .max)
      while !context.interrupt.isRaised {
        do throws(TransportError) {
          let datagram = try connection.recvDatagram(context)
          Self.serve(datagram, connection, context, handler, session, work)
        } catch {
          // That an earlier answer was refused is no trouble of this socket's.
          guard case .reported = error.reason else { return }
        }
      }
    }
  }

  private static func serve(
    _ datagram: Datagram, _ connection: Connection, _ context: NetworkContext, _ handler: Handler, _ session: Session,
    _ work: Work
  ) {
    let packet = Record(["data": .bytes(datagram.data), "from": Value(datagram.from)])
    let result = handler.call([.record(packet)], interrupt: context.interrupt) { _ in }
    switch result {
    case .success(.null): work.served.add(1, ordering: .relaxed)
    case .success(let answer):
      guard let bytes = try? [UInt8].convert(answer), bytes.count <= 65_507,
        (try? connection.transmit(bytes, to: datagram.from, context)) != nil
      else {
        work.failed.add(1, ordering: .relaxed)
        return session.output.note("udp serve: \(answer.described) is no datagram that can be sent to \(datagram.from)")
      }
      work.served.add(1, ordering: .relaxed)
    case .failure(let failure):
      work.failed.add(1, ordering: .relaxed)
      if !failure.isInterrupt { session.output.report(failure) }
    }
  }

  var type: TypeName { .listener }

  var fields: Record {
    Record([
      "id": .int(connection.id), "transport": .string("udp"), "local": Value(connection.local), "remote": .null,
      "state": .string(connection.state == .closed ? "closed" : "serving"),
      "served": .int(work.served.load(ordering: .relaxed)), "failed": .int(work.failed.load(ordering: .relaxed)),
    ])
  }

  func close() {
    context.interrupt.raise()
    thread.join()
    connection.close(context)
  }
}
