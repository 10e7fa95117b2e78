import Clients
import Interpreter
import Net
import System
import TLS
import Transport
import Wire

let info = Command(
  "info",
  "Tells what is known of a connection or listener: its state by RFC 9293, its times, windows, segments and queues.",
  Parameter<OpenSocket?>.connection("the connection or listener, if not the current connection"), gives: .record,
  examples: [
    Example("let c = tcp connect www.rfc.test:80; (info).state", "ESTABLISHED", needsLab: true),
    Example("let l = tcp listen :0; (info $l).state", "LISTEN"),
    Example(
      "let l = tcp listen :0; let c = tcp connect $l.local; let s = accept $l; send $c 'hello'; sleep 10ms; (info $s).unread",
      "5"),
    Example("let c = tcp connect www.rfc.test:80; info $c | select rtt cwnd mss retransmits", needsLab: true),
  ]
) { machine, given in
  switch try machine.socket(given) {
  case .connection(let open): .record(try SocketFacts(machine).record(open.connection))
  case .listener(let open): .record(SocketFacts(machine).record(open.listener))
  }
}

let conns = Command(
  "conns", "Lists the open connections with their TCP states and queues; the current one is marked.", gives: .table,
  examples: [Example("let c = tcp connect www.rfc.test:80; conns | get state", "ESTABLISHED", needsLab: true)]
) { machine in
  let facts = SocketFacts(machine)
  return .list(
    try machine.session.resources.compactMap { $0 as? OpenConnection }.map { open in
      let connection = open.connection
      let row = try facts.record(connection)
      let shown = ["id", "transport", "local", "remote", "state", "unread", "unacknowledged"]
      return .record(
        Record(
          pairs: [("current", .bool(machine.currentConnection === open))] + shown.map { ($0, row[$0] ?? .null) }))
    })
}

/// What the kernel tells of the sockets of a session.
struct SocketFacts {
  private let machine: Machine

  init(_ machine: Machine) { self.machine = machine }

  func record(_ connection: Connection) throws -> Record {
    let descriptor = connection.descriptor
    let tcp = connection.transport == .tcp ? try? connection.tcpInfo() : nil
    let other = connection.twin.flatMap { try? $0.unread() } ?? 0
    let unread = (try? descriptor.unread()).map { $0 + other }
    var fields: [(String, Value)] = [
      ("id", .int(connection.id)), ("transport", .string(OpenConnection.transport(of: connection))),
      ("local", Value(connection.local)), ("remote", Value(connection.remote)),
      ("state", .string(try state(connection, tcp))),
      // What recv(2) has brought and no command has taken waits too.
      ("unread", unread.map { .int($0 + connection.buffered) } ?? .int(connection.buffered)),
      ("unacknowledged", Value(try? descriptor.unacknowledged())),
    ]
    if connection.transport == .tcp {
      let all = tcp?.record ?? .empty
      for name in ["rtt", "rttvar", "cwnd", "mss", "retransmits", "segments-out", "segments-in"] {
        fields.append((name, all[name] ?? .null))
      }
      fields.append(("tcp", tcp == nil ? .null : .record(all)))
    }
    // What `tls info` tells, once TLS protects it.
    let session = connection.tls
    fields.append(("tls", session.map { .record(TLSRecords.record(of: $0.info())) } ?? .null))
    return Record(pairs: fields)
  }

  func record(_ listener: Listener) -> Record {
    let info = listener.sockets.compactMap { socket in
      TCPInfo((try? socket.option(11, at: 6, room: 512)) ?? [])
    }
    // Of a listener these two are how many wait and how many may (tcp_diag.c).
    let waiting = info.isEmpty ? nil : info.reduce(0) { $0 + Int($1.unacknowledged) }
    return Record([
      "id": .int(listener.id), "transport": .string(listener.transport.rawValue), "local": Value(listener.local),
      "locals": .list(listener.locals.map { Value($0) }),
      "state": .string(listener.state == "listening" ? TCPState.listen.name : TCPState.closed.name),
      "waiting": Value(waiting), "backlog": Value(info.first?.selectivelyAcknowledged),
    ])
  }

  /// The state of RFC 9293 for TCP; what the transport knows for the others.
  private func state(_ connection: Connection, _ info: TCPInfo?) throws -> String {
    guard connection.transport == .tcp else { return connection.state.rawValue.uppercased() }
    if let state = info?.state, state != .closed { return state.name }
    // In TIME-WAIT, and after close(2), the kernel goes on without the socket; it still tells whoever asks for both addresses.
    guard let local = connection.local.endpoint, let remote = connection.remote.endpoint, let address = local.address,
      connection.state != .reset
    else { return TCPState.closed.name }
    let sockets = try SocketQueries(machine.network.context(machine)).sockets(
      .tcp, families: [address.isIPv4 ? .inet : .inet6])
    let left = sockets.first { socket in
      socket.localPort == local.port && socket.remotePort == remote.port && socket.local == address.withoutZone
        && socket.remote == remote.address?.withoutZone
    }
    return (left.flatMap { TCPState(rawValue: $0.state) } ?? .closed).name
  }
}
