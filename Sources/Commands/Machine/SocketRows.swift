import Interpreter
import Net
import Wire

/// The rows of sockets that have no ports: raw, packet and netlink sockets. Where they are is a text, as ss(8) has it.
extension SocketSearch {
  /// `icmp:0.0.0.0`: the protocol and the address.
  func row(_ socket: RawSocket) -> Value? {
    let remote: Value = socket.remote.isUnspecified ? .null : .address(socket.remote)
    return row(
      "raw", state: socket.state, .string("\(socket.transport):\(socket.local)"), remote,
      (socket.receiveQueue, socket.sendQueue), socket.inode,
      ["user": Value(socket.user), "protocol": .int(Int(socket.transport.rawValue)), "address": .address(socket.local)])
  }

  /// `all:eth0`: the EtherType and the interface.
  func row(_ socket: PacketSocketMessage, _ interfaces: InterfaceNames) -> Value? {
    let place = socket.interface == 0 ? "*" : interfaces[socket.interface]
    return row(
      "packet", state: 7, .string("\(socket.etherTypeName):\(place)"), .null,
      (socket.memory?.received ?? 0, socket.memory?.sent ?? 0), socket.inode,
      [
        "user": Value(socket.user), "kind": .string(socket.typeName), "protocol": .int(Int(socket.etherType)),
        "interface": interfaces.value(socket.interface), "memory": socket.memory.map { .record($0.record) } ?? .null,
      ])
  }

  /// `route:4711`: the subject and the number of the socket there, `route:kernel` for the kernel's own end.
  func row(_ socket: NetlinkSocketMessage) -> Value? {
    func place(_ port: UInt32) -> String { socket.subjectName + ":" + (port == 0 ? "kernel" : "\(port)") }
    let isConnected = socket.state == 1
    return row(
      "netlink", state: socket.state, .string(place(socket.port)), isConnected ? .string(place(socket.peer)) : .null,
      (socket.memory?.received ?? 0, socket.memory?.sent ?? 0), socket.inode,
      [
        "subject": .string(socket.subjectName), "port": .int(Int(socket.port)),
        "groups": .list(socket.groups.map { .int($0) }), "memory": socket.memory.map { .record($0.record) } ?? .null,
      ])
  }

  private func row(
    _ transport: String, state number: UInt8, _ local: Value, _ remote: Value, _ queues: (UInt32, UInt32),
    _ inode: UInt32, _ more: KeyValuePairs<String, Value>
  ) -> Value? {
    let name = Self.datagramState(number)
    guard state == nil || state == name, port == nil, !listening || name == "UNCONNECTED" else { return nil }
    let base = row(transport, name, local, remote, queues.0, queues.1, inode)
    guard details else { return .record(base) }
    let all = base.pairs + Record(["inode": .int(Int(inode)), "owners": ownersList(inode)]).pairs + Record(more).pairs
    return .record(Record(pairs: all.map { ($0.name, $0.value) }))
  }
}
