import Clients
import Interpreter
import Net
import System
import Wire

/// Which sockets are looked for, and how they become rows.
struct SocketSearch {
  let listening: Bool
  let four: Bool
  let six: Bool
  let details: Bool
  var port: UInt16?
  /// As the rows have it.
  var state: String?
  var owners = SocketOwners { false }

  init(listening: Bool, four: Bool, six: Bool, details: Bool) {
    self.listening = listening
    self.four = four
    self.six = six
    self.details = details
  }

  static func port(_ value: Value) throws -> UInt16 {
    switch value {
    case .int(let number):
      if let port = UInt16(exactly: number) { return port }
      throw ValueError("bad-argument", "\(number) is no port: 0 to 65535 are", layer: .command)
    case .string(let name):
      if let port = UInt16(name) ?? Endpoint.servicePort(name) { return port }
      if let port = try ServiceList.read().services.first(where: { bytesEqual($0.name, name) })?.port { return port }
      throw ValueError("no-service", "no service is named \(name)", hint: "`port list` has them", layer: .command)
    default: throw ValueError("wrong-type", "a port is a number or a name, not \(value.described)", layer: .command)
    }
  }

  static func state(_ name: String) throws -> String {
    let known = TCPState.names + ["UNCONNECTED", "CONNECTED"]
    let wanted = name.uppercased().replacing("_", with: "-")
    guard let state = known.first(where: { $0 == wanted }) else {
      let states = known.map { $0.lowercased() }.joined(separator: ", ")
      throw ValueError("bad-argument", "\(name) is no state", hint: "they are \(states)", layer: .command)
    }
    return state
  }

  func row(_ socket: InternetSocketMessage, _ transport: SocketQueries.Transport) -> Record? {
    let isTCP = transport == .tcp
    let name = isTCP ? TCPState(rawValue: socket.state)?.name ?? "\(socket.state)" : Self.datagramState(socket.state)
    guard state == nil || state == name else { return nil }
    guard port == nil || socket.localPort == port || socket.remotePort == port else { return nil }
    guard !listening || name == (isTCP ? "LISTEN" : "UNCONNECTED") else { return nil }
    let hasPeer = socket.remotePort != 0 || !socket.remote.isUnspecified
    let base = row(
      isTCP ? "tcp" : "udp", name, .endpoint(Endpoint(address: socket.local, port: socket.localPort)),
      hasPeer ? .endpoint(Endpoint(address: socket.remote, port: socket.remotePort)) : .null,
      socket.receiveQueue, socket.sendQueue, socket.inode)
    guard details else { return base }
    let more = Record([
      "user": .int(Int(socket.user)), "inode": .int(Int(socket.inode)), "owners": ownersList(socket.inode),
      "interface": Value(socket.interface == 0 ? nil : socket.interface),
      "only-ipv6": socket.isOnlyIPv6.map { .bool($0) } ?? .null,
      "tos": Value(socket.typeOfService), "congestion": Value(socket.congestionControl),
      "timer": .string(socket.timerName),
      "expires": socket.timer == 0 ? .null : Value(milliseconds: socket.expires),
      "retransmits": .int(Int(socket.retransmits)), "shutdown": Value(Self.shutdown(socket.shutdown)),
      "memory": socket.memory.map { .record($0.record) } ?? .null,
      "info": socket.info.map { .record($0.record) } ?? .null,
    ])
    return Record(pairs: (base.pairs + more.pairs).map { ($0.name, $0.value) })
  }

  func rows(_ sockets: [UnixSocketMessage]) -> [Value] {
    let names = Dictionary(sockets.map { ($0.inode, $0.name) }, uniquingKeysWith: { first, _ in first })
    return sockets.compactMap { socket in
      let name = socket.state == 10 ? "LISTEN" : Self.datagramState(socket.state)
      // A Unix socket that listens, or one of datagrams that others can find.
      let waits = name == "LISTEN" || (socket.type == 2 && socket.peer == nil && socket.name != nil)
      guard state == nil || state == name, port == nil, !listening || waits else { return nil }
      let base = row(
        "unix", name, Value(socket.name), Value(socket.peer.flatMap { names[$0] ?? nil }), socket.receiveQueue,
        socket.sendQueue, socket.inode)
      guard details else { return .record(base) }
      let more = Record([
        "user": Value(socket.user), "inode": .int(Int(socket.inode)), "owners": ownersList(socket.inode),
        "kind": .string(socket.typeName), "peer": Value(socket.peer),
        "shutdown": Value(Self.shutdown(socket.shutdown)),
      ])
      return .record(Record(pairs: (base.pairs + more.pairs).map { ($0.name, $0.value) }))
    }
  }

  func row(
    _ transport: String, _ state: String, _ local: Value, _ remote: Value, _ received: UInt32, _ unsent: UInt32,
    _ inode: UInt32
  ) -> Record {
    let owner = owners[inode].first
    return Record([
      "transport": .string(transport), "state": .string(state), "unread": .int(Int(received)),
      "unsent": .int(Int(unsent)), "local": local, "remote": remote, "process": Value(owner?.name),
      "pid": Value(owner?.process),
    ])
  }

  func ownersList(_ inode: UInt32) -> Value {
    .list(
      owners[inode].map { owner in
        .record(
          Record([
            "process": .string(owner.name), "pid": .int(owner.process), "descriptor": .int(owner.descriptor),
          ]))
      })
  }

  static func datagramState(_ state: UInt8) -> String { state == 1 ? "CONNECTED" : "UNCONNECTED" }

  private static func shutdown(_ bits: UInt8?) -> [String] {
    [(UInt8(1), "receive"), (2, "send")].filter { (bits ?? 0) & $0.0 != 0 }.map(\.1)
  }
}

extension InternetSocketMessage {
  fileprivate var timerName: String {
    [1: "retransmit", 2: "keepalive", 3: "time-wait", 4: "probe"][timer] ?? "none"
  }
}

extension SocketMemory {
  var record: Record {
    Record([
      "received": .int(Int(received)), "receive-limit": .int(Int(receiveLimit)), "sent": .int(Int(sent)),
      "queued": .int(Int(queued)),
      "send-limit": .int(Int(sendLimit)), "drops": .int(Int(drops)),
    ])
  }
}
